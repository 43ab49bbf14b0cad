"""One REGISTER with several contacts, some of them somebody else's.

Whoever has one SIP password must not reach numbers through a trunk by registering the trunk's address as a
contact, nor the server's own address. Each contact is judged, not only the first.
"""

from sip_message import Message, digest


def attack(ground):
    phone = ground.udp("127.66.6.1")
    host, port = phone.getsockname()
    server = ground.sip

    def register(cseq, contacts, authorization=""):
        phone.sendto((
            f"REGISTER sip:{server[0]} SIP/2.0\r\nVia: SIP/2.0/UDP {host}:{port};branch=z9hG4bKc{cseq}\r\n"
            f"From: <sip:333@{server[0]}>;tag=f\r\nTo: <sip:333@{server[0]}>\r\nCall-ID: foreign\r\n"
            f"CSeq: {cseq} REGISTER\r\nContact: {contacts}\r\nMax-Forwards: 70\r\n{authorization}"
            "Content-Length: 0\r\n\r\n").encode(), server)
        while True:
            answer = Message.parse(phone.recv(4000))
            if answer.is_response and answer.cseq == cseq:
                return answer

    def signed(cseq, contacts):
        challenge = register(cseq, contacts)
        value = digest(challenge.all("WWW-Authenticate")[0], "REGISTER", f"sip:{server[0]}", "333", "sip333")
        return register(cseq + 1, contacts, f"Authorization: {value}\r\n")

    mine = f"<sip:333@{host}:{port}>"
    for cseq, foreign in ((1, "sip:0042090012345@127.0.0.1:5070"), (3, f"sip:500@127.0.0.1:{server[1]}")):
        refused = signed(cseq, f"{mine}, <{foreign}>")
        assert refused.status == 403, f"{foreign}: {refused.start}"
    good = signed(5, mine)
    assert good.status == 200, good.start
    gone = signed(7, "*\r\nExpires: 0")
    assert gone.status == 200, gone.start
