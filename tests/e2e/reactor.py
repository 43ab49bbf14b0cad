"""One thread that serves all sockets of a test's telephones and sends their audio every 20 ms."""

import heapq
import selectors
import threading
import time


class Reactor(threading.Thread):
    """Everything that phones do happens on this thread; tests wait on `changed`."""

    def __init__(self):
        super().__init__(daemon=True)
        self.selector = selectors.DefaultSelector()
        self.changed = threading.Condition()
        self.timers = []
        self.counter = 0
        self.tickers = []
        self.running = True
        self.start()

    def add(self, sock, ready):
        """`ready` reads without waiting: it may be called for nothing."""
        with self.changed:
            self.selector.register(sock, selectors.EVENT_READ, ready)

    def remove(self, sock):
        with self.changed:
            try:
                self.selector.unregister(sock)
            except (KeyError, ValueError):
                pass

    def after(self, seconds, work):
        """Calls work() on this thread; returns a list whose clearing cancels it."""
        entry = [work]
        with self.changed:
            self.counter += 1
            heapq.heappush(self.timers, (time.monotonic() + seconds, self.counter, entry))
        return entry

    def run(self):
        next_tick = time.monotonic()
        while self.running:
            now = time.monotonic()
            if now >= next_tick:
                next_tick += 0.02
                with self.changed:
                    for tick in list(self.tickers):
                        tick()
            for key, _ in self.selector.select(max(0, min(next_tick - time.monotonic(), 0.02))):
                with self.changed:
                    if key.fileobj.fileno() >= 0:  # not closed since
                        self.serve(key)
            with self.changed:
                while self.timers and self.timers[0][0] <= time.monotonic():
                    entry = heapq.heappop(self.timers)[2]
                    if entry:
                        entry[0]()
                        self.changed.notify_all()

    def serve(self, key):
        try:
            key.data()
        except BlockingIOError:
            return  # what came was for a socket that had the number of this one, and is closed
        self.changed.notify_all()

    def wait(self, condition, what, seconds=10):
        """Waits until condition() holds; fails with `what` otherwise. Returns its value."""
        deadline = time.monotonic() + seconds
        with self.changed:
            while True:
                value = condition()
                if value:
                    return value
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"after {seconds} s still not: {what}")
                self.changed.wait(min(left, 0.05))

    def stop(self):
        self.running = False
        self.join(2)
