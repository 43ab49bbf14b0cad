"""Connections that say nothing, from four addresses: as many as the plain page has places for, and then many more,
and half TLS handshakes.

The application is served meanwhile, the page for certificates too, and what is silent is closed within 14 s.
"""

import http.client
import time

from sip_connections import closed_by_peer


def plain_page(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/")
    status = connection.getresponse().status
    connection.close()
    return status


def attack(ground):
    count = 1000 if ground.long else 150
    ports = ground.server.ports
    silent = []
    for last in range(1, 5):
        silent += [ground.tcp(f"127.66.8.{last}", ports["http"]) for _ in range(count)]
    for sock in [ground.tcp("127.66.8.9", ports["https"]) for _ in range(count)]:
        sock.sendall(b"\x16\x03\x01\x02\x00\x01")  # the beginning of a ClientHello
        silent.append(sock)
    with ground.calls_go_on():
        assert ground.user("frantisek").me()["user"]["name"] == "frantisek"
        assert plain_page(ports["http"]) == 200
        end = time.monotonic() + 14
        while silent and time.monotonic() < end:
            silent = [sock for sock in silent if not closed_by_peer(sock)]
            time.sleep(0.2)
    assert not silent, f"{len(silent)} silent connections are still open after 14 s"
