"""What somebody with an account can send: a socket that never stops talking, a field of thousands of steps, a page
that listens on after its person signed out.

The first is cut off, the second refused at once, the third hears nothing more.
"""

import base64
import json
import os
import ssl
import time

from server import Api, Refused


def open_push(ground, token):
    sock = ssl._create_unverified_context().wrap_socket(ground.tcp("127.66.11.1", ground.server.ports["https"]))
    ground.sockets.append(sock)
    key = base64.b64encode(os.urandom(16)).decode()
    sock.sendall((f"GET /api/live/push HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nX-AUTH-TOKEN: {token}\r\n\r\n").encode())
    assert b"101" in sock.recv(4096)
    return sock


def frame(text):
    data = text.encode()
    assert len(data) < 126
    return bytes([0x81, 0x80 | len(data), 0, 0, 0, 0]) + data


def ends(sock, seconds=5):
    """Whether the server says goodbye or closes within this time."""
    sock.settimeout(seconds)
    try:
        while data := sock.recv(65536):
            if b"\x88" in data[:1] or b"\x88\x02" in data:
                return True
        return True
    except TimeoutError:
        return False
    except OSError:
        return True


def attack(ground):
    agent = ground.user("frantisek")
    with ground.calls_go_on():
        sock = open_push(ground, agent.token)
        try:
            for _ in range(20_000):
                sock.sendall(frame(json.dumps({"type": "phone.start", "device": "821"})) * 20)
        except OSError:
            pass
        assert ends(sock), "a socket that sends without end is not closed"

        began = time.monotonic()
        try:
            agent.get("/api/live/lists/offers?take=1000&fields[0]=" + ".".join(["a"] * 7600))
            raise AssertionError("a field of 7600 steps was served")
        except Refused as refused:
            assert refused.status == 400
        assert time.monotonic() - began < 2

        leaving = Api(ground.server, "eva")
        sock = open_push(ground, leaving.token)
        leaving.request("DELETE", "/api/v6/login")
        assert ends(sock, 2), "a socket outlives the sign-out"
