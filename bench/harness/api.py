"""The server's HTTP interface, over connections that stay open."""

import http.client
import json
import ssl

CONTEXT = ssl.create_default_context()
CONTEXT.check_hostname = False
CONTEXT.verify_mode = ssl.CERT_NONE


class Api:
    """One connection; not for several threads."""

    def __init__(self, instance, token=None):
        self.port = instance.ports["https"]
        self.token = token
        self.connection = None

    def request(self, method, path, body=None, token=None):
        headers = {"X-AUTH-TOKEN": token or self.token or ""}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        for attempt in (1, 2):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=CONTEXT)
                self.connection.request(method, path, data, headers)
                answer = self.connection.getresponse()
                content = answer.read()
                break
            except (http.client.HTTPException, OSError):  # closed after its idle time
                self.connection = None
                if attempt == 2:
                    raise
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:300]!r}")
        return json.loads(content) if content else None

    def sign_in(self, user, password):
        answer = self.request("POST", "/api/v6/login.json", {"username": user, "password": password, "only_token": 1})
        return answer["result"]
