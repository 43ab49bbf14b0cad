"""Just enough SIP text for a scripted telephone: parse, build, digest (RFC 3261, RFC 7616)."""

import hashlib
import re
import secrets


class Message:
    def __init__(self, start, headers, body=b""):
        self.start = start
        self.headers = headers  # list of (name, value)
        self.body = body

    @staticmethod
    def parse(data):
        head, _, body = data.partition(b"\r\n\r\n")
        lines = head.decode("utf-8", "replace").split("\r\n")
        headers = []
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers.append((name.strip(), value.strip()))
        return Message(lines[0], headers, body)

    def encode(self):
        lines = [self.start] + [f"{name}: {value}" for name, value in self.headers]
        lines.append(f"Content-Length: {len(self.body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + self.body

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def get(self, name, default=""):
        values = self.all(name)
        return values[0] if values else default

    @property
    def is_response(self):
        return self.start.startswith("SIP/2.0")

    @property
    def status(self):
        return int(self.start.split()[1])

    @property
    def method(self):
        return self.get("CSeq").split()[1] if self.is_response else self.start.split()[0]

    @property
    def cseq(self):
        return int(self.get("CSeq").split()[0])


def tag_of(value):
    match = re.search(r";\s*tag=([^;>\s]+)", value)
    return match.group(1) if match else ""


def uri_of(value):
    match = re.search(r"<([^>]+)>", value)
    return match.group(1) if match else value.split(";")[0].strip()


def digest(challenge, method, uri, user, password, prefer="SHA-256"):
    """The Authorization value for one of the offered challenges."""
    fields = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
    name = fields.get("algorithm", "MD5")
    algorithm = hashlib.sha256 if name.upper() == "SHA-256" else hashlib.md5

    def hashed(text):
        return algorithm(text.encode()).hexdigest()

    cnonce = secrets.token_hex(8)
    first = hashed(f"{user}:{fields['realm']}:{password}")
    second = hashed(f"{method}:{uri}")
    if "qop" in fields:
        response = hashed(f"{first}:{fields['nonce']}:00000001:{cnonce}:auth:{second}")
        extra = f', qop=auth, nc=00000001, cnonce="{cnonce}"'
    else:
        response = hashed(f"{first}:{fields['nonce']}:{second}")
        extra = ""
    return (
        f'Digest username="{user}", realm="{fields["realm"]}", nonce="{fields["nonce"]}", uri="{uri}", '
        f'response="{response}", algorithm={name}{extra}'
    )
