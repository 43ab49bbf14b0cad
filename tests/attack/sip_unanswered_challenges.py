"""A telephone that asks again and again and never answers the challenge.

It is named in the log (somebody must be told why it does not work), not at every packet; a name that is no
device of ours is not.
"""

import time


def attack(ground):
    phone = ground.udp("127.66.8.1")
    host, port = phone.getsockname()
    for number in range(1, 13):
        for user in ("332", "no-such-device"):
            phone.sendto((
                f"REGISTER sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {host}:{port};branch=z9hG4bKu{user}{number}\r\n"
                f"From: <sip:{user}@127.0.0.1>;tag=f\r\nTo: <sip:{user}@127.0.0.1>\r\nCall-ID: unanswered{user}\r\n"
                f"CSeq: {number} REGISTER\r\nContact: <sip:{user}@{host}:{port}>\r\nMax-Forwards: 70\r\n"
                "User-Agent: Old Phone 1.0\r\nContent-Length: 0\r\n\r\n").encode(), ground.sip)
            phone.recv(4000)

    def lines():
        return [line for line in ground.server.log().splitlines() if "never answers" in line]

    ground.wait(lines, "a line names the telephone", 5)
    time.sleep(0.2)
    assert len(lines()) == 1 and "332" in lines()[0], lines()
