"""Calls of a trunk whose SDP points where no telephone is: groups of hosts, services, ourselves.

Each is refused with 488 and nothing is sent there.
"""

import socket

from sdp_giant import invite

ELSEWHERE = [("224.1.1.1", 4000), ("239.255.0.1", 4000), ("255.255.255.255", 4000), ("240.0.0.1", 4000),
             ("127.0.0.1", 53), ("media.example.com", 4000)]


def body(address, port):
    return (f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP 8\r\n").encode()


def attack(ground):
    group = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ground.sockets.append(group)
    group.bind(("224.1.1.1", 4000))
    group.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                     socket.inet_aton("224.1.1.1") + socket.inet_aton("127.0.0.1"))
    trunk = ground.udp("127.0.0.1")
    places = ELSEWHERE + [("127.0.0.1", ground.sip[1])]
    for number, (address, port) in enumerate(places, 90_000):
        trunk.sendto(invite(trunk.getsockname(), number, body(address, port)), ground.sip)
        status = 100
        while status < 200:
            answer = trunk.recv(65536).decode(errors="replace")
            status = int(answer.split()[1]) if f"giant-{number}\r" in answer else 100
        assert status == 488, f"{address}:{port} was answered with {status}"
    group.settimeout(0.3)
    try:
        got = group.recv(2000)
    except TimeoutError:
        got = b""
    assert not got, "sound was sent to a multicast group"
