"""The agents' desks: an agent is free for the next call once the form of the last one is closed.

A process of its own beside the load generator. It hears on an administrator's push socket that a call
has ended, closes its activity at once as the agent, and tells the load generator that the agent is free
by a datagram `free DEVICE` to the telephones' port, so that it can say how long the next call took.
"""

import asyncio
import json
import multiprocessing
import socket

from .api import CONTEXT
from .instance import pinned
from .push_clients import open_clients

CONNECTIONS = 8
READY_SECONDS_MAX = 30


class Desk:
    """`agents` maps a user's name to its token and its device's name."""

    def __init__(self, https_port, phones_port, admin_token, agents, core=None):
        self.ready = multiprocessing.Event()
        arguments = (https_port, phones_port, admin_token, agents, core, self.ready)
        self.process = multiprocessing.Process(target=run, args=arguments, daemon=True)

    def __enter__(self):
        self.process.start()
        if not self.ready.wait(READY_SECONDS_MAX):
            raise RuntimeError("the agents' desks did not open")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.join()


def run(https_port, phones_port, admin_token, agents, core, ready):
    pinned(core)()
    asyncio.run(work(https_port, phones_port, admin_token, agents, ready))


async def work(https_port, phones_port, admin_token, agents, ready):
    finished = asyncio.Queue()
    seen = set()

    def watch(_client, _now, content):
        if b'"finished"' not in content or not content.startswith(b'{"type":"activity",'):
            return
        row = json.loads(content)["activity"]
        if row["state"] == "finished" and row["name"] not in seen:
            seen.add(row["name"])
            if row["user"] and row["user"]["name"] in agents:
                finished.put_nowait((row["name"], *agents[row["user"]["name"]]))

    clients = await open_clients(https_port, admin_token, 1, watch)
    ready.set()
    closers = [asyncio.create_task(close_forms(https_port, phones_port, finished)) for _ in range(CONNECTIONS)]
    await asyncio.gather(*closers)
    del clients


async def close_forms(https_port, phones_port, finished):
    """One connection, one form after the other."""
    telephones = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    reader = writer = None
    while True:
        activity, token, device = await finished.get()
        if writer is None or reader.at_eof():  # closed after its idle time
            reader, writer = await asyncio.open_connection("127.0.0.1", https_port, ssl=CONTEXT)
        telephones.sendto(f"free {device}".encode(), ("127.0.0.1", phones_port))
        writer.write((f"POST /api/live/activities/{activity}/close HTTP/1.1\r\nHost: 127.0.0.1\r\nX-AUTH-TOKEN: {token}\r\n"
                      "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}").encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        at = head.find(b"content-length:")
        if at >= 0:
            await reader.readexactly(int(head[at + 15:head.index(b"\r\n", at)]))
        if not head.split(b" ", 2)[1].startswith(b"2"):
            print(f"closing {activity}: {head[:60]!r}", flush=True)
