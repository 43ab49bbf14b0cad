"""INVITEs of strangers, thousands a second from one address and from many, never acknowledged.

Each is answered once at most and leaves no transaction behind; beyond the limit of its address it is dropped.
Calls from the public network and of registered telephones go on being set up, also of one at the address that
floods.
"""

import time


def invite(source, number):
    host, port = source
    return (f"INVITE sip:500@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {host}:{port};branch=z9hG4bKf{number}\r\n"
            f"From: <sip:nobody@127.0.0.1>;tag=f{number}\r\nTo: <sip:500@127.0.0.1>\r\nCall-ID: flood-{number}\r\n"
            f"CSeq: 1 INVITE\r\nContact: <sip:nobody@{host}:{port}>\r\nMax-Forwards: 70\r\n"
            "Content-Length: 0\r\n\r\n").encode()


def attack(ground):
    seconds = 120 if ground.long else 6
    phone = ground.device("330")
    # The public network of the demo calls from 127.0.0.1, which is not limited: the flood is of others.
    flooders = [ground.udp(f"127.66.3.{i}") for i in range(1, 9)]
    number = 0
    with ground.calls_go_on(device=phone):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            pause_until = time.monotonic() + 0.01
            for _ in range(16):  # 1,600 a second and more
                number += 1
                flooder = flooders[0] if number % 4 else flooders[number // 4 % 8]
                flooder.sendto(invite(flooder.getsockname(), number), ground.sip)
            time.sleep(max(0, pause_until - time.monotonic()))
    phone.close()
    assert ground.metric("linka_sip_refused_total") > 0, "nothing was refused by the limits"
