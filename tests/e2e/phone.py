"""A scripted SIP telephone with RTP: registers, calls, rings, answers, refuses, and measures."""

import random
import re
import secrets
import socket
import struct
import time

import audio
from sip_message import Message, digest, tag_of, uri_of


def free_udp_socket():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", 0))
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    return sock


def longest_gap_of(times):
    times = sorted(times)
    return max((b - a for a, b in zip(times, times[1:])), default=0.0)


class Rtp:
    """One audio stream both ways, G.711, with DTMF by RFC 4733 (payload type 101)."""

    def __init__(self, reactor, frequency, payload_type=8):
        self.reactor = reactor
        self.frequency = frequency
        self.payload_type = payload_type
        self.socket = free_udp_socket()
        self.socket.setsockopt(socket.SOL_SOCKET, 35, 1)  # SO_TIMESTAMPNS: arrival as the kernel saw it
        self.port = self.socket.getsockname()[1]
        self.remote = None
        self.sending = True
        self.sequence = random.randrange(1 << 15)
        self.timestamp = random.randrange(1 << 30)
        self.ssrc = random.randrange(1 << 32)
        self.position = 0
        self.received = []  # (arrival s, sequence, timestamp, payload type, payload)
        self.digits = ""
        self.sent_at = []
        self.dtmf = []
        reactor.add(self.socket, self.receive)
        with reactor.changed:
            reactor.tickers.append(self.tick)

    def tick(self):
        if not self.remote or not self.sending:
            return
        if self.dtmf:
            marker, payload, same = self.dtmf.pop(0)
            if not same:
                self.dtmf_timestamp = self.timestamp
            header = struct.pack("!BBHII", 0x80, 101 | (0x80 if marker else 0), self.sequence, self.dtmf_timestamp,
                                 self.ssrc)
        else:
            pcm = audio.sine(self.frequency, self.position, audio.FRAME)
            payload = audio.encode(self.payload_type, pcm)
            header = struct.pack("!BBHII", 0x80, self.payload_type, self.sequence, self.timestamp, self.ssrc)
        self.position += audio.FRAME
        self.sequence = (self.sequence + 1) & 0xFFFF
        self.timestamp = (self.timestamp + audio.FRAME) & 0xFFFFFFFF
        self.sent_at.append(time.time())
        try:
            self.socket.sendto(header + payload, self.remote)
        except OSError:
            pass

    def send_digit(self, digit):
        event = "0123456789*#".index(digit)
        with self.reactor.changed:
            for i in range(1, 6):
                self.dtmf.append((i == 1, struct.pack("!BBH", event, 10, 160 * i), i > 1))
            for _ in range(3):
                self.dtmf.append((False, struct.pack("!BBH", event, 0x80 | 10, 800), True))

    def receive(self):
        data, extra, _, _ = self.socket.recvmsg(2048, 64, socket.MSG_DONTWAIT)
        arrival = time.time()
        for _, kind, content in extra:
            if kind == 35:
                seconds, nanoseconds = struct.unpack("qq", content[:16])
                arrival = seconds + nanoseconds / 1e9
        if len(data) < 12 or 200 <= data[1] <= 204:
            return
        _, second, sequence, timestamp, _ = struct.unpack("!BBHII", data[:12])
        payload_type = second & 0x7F
        if payload_type == 101:
            event, flags, _ = struct.unpack("!BBH", data[12:16])
            if flags & 0x80 and getattr(self, "last_event", None) != timestamp:
                self.last_event = timestamp
                self.digits += "0123456789*#ABCD"[event]
            return
        self.received.append((arrival, sequence, timestamp, payload_type, data[12:]))

    def heard(self, seconds=1.0):
        """The newest `seconds` of what came, decoded to 8 kHz."""
        import numpy

        packets = [p for p in self.received[-int(seconds * 50):] if p[3] in (0, 8)]
        pcm = b"".join(audio.decode(p[3], p[4]) for p in packets)
        return numpy.frombuffer(pcm, dtype="<i2")

    def longest_gap(self, since=0.0):
        """The longest time between two arrivals, in seconds."""
        return longest_gap_of(p[0] for p in self.received if p[0] >= since)

    def longest_delay(self, since=0.0):
        """By how many seconds the latest packet left too late here: a busy machine delays the telephones of
        a test as well, and what the other side then misses is not the server's fault."""
        return max(0.0, longest_gap_of(sent for sent in self.sent_at if sent >= since) - 0.02)

    def close(self):
        self.reactor.remove(self.socket)
        with self.reactor.changed:
            if self.tick in self.reactor.tickers:
                self.reactor.tickers.remove(self.tick)
        self.socket.close()


class Call:
    """One INVITE dialog. States: new, ringing, answered, ended."""

    def __init__(self, phone, incoming):
        self.phone = phone
        self.incoming = incoming
        self.state = "new"
        self.status = 0
        self.call_id = secrets.token_hex(8) + "@test"
        self.local_tag = secrets.token_hex(4)
        self.local = self.remote = self.target = ""
        self.routes = []
        self.cseq = 100
        self.invite = None
        self.reason = ""
        self.early = False
        self.requests = []
        self.rtp = Rtp(phone.reactor, phone.frequency, phone.payload_type)

    def sdp(self, direction="sendrecv"):
        pt = self.rtp.payload_type
        name = {0: "PCMU", 8: "PCMA"}[pt]
        return (
            f"v=0\r\no=- {id(self)} {self.cseq} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=audio {self.rtp.port} RTP/AVP {pt} 101\r\na=rtpmap:{pt} {name}/8000\r\n"
            f"a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na={direction}\r\n"
        ).encode()

    def take_sdp(self, body):
        text = body.decode("utf-8", "replace")
        address = re.search(r"c=IN IP4 (\S+)", text)
        port = re.search(r"m=audio (\d+)", text)
        if address and port:
            self.rtp.remote = (address.group(1), int(port.group(1)))

    # What the test does with it.
    def ring(self):
        with self.phone.reactor.changed:
            self.phone.reply(self.invite, 180, self.local_tag)
            self.state = "ringing"

    def answer(self):
        with self.phone.reactor.changed:
            self.phone.reply(self.invite, 200, self.local_tag, self.sdp())
            self.state = "answered"

    def reject(self, status=486):
        with self.phone.reactor.changed:
            self.phone.reply(self.invite, status, self.local_tag)
            self.end(status)

    def hang_up(self):
        with self.phone.reactor.changed:
            if self.state == "ended":
                return
            if self.state == "answered":
                self.phone.request(self, "BYE")
            elif not self.incoming:
                self.phone.cancel(self)
                return
            self.end(0)

    def hold(self, on=True):
        with self.phone.reactor.changed:
            self.phone.request(self, "INVITE", self.sdp("sendonly" if on else "sendrecv"))

    def end(self, status):
        self.state = "ended"
        self.status = status
        self.ended_at = time.time()
        self.rtp.sending = False

    # What the test waits for.
    def wait(self, state, seconds=10):
        order = ["new", "ringing", "answered", "ended"]
        return self.phone.reactor.wait(
            lambda: order.index(self.state) >= order.index(state), f"call of {self.phone.name} {state}", seconds)

    def wait_heard(self, frequency, seconds=6):
        """Until the newest half second is that tone."""
        def check():
            samples = self.rtp.heard(0.5)
            return len(samples) >= 3800 and audio.share_of(samples, frequency) > 0.8
        return self.phone.reactor.wait(check, f"{self.phone.name} hears {frequency} Hz", seconds)


class Phone:
    def __init__(self, reactor, server, name="caller", password="", frequency=440, payload_type=8, port=0):
        self.reactor = reactor
        self.server = server  # (address, port)
        self.name = name
        self.password = password
        self.frequency = frequency
        self.payload_type = payload_type
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", port))
        self.port = self.socket.getsockname()[1]
        self.calls = {}
        self.rang = []
        self.mode = "ring"  # or "answer", "silent", or a status to refuse with
        self.registered = False
        self.pending = {}  # branch → (message, call, resend timer)
        self.remote_answer = False
        self.log = []
        reactor.add(self.socket, self.receive)

    # -- the test's side
    def register(self, expires=300):
        self.registered = False
        headers = [("Expires", str(expires))]
        if self.remote_answer:
            headers.append(("Allow-Events", "talk, hold"))
        with self.reactor.changed:
            self.send_register(headers)
        self.reactor.wait(lambda: self.registered == (expires > 0) or self.registered is None,
                          f"{self.name} registers")
        assert self.registered == (expires > 0), f"registration of {self.name} refused"

    def call(self, number, headers=()):
        with self.reactor.changed:
            call = Call(self, incoming=False)
            uri = f"sip:{number}@{self.server[0]}:{self.server[1]}"
            call.target = uri
            call.local = f"<sip:{self.name}@127.0.0.1>;tag={call.local_tag}"
            call.remote = f"<{uri}>"
            self.calls[call.call_id] = call
            self.request(call, "INVITE", call.sdp(), headers=headers)
        return call

    def wait_ring(self, seconds=10):
        """The next call that rings here."""
        return self.reactor.wait(lambda: self.rang and self.rang.pop(0), f"{self.name} rings", seconds)

    def close(self):
        for call in list(self.calls.values()):
            call.rtp.close()
        self.reactor.remove(self.socket)
        self.socket.close()

    # -- the wire
    def transmit(self, message, address=None):
        self.log.append((time.time(), ">", message.start))
        try:
            self.socket.sendto(message.encode(), address or self.server)
        except OSError:
            pass

    def send_register(self, headers, authorization=None, cseq=1):
        uri = f"sip:{self.server[0]}:{self.server[1]}"
        me = f"<sip:{self.name}@{self.server[0]}>"
        branch = "z9hG4bK" + secrets.token_hex(8)
        message = Message(
            f"REGISTER {uri} SIP/2.0",
            [("Via", f"SIP/2.0/UDP 127.0.0.1:{self.port};branch={branch};rport"), ("Max-Forwards", "70"),
             ("From", f"{me};tag={secrets.token_hex(4)}"), ("To", me), ("Call-ID", f"reg-{id(self)}"),
             ("CSeq", f"{cseq} REGISTER"), ("Contact", f"<sip:{self.name}@127.0.0.1:{self.port}>"),
             ("User-Agent", "linka-test")] + headers)
        if authorization:
            message.headers.append(("Authorization", authorization))
        self.pending[branch] = (message, None, None)
        self.register_headers = headers
        self.transmit(message)

    def request(self, call, method, body=b"", authorization=None, headers=()):
        call.cseq += 1
        branch = "z9hG4bK" + secrets.token_hex(8)
        message = Message(
            f"{method} {call.target} SIP/2.0",
            [("Via", f"SIP/2.0/UDP 127.0.0.1:{self.port};branch={branch};rport"), ("Max-Forwards", "70"),
             ("From", call.local), ("To", call.remote), ("Call-ID", call.call_id),
             ("CSeq", f"{call.cseq} {method}"), ("Contact", f"<sip:{self.name}@127.0.0.1:{self.port}>"),
             ("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY")] + [("Route", r) for r in call.routes] + list(headers), body)
        if body and not message.get("Content-Type"):
            message.headers.append(("Content-Type", "application/sdp"))
        if authorization:
            message.headers.append(authorization)
        if method == "INVITE" and not call.incoming and call.state in ("new", "ringing"):
            call.invite = message
        self.pending[branch] = (message, call, None)
        self.transmit(message)
        self.resend_later(branch, 0.5)

    def resend_later(self, branch, interval):
        def resend():
            if branch in self.pending and interval < 8:
                self.transmit(self.pending[branch][0])
                self.resend_later(branch, interval * 2)
        self.reactor.after(interval, resend)

    def cancel(self, call):
        via = call.invite.get("Via")
        message = Message(
            call.invite.start.replace("INVITE", "CANCEL", 1),
            [("Via", via), ("Max-Forwards", "70"), ("From", call.invite.get("From")), ("To", call.invite.get("To")),
             ("Call-ID", call.call_id), ("CSeq", f"{call.invite.cseq} CANCEL")])
        self.transmit(message)

    def acknowledge(self, call, response, branch=None):
        branch = branch or "z9hG4bK" + secrets.token_hex(8)
        target = call.target if response.status < 300 else call.invite.start.split()[1]
        message = Message(
            f"ACK {target} SIP/2.0",
            [("Via", f"SIP/2.0/UDP 127.0.0.1:{self.port};branch={branch};rport"), ("Max-Forwards", "70"),
             ("From", response.get("From")), ("To", response.get("To")), ("Call-ID", call.call_id),
             ("CSeq", f"{response.cseq} ACK")] + [("Route", r) for r in call.routes])
        self.transmit(message)

    def reply(self, request, status, tag="", body=b"", headers=()):
        phrase = {100: "Trying", 180: "Ringing", 200: "OK", 486: "Busy Here", 603: "Decline",
                  480: "Temporarily Unavailable", 487: "Request Terminated"}.get(status, "Status")
        to = request.get("To")
        if tag and "tag=" not in to:
            to += f";tag={tag}"
        message = Message(
            f"SIP/2.0 {status} {phrase}",
            [("Via", v) for v in request.all("Via")] + [("Record-Route", v) for v in request.all("Record-Route")] +
            [("From", request.get("From")), ("To", to), ("Call-ID", request.get("Call-ID")),
             ("CSeq", request.get("CSeq")), ("Contact", f"<sip:{self.name}@127.0.0.1:{self.port}>"),
             ("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY")] + list(headers), body)
        if body:
            message.headers.append(("Content-Type", "application/sdp"))
        if self.remote_answer and status == 180:
            message.headers.append(("Allow-Events", "talk, hold"))
        self.transmit(message, self.peer_of(request))

    def peer_of(self, request):
        return getattr(request, "source", None) or self.server

    def receive(self):
        data, source = self.socket.recvfrom(65536, socket.MSG_DONTWAIT)
        if len(data) < 10:
            return
        message = Message.parse(data)
        message.source = source
        self.log.append((time.time(), "<", message.start))
        if message.is_response:
            self.take_response(message)
        else:
            self.take_request(message)

    # -- answers to what we asked
    def take_response(self, message):
        match = re.search(r"branch=([^;,\s]+)", message.get("Via"))
        branch = match.group(1) if match else ""
        request, call, _ = self.pending.get(branch, (None, None, None))
        if message.status >= 200:
            self.pending.pop(branch, None)
        if message.method == "REGISTER":
            self.take_register_response(message, request)
        elif message.method == "INVITE":
            call = call or self.calls.get(message.get("Call-ID"))
            if call:
                self.take_invite_response(message, request, call, branch)

    def challenged(self, message, method, uri):
        challenges = message.all("WWW-Authenticate") + message.all("Proxy-Authenticate")
        name = "Authorization" if message.status == 401 else "Proxy-Authorization"
        return name, digest(challenges[0], method, uri, self.name, self.password)

    def take_register_response(self, message, request):
        if request is None:
            return
        if message.status in (401, 407) and not request.get("Authorization"):
            uri = request.start.split()[1]
            self.send_register(self.register_headers, self.challenged(message, "REGISTER", uri)[1], request.cseq + 1)
        elif message.status == 200:
            self.registered = self.register_headers[0][1] != "0"
        elif message.status >= 300:
            self.registered = None
            self.refused_with = message.status

    def take_invite_response(self, message, request, call, branch):
        if message.status < 200:
            if call.state == "new" and message.status >= 180:
                call.state = "ringing"
            if message.body:
                call.early = True
                call.take_sdp(message.body)
            return
        if message.status >= 300:
            self.acknowledge_failure(call, message, branch)
            if message.status in (401, 407) and request and not request.get("Authorization") \
                    and not request.get("Proxy-Authorization"):
                authorization = self.challenged(message, "INVITE", request.start.split()[1])
                self.request(call, "INVITE", request.body, authorization)
            elif call.state != "answered":
                call.reason = message.get("Reason")
                call.retry_after = message.get("Retry-After")
                call.end(message.status)
            return
        if call.state in ("new", "ringing"):
            call.routes = list(reversed(message.all("Record-Route")))
            call.state = "answered"
            call.answered_at = time.time()
        call.target = uri_of(message.get("Contact")) or call.target
        if not call.incoming:
            call.remote = message.get("To")
        call.take_sdp(message.body)
        self.acknowledge(call, message)

    def acknowledge_failure(self, call, message, branch):
        if call.invite is not None or call.incoming:
            saved = call.invite
            if call.incoming or saved is None:
                return
            self.acknowledge(call, message, branch)

    # -- requests from the server
    def take_request(self, message):
        method = message.method
        call = self.calls.get(message.get("Call-ID"))
        if call:
            call.requests.append(message)
        if method == "INVITE" and call is None:
            self.take_invite(message)
        elif method == "INVITE" and "tag=" in message.get("To"):
            call.take_sdp(message.body)
            self.reply(message, 200, call.local_tag, call.sdp())
        elif method == "INVITE":
            if call.state == "ringing":
                self.reply(message, 180, call.local_tag)
            elif call.state == "answered":
                self.reply(message, 200, call.local_tag, call.sdp())
        elif method == "ACK":
            pass
        elif method == "CANCEL":
            self.reply(message, 200)
            if call and call.state in ("new", "ringing"):
                call.reason = message.get("Reason")
                self.reply(call.invite, 487, call.local_tag)
                call.end(487)
        elif method == "BYE":
            self.reply(message, 200 if call else 481)
            if call:
                call.reason = message.get("Reason")
                call.end(0)
        elif method == "NOTIFY" and message.get("Event").startswith("talk"):
            self.reply(message, 200)
            if call and call.state == "ringing":
                self.reply(call.invite, 200, call.local_tag, call.sdp())
                call.state = "answered"
        else:
            self.reply(message, 200)

    def take_invite(self, message):
        call = Call(self, incoming=True)
        call.call_id = message.get("Call-ID")
        call.invite = message
        call.local = message.get("To") + f";tag={call.local_tag}"
        call.remote = message.get("From")
        call.target = uri_of(message.get("Contact"))
        call.routes = message.all("Record-Route")
        call.caller = re.search(r"sips?:([^@>;]*)", message.get("From")).group(1)
        call.take_sdp(message.body)
        self.calls[call.call_id] = call
        if isinstance(self.mode, int):
            self.reply(message, self.mode, call.local_tag)
            call.end(self.mode)
            return
        if self.mode == "silent":
            return
        self.reply(message, 180, call.local_tag)
        call.state = "ringing"
        self.rang.append(call)
        if self.mode == "answer":
            self.reply(message, 200, call.local_tag, call.sdp())
            call.state = "answered"


def tag(value):
    return tag_of(value)
