"""Responses that belong to no request of ours, with a third party's address or a host name as Contact.

Sends a few hundred `200 OK` of INVITEs that were never sent. Nothing may go to the Contact (the server would
be a reflector), no name may be looked up (a resolver without a route would hold the SIP thread for ever), and
calls of others go on.
"""

import socket


def orphan(server, contact, number):
    return (f"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP {server[0]}:{server[1]};branch=z9hG4bKorphan{number}\r\n"
            f"From: <sip:linka@{server[0]}>;tag=f{number}\r\nTo: <sip:u@{contact}>;tag=t{number}\r\n"
            f"Call-ID: orphan-{number}\r\nCSeq: 1 INVITE\r\nContact: <sip:u@{contact}>\r\n"
            "Content-Length: 0\r\n\r\n").encode()


def attack(ground):
    stranger = ground.udp("127.66.1.1")
    victim = ground.udp("127.66.1.2")
    host, port = victim.getsockname()
    with ground.calls_go_on():
        for number in range(20_000 if ground.long else 400):
            contact = f"{host}:{port}" if number % 2 else f"host{number}.example.com"
            stranger.sendto(orphan(ground.sip, contact, number), ground.sip)
        victim.settimeout(1)
        try:
            got = victim.recv(2000)
        except socket.timeout:
            got = b""
    assert not got, f"a third party was sent {got[:60]!r}"
