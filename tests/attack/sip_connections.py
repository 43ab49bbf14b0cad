"""Connections to the SIP ports that say nothing, and half TLS handshakes, more than one address may have.

They are closed soon, really (the descriptors are free again although this side keeps its half open), and calls
and the web go on meanwhile.
"""

import time

import frame


def closed_by_peer(sock):
    sock.setblocking(False)
    try:
        return sock.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def attack(ground):
    count = 2000 if ground.long else 300
    before = ground.state()["descriptors"]
    with ground.calls_go_on():
        silent = [ground.tcp("127.66.7.1", ground.server.ports["sip"]) for _ in range(count)]
        half = [ground.tcp("127.66.7.2", ground.server.ports["sips"]) for _ in range(40)]
        for sock in half:
            sock.sendall(b"\x16\x03\x01\x02\x00\x01")  # the beginning of a ClientHello
        assert ground.user("frantisek").me()["user"]["name"] == "frantisek"
        end = time.monotonic() + 14
        waiting = silent + half
        while waiting and time.monotonic() < end:
            waiting = [sock for sock in waiting if not closed_by_peer(sock)]
            time.sleep(0.2)
    assert not waiting, f"{len(waiting)} of {count + 40} silent connections are still open after 14 s"
    # This side holds its halves: the server's descriptors must be free all the same.
    ground.wait(lambda: ground.state()["descriptors"] <= before + frame.DESCRIPTORS_SLACK,
                "the server's descriptors are free", 5)
