"""Wrong digests from everywhere that must lock nobody out.

Garbage nonces in the name of a telephone, hundreds of them: uncounted, answered with a challenge. After them the
telephone registers and calls with its right password. Then real guesses (with nonces that were given out) from
many addresses: the account is locked for the guessers, not for its registered telephone.
"""

import re
import secrets

from sip_message import Message, digest


def register(sock, server, user, number, authorization=""):
    host, port = sock.getsockname()
    return (f"REGISTER sip:{server[0]} SIP/2.0\r\nVia: SIP/2.0/UDP {host}:{port};branch=z9hG4bKd{number}\r\n"
            f"From: <sip:{user}@{server[0]}>;tag=f{number}\r\nTo: <sip:{user}@{server[0]}>\r\n"
            f"Call-ID: digest-{number}\r\nCSeq: {number} REGISTER\r\nContact: <sip:{user}@{host}:{port}>\r\n"
            f"Max-Forwards: 70\r\n{authorization}Content-Length: 0\r\n\r\n").encode()


def forged(number):
    return ('Authorization: Digest username="331", realm="linka", nonce="00", uri="sip:127.0.0.1", '
            f'response="{number:032x}", algorithm=MD5, qop=auth, nc=00000001, cnonce="x"\r\n')


def guess(ground, address, number):
    """One honest round: a challenge asked for, answered with a wrong password."""
    sock = ground.udp(address)
    sock.sendto(register(sock, ground.sip, "331", number), ground.sip)
    challenge = Message.parse(sock.recv(4000))
    assert challenge.status == 401, challenge.start
    value = digest(challenge.all("WWW-Authenticate")[0], "REGISTER", "sip:127.0.0.1", "331", secrets.token_hex(4))
    sock.sendto(register(sock, ground.sip, "331", number + 1, f"Authorization: {value}\r\n"), ground.sip)


def attack(ground):
    blind = ground.udp("127.66.4.1")
    with ground.calls_go_on():
        for number in range(1, 20_000 if ground.long else 300):
            blind.sendto(register(blind, ground.sip, "331", number, forged(number)), ground.sip)
    phone = ground.device("331")  # registers: the blind packets counted for nothing
    for number in range(20):
        guess(ground, f"127.66.5.{number + 1}", 1000 + 2 * number)
    ground.place_call(phone)
    phone.register()
    phone.close()
    log = ground.server.log()
    lines = len(re.findall(r"wrong SIP password", log))
    assert lines < 100, f"{lines} lines in the log about wrong passwords"
