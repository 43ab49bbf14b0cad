"""Calls of a trunk whose SDP has thousands of m-lines, or one line without end.

Each is refused at once; no leg stays, and calls of others go on.
"""

import re


def invite(source, number, body):
    host, port = source
    return (f"INVITE sip:226000009@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {host}:{port};branch=z9hG4bKg{number}\r\n"
            f"From: <sip:777000114@127.0.0.1>;tag=g{number}\r\nTo: <sip:226000009@127.0.0.1>\r\n"
            f"Call-ID: giant-{number}\r\nCSeq: 1 INVITE\r\nContact: <sip:777000114@{host}:{port}>\r\n"
            f"Max-Forwards: 70\r\nContent-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body


HEAD = b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
BODIES = [HEAD + b"m=audio 4000 RTP/AVP 8\r\n" * 2400,
          HEAD + b"a=" + b"x" * 60_000 + b"\r\nm=audio 4000 RTP/AVP 8\r\n",
          HEAD + b"a=x\x01\x02\x03\r\n" * 2500 + b"m=audio 4000 RTP/AVP 8\r\n",
          HEAD + b"m=audio 4000 RTP/AVP 8\r\n" * 17]


def attack(ground):
    trunk = ground.udp("127.0.0.1")
    count = 400 if ground.long else 40
    statuses = {}
    with ground.calls_go_on():
        for number in range(count):
            trunk.sendto(invite(trunk.getsockname(), number, BODIES[number % len(BODIES)]), ground.sip)
            # Also what is sent again; every call must come to its final answer.
            while number not in statuses:
                answer = trunk.recv(65536).decode(errors="replace")
                status = int(answer.split()[1])
                which = re.search(r"giant-(\d+)", answer)
                if which and status >= 300:
                    statuses[int(which.group(1))] = status
    accepted = {number: status for number, status in statuses.items() if status not in (400, 413, 488, 513)}
    assert not accepted, f"answered otherwise than by a refusal: {accepted}"
