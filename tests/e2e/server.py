"""Starts, kills and restarts the real server on free ports, and speaks its API."""

import json
import os
import pathlib
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))

from harness.ports import free_port  # noqa: E402

BUILD = pathlib.Path(os.environ.get("LINKA_BUILD", ROOT / "build"))


class Refused(Exception):
    """An HTTP answer that is not 2xx."""

    def __init__(self, status, body, headers):
        super().__init__(f"{status}: {body[:300]}")
        self.status = status
        self.headers = headers
        try:
            self.body = json.loads(body)
        except ValueError:
            self.body = body

    @property
    def codes(self):
        return [b["code"] for b in self.body["error"].get("blockers", [])]


class Server:
    def __init__(self, options=(), data=None, environment=None):
        self.environment = {**os.environ, **(environment or {})}
        self.data = data or tempfile.mkdtemp(prefix="linka-test-")
        self.ports = {name: free_port() for name in ("https", "http", "sip", "sips")}
        # Below the ports that the system gives away, and those of the browser tests.
        low = 10000 + (os.getpid() * 7 + self.ports["sip"]) % 136 * 100
        self.rtp = f"{low}-{low + 399}"
        self.options = list(options)
        self.log_path = pathlib.Path(tempfile.gettempdir(), f"linka-test-{self.ports['https']}.log")
        self.process = None
        self.start()

    def start(self):
        command = [str(BUILD / "linka"), "serve", "--data", self.data, "--rtp-ports", self.rtp,
                   "--https-port", str(self.ports["https"]), "--http-port", str(self.ports["http"]),
                   "--sip-port", str(self.ports["sip"]), "--sips-port", str(self.ports["sips"]),
                   *self.options]
        began = time.monotonic()
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True,
                                            env=self.environment)
        self.output = []
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError(f"the server ended with {self.process.wait()}:\n{self.log()[-3000:]}")
            self.output.append(line)
            if line.startswith("linka ready"):
                self.ready_seconds = time.monotonic() - began
                return

    def log(self):
        return self.log_path.read_text(errors="replace")

    def kill(self, how=signal.SIGKILL):
        self.process.send_signal(how)
        status = self.process.wait(20)
        self.process.stdout.close()
        return status

    def worker_pids(self):
        """The media workers that serve this data directory."""
        found = subprocess.run(["pgrep", "-f", f"linka-media.*{self.data}"], capture_output=True, text=True).stdout
        return [int(pid) for pid in found.split()]

    @property
    def place(self):
        """The options of commands that say where this server's data are."""
        database = self.options[self.options.index("--database"):][:2] if "--database" in self.options else []
        return ["--data", self.data, *database]

    def audit(self):
        return self.command("audit", *self.place)

    def command(self, *arguments):
        return subprocess.run([str(BUILD / "linka"), *arguments], capture_output=True, text=True, timeout=120)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.kill(signal.SIGTERM)
        for pid in self.worker_pids():
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.data, ignore_errors=True)
        self.log_path.unlink(missing_ok=True)

    @property
    def sip(self):
        return ("127.0.0.1", self.ports["sip"])


class Api:
    """One signed-in user."""

    def __init__(self, server, user=None, password=None):
        self.server = server
        self.base = f"https://127.0.0.1:{server.ports['https']}"
        self.context = ssl._create_unverified_context()
        self.token = None
        if user:
            password = password or {"admin": "demo500", "frantisek": "demo510", "jana": "demo511", "jan": "demo512",
                                    "petr": "demo513", "eva": "demo514"}[user]
            self.token = self.post("/api/v6/login.json", username=user, password=password, only_token=1)["result"]

    def request(self, method, path, body=None, headers=None, raw=False):
        data = None
        headers = dict(headers or {})
        if self.token:
            headers.setdefault("X-AUTH-TOKEN", self.token)
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        request = urllib.request.Request(self.base + path, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, context=self.context, timeout=20) as answer:
                content = answer.read()
                if raw:
                    return answer.status, answer.headers, content
                return json.loads(content) if content else None
        except urllib.error.HTTPError as refusal:
            raise Refused(refusal.code, refusal.read().decode("utf-8", "replace"), refusal.headers) from None

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, **body):
        return self.request("POST", path, body)

    def me(self):
        return self.get("/api/live/me")

    def work(self, devices=(), queues=()):
        """Signs in to devices and queues and becomes ready."""
        if devices:
            self.post("/api/live/me/devices", login=list(devices), logout=[])
        if queues:
            self.post("/api/live/me/queues", login=list(queues), logout=[])
        self.post("/api/live/me/ready")

    def act(self, activity, what, **body):
        return self.post(f"/api/live/activities/{activity}/{what}", **body)

    def records(self, model, query=""):
        return self.get(f"/api/v6/{model}.json?take=1000{query}")["result"]["data"]


def number_of(text, pattern):
    match = re.search(pattern, text)
    return int(match.group(1)) if match else None
