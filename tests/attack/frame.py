"""What every attack stands on: a running server, callers who must not notice, and what is left after.

An attack is a file beside this one with a docstring that says what it sends and what must hold, and one
function `attack(ground)`. It may use loopback addresses of its own only, and every loop in it is bounded.
"""

import contextlib
import importlib
import os
import pathlib
import re
import socket
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

from phone import Phone  # noqa: E402
from reactor import Reactor  # noqa: E402
from server import Api, Server  # noqa: E402

# How much more than before may be left when an attack is over and a moment has passed.
MEMORY_SLACK_MB = 60
DESCRIPTORS_SLACK = 12
THREADS_SLACK = 2
CALM_SECONDS = 15
# A call's ports rest this long before they are free again (the media worker's PlainPorts::rest), and more.
PORTS_REST_SECONDS = 45
# A call of somebody else must be set up within this, whatever is sent meanwhile.
SETUP_SECONDS_MAX = 2.0
ECHO = "226000009"


def names():
    """All attacks, sorted."""
    taken = {"frame", "test_attacks"}
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in taken)


def load(name):
    return importlib.import_module(name)


class Ground:
    """The server under attack. `long` says that there is time: a night instead of seconds."""

    def __init__(self, long=False, options=()):
        self.long = long
        self.server = Server(list(options))
        self.reactor = Reactor()
        self.sockets = []
        self.users = {}
        self.ports_before = self.ports()

    @property
    def sip(self):
        return self.server.sip

    def user(self, name):
        if name not in self.users:
            self.users[name] = Api(self.server, name)
        return self.users[name]

    def outside(self):
        """A telephone of the public network."""
        return Phone(self.reactor, self.server.sip, "777000111")

    def device(self, name):
        """A registered telephone of the demo."""
        phone = Phone(self.reactor, self.server.sip, name, "sip" + name)
        phone.register()
        return phone

    def udp(self, address):
        """A stranger's socket at a loopback address of the attack's own, closed when the attack is over."""
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind((address, 0))
        sock.settimeout(2)
        self.sockets.append(sock)
        return sock

    def tcp(self, address, port):
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.bind((address, 0))
        sock.settimeout(5)
        sock.connect(("127.0.0.1", port))
        self.sockets.append(sock)
        return sock

    def wait(self, condition, what, seconds=10):
        return self.reactor.wait(condition, what, seconds)

    def place_call(self, phone, number=ECHO):
        """One call set up and ended; returns how long the set-up took, or says what went wrong."""
        began = time.monotonic()
        call = phone.call(number)
        call.wait("answered", SETUP_SECONDS_MAX + 8)
        took = time.monotonic() - began
        assert call.state == "answered", f"a call was refused with {call.status}"
        call.hang_up()
        call.rtp.close()
        return took

    @contextlib.contextmanager
    def calls_go_on(self, device=None, every=0.3):
        """While the body runs, calls of others (from outside, and of a registered telephone) are set up one
        after the other; each must be answered within SETUP_SECONDS_MAX, and at least one must be made."""
        stop = threading.Event()
        caller = self.outside()
        took, wrong = [], []

        def work():
            while not stop.is_set() and not wrong:
                try:
                    took.append(self.place_call(caller))
                    if device:
                        took.append(self.place_call(device))
                except AssertionError as error:
                    wrong.append(str(error))
                stop.wait(every)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            yield took
        finally:
            stop.set()
            thread.join(30)
            caller.close()
        assert not wrong, f"a call of somebody else failed: {wrong[0]}"
        assert took, "no call of others was made meanwhile"
        assert max(took) <= SETUP_SECONDS_MAX, f"a call of somebody else took {max(took):.1f} s to be answered"

    def metric(self, name, labels=""):
        """The sum of a metric's series whose labels contain `labels`; 0 if there is none."""
        _, _, text = Api(self.server).get("/metrics", raw=True)
        values = re.findall(rf"^{name}(?:\{{([^}}]*)\}})? (-?\d+)", text.decode(), re.M)
        return sum(int(value) for found, value in values if labels in found)

    def state(self):
        """What an attack could leave behind."""
        pid = self.server.process.pid
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        return {
            "memory MB": int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) // 1024,
            "threads": int(re.search(r"Threads:\s+(\d+)", status).group(1)),
            "descriptors": len(os.listdir(f"/proc/{pid}/fd")),
            "legs": self.metric("linka_sip_legs"),
        }

    def ports(self):
        """Descriptors of the media workers: ports of calls above all."""
        return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in self.server.worker_pids())

    def left_over(self, before, after):
        """What there is more of than the slack allows, as text."""
        slack = {"memory MB": MEMORY_SLACK_MB, "threads": THREADS_SLACK, "descriptors": DESCRIPTORS_SLACK, "legs": 0}
        return [f"{what}: {before[what]} before, {after[what]} after" for what in slack
                if after[what] > before[what] + slack[what]]

    def run(self, name):
        """One attack, and that it left nothing behind. Raises AssertionError."""
        before = self.state()
        began = time.monotonic()
        try:
            load(name).attack(self)
        finally:
            for sock in self.sockets:
                sock.close()
            self.sockets.clear()
        attacked = time.monotonic() - began
        assert self.server.process.poll() is None, "the server ended"
        caller = self.outside()
        self.place_call(caller)
        caller.close()
        self.wait(lambda: not self.left_over(before, self.state()),
                  "as before: " + "; ".join(self.left_over(before, self.state())), CALM_SECONDS)
        return attacked

    def audit(self):
        """When all attacks are over: no port is kept (looked at in the long form only, ports rest), and the journal
        says what the projections say."""
        if self.long:
            self.wait(lambda: self.ports() <= self.ports_before + DESCRIPTORS_SLACK, "all ports are free again",
                      PORTS_REST_SECONDS)
        out = self.server.command("audit", "--data", self.server.data).stdout
        assert out.rstrip().endswith("audit: equal"), out

    def close(self):
        self.reactor.stop()
        self.server.stop()
