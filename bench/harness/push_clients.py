"""Many push sockets in one process: WebSocket over TLS with the least that a measurement needs."""

import asyncio
import time

from .api import CONTEXT

REQUEST = ("GET /api/live/push HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Key: bGlua2EgYmVuY2htYXJrIQ==\r\nSec-WebSocket-Version: 13\r\nX-AUTH-TOKEN: {}\r\n\r\n")
AT_ONCE = 20
PONG = bytes([0x8A, 0x80, 0, 0, 0, 0])  # masked with zeros, empty


class Client(asyncio.Protocol):
    """Notes when a message came that holds what is looked for."""

    def __init__(self, token, watch):
        self.token = token
        self.watch = watch
        self.opened = asyncio.get_running_loop().create_future()
        self.greeted = False
        self.round = -1  # the last that it has heard of
        self.pending = b""

    def connection_made(self, transport):
        self.transport = transport
        transport.write(REQUEST.format(self.token).encode())

    def data_received(self, data):
        now = time.perf_counter()
        self.pending += data
        if not self.greeted:
            end = self.pending.find(b"\r\n\r\n")
            if end < 0:
                return
            if b" 101 " not in self.pending[:end]:
                self.fail(RuntimeError(f"no WebSocket: {self.pending[:end]!r}"))
                return
            self.greeted, self.pending = True, self.pending[end + 4:]
        while (frame := self.next_frame()) is not None:
            kind, content = frame
            if kind == 9:
                self.transport.write(PONG)
            elif b'"snapshot"' in content[:64]:
                if not self.opened.done():
                    self.opened.set_result(self)
            else:
                self.watch(self, now, content)

    def next_frame(self):
        """The next whole frame (RFC 6455 section 5.2; servers do not mask): kind and content."""
        data = self.pending
        if len(data) < 2:
            return None
        length, start = data[1] & 0x7F, 2
        if length >= 126:
            start = 4 if length == 126 else 10
            length = int.from_bytes(data[2:start], "big")
        if len(data) < start + length:
            return None
        self.pending = data[start + length:]
        return data[0] & 0x0F, data[start:start + length]

    def connection_lost(self, error):
        self.fail(error or RuntimeError("the server closed a push socket"))

    def fail(self, error):
        if not self.opened.done():
            self.opened.set_exception(error)


async def open_clients(port, token, count, watch):
    gate = asyncio.Semaphore(AT_ONCE)

    async def one():
        async with gate:
            _, client = await asyncio.get_running_loop().create_connection(
                lambda: Client(token, watch), "127.0.0.1", port, ssl=CONTEXT)
            return await asyncio.wait_for(client.opened, 30)
    return await asyncio.gather(*(one() for _ in range(count)))


async def fan_out(port, token, count, rounds, change, mark):
    """Opens the sockets, then has `change(round)` make a change, `rounds` times; the milliseconds until
    each socket had its first message that holds `mark`."""
    samples, arrived, current = [], [], -1

    def watch(client, now, content):
        if client.round != current and mark in content:
            client.round = current
            arrived.append(now)

    clients = await open_clients(port, token, count, watch)
    loop = asyncio.get_running_loop()
    for number in range(rounds):
        arrived.clear()
        current = number
        began = time.perf_counter()
        await loop.run_in_executor(None, change, number)
        deadline = began + 10
        while len(arrived) < count and time.perf_counter() < deadline:
            await asyncio.sleep(0.005)
        if len(arrived) < count:
            raise RuntimeError(f"only {len(arrived)} of {count} push sockets heard of a change within 10 s")
        samples += [1000 * (now - began) for now in arrived]
        await asyncio.sleep(0.2)  # what the change sends beside
    for client in clients:
        client.transport.abort()
    return samples
