"""A strict registrar as a provider has one, over UDP or TCP: digest, expiry, Retry-After; it keeps what was wrong."""

import contextlib
import hashlib
import queue
import re
import secrets
import socket
import threading

from sip_message import Message, tag_of, uri_of

USER, PASSWORD = "226000000", "tajne-226"


class Registrar:
    def __init__(self, transport="udp", expires=600):
        self.transport = transport
        self.expires = expires
        self.refusal = None  # (status, phrase, [(header, value)]) instead of an answer to right credentials
        self.bindings = {}  # contact URI: seconds
        self.faults = []
        self.seen = queue.Queue()  # (method, status, Expires) of each request
        self.calls = {}  # Call-ID: last CSeq of REGISTER
        self.nonces = set()
        kind = socket.SOCK_DGRAM if transport == "udp" else socket.SOCK_STREAM
        self.socket = socket.socket(socket.AF_INET, kind)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.connections = []
        work = self.serve_udp if transport == "udp" else self.serve_tcp
        threading.Thread(target=work, daemon=True).start()

    def serve_udp(self):
        while True:
            try:
                data, peer = self.socket.recvfrom(65535)
            except OSError:
                return
            if data.strip():
                self.take(Message.parse(data), lambda answer, to=peer: self.socket.sendto(answer, to))

    def serve_tcp(self):
        self.socket.listen()
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections.append(connection)
            threading.Thread(target=self.serve_connection, args=(connection,), daemon=True).start()

    def serve_connection(self, connection):
        text = b""
        while True:
            try:
                more = connection.recv(65535)
            except OSError:
                return
            if not more:
                return
            text = (text + more).lstrip(b"\r\n")
            while b"\r\n\r\n" in text:
                head, _, rest = text.partition(b"\r\n\r\n")
                length = int(re.search(rb"(?mi)^(?:Content-Length|l)\s*:\s*(\d+)", head).group(1))
                if len(rest) < length:
                    break
                self.take(Message.parse(head + b"\r\n\r\n" + rest[:length]), connection.sendall)
                text = rest[length:].lstrip(b"\r\n")

    def must(self, holds, what):
        if not holds:
            self.faults.append(what)

    def take(self, request, send):
        if request.is_response:
            return
        status, phrase, headers = 200, "OK", []
        if request.method == "REGISTER":
            status, phrase, headers = self.register(request)
        self.seen.put((request.method, status, request.get("Expires")))
        echoed = [(name, value) for name, value in request.headers
                  if name.lower() in ("via", "from", "call-id", "cseq")]
        to = request.get("To") + ("" if tag_of(request.get("To")) else ";tag=" + secrets.token_hex(4))
        with contextlib.suppress(OSError):  # closed meanwhile
            send(Message(f"SIP/2.0 {status} {phrase}", echoed + [("To", to)] + headers).encode())

    def register(self, request):
        uri = request.start.split()[1]
        self.must("@" not in uri, f"RFC 3261 10.2: a user in the Request-URI: {uri}")
        self.must(uri_of(request.get("To")).startswith(f"sip:{USER}@"), "To is not the account")
        self.must(tag_of(request.get("From")), "From without a tag")
        self.must(not tag_of(request.get("To")), "To with a tag")
        self.must(f"SIP/2.0/{self.transport.upper()} " in request.get("Via"), "Via: " + request.get("Via"))
        call, sequence = request.get("Call-ID"), request.cseq
        self.must(sequence > self.calls.get(call, 0), "CSeq does not grow")
        self.calls[call] = sequence
        if not self.proves(request):
            nonce = secrets.token_hex(8)
            self.nonces.add(nonce)
            return 401, "Unauthorized", [
                ("WWW-Authenticate", f'Digest realm="provider", nonce="{nonce}", algorithm=MD5, qop="auth"')]
        if self.refusal:
            return self.refusal
        contact = uri_of(request.get("Contact"))
        seconds = min(int(request.get("Expires")), self.expires)
        if seconds:
            self.bindings = {contact: seconds}
            return 200, "OK", [("Contact", f"<{contact}>;expires={seconds}")]
        self.bindings.pop(contact, None)
        return 200, "OK", []

    def proves(self, request):
        fields = dict(re.findall(r'(\w+)="?([^",]+)"?', request.get("Authorization")))
        if fields.get("nonce") not in self.nonces:
            return False

        def hashed(text):
            return hashlib.md5(text.encode()).hexdigest()

        self.must(fields["uri"] == request.start.split()[1], "the digest is of another URI")
        first = hashed(f"{USER}:provider:{PASSWORD}")
        second = hashed(f"REGISTER:{fields['uri']}")
        right = hashed(f"{first}:{fields['nonce']}:{fields['nc']}:{fields['cnonce']}:auth:{second}")
        return fields["username"] == USER and fields["response"] == right

    def next(self, method, seconds=10):
        """The next request of this method: status of the answer, and Expires."""
        while True:
            seen = self.seen.get(timeout=seconds)
            if seen[0] == method:
                return seen[1:]

    def close(self):
        for each in [self.socket, *self.connections]:
            each.close()
