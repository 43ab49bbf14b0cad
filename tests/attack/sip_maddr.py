"""A Via with `maddr`: the answer would go to a third party, without any forged address.

Nothing may arrive at the address in maddr, not even the library's own refusals of malformed requests; the
challenge goes to where the request came from, once.
"""

import socket


def request(method, sock, victim, number, extra=""):
    host, port = sock.getsockname()
    return (f"{method} sip:500@127.0.0.1 SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {host}:{victim[1]};branch=z9hG4bKm{number};maddr={victim[0]}\r\n"
            f"From: <sip:330@127.0.0.1>;tag=f{number}\r\nTo: <sip:500@127.0.0.1>\r\nCall-ID: maddr-{number}\r\n"
            f"CSeq: 1 {method}\r\nContact: <sip:330@{host}>\r\nMax-Forwards: 70\r\n{extra}"
            "Content-Length: 0\r\n\r\n").encode()


def attack(ground):
    stranger = ground.udp("127.66.2.1")
    victim = ground.udp("127.66.2.2")
    for number, method in enumerate(["INVITE", "REGISTER", "OPTIONS", "BYE", "NONSENSE", "SUBSCRIBE"]):
        stranger.sendto(request(method, stranger, victim.getsockname(), number), ground.sip)
    stranger.sendto(request("OPTIONS", stranger, victim.getsockname(), 9, "CSeq: nonsense\r\n"), ground.sip)
    victim.settimeout(1.5)  # more than one retransmission
    try:
        got = victim.recv(2000)
    except socket.timeout:
        got = b""
    assert not got, f"a third party was sent {got[:60]!r}"
