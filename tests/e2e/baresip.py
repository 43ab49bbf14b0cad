"""The open softphone baresip as a peer: real codecs, a sine as its microphone, what it heard in a file."""

import json
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import wave

import numpy

from server import free_port

MODULES = "/usr/lib/baresip/modules"


class Baresip:
    """One account, registered if it has a password. `codec` e.g. PCMA, PCMU, G722, opus."""

    def __init__(self, server, name, password="", codec="PCMA", frequency=440, answer=False):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="linka-baresip-"))
        self.control_port = free_port()
        sip_port = free_port()
        self.name, self.server, self.codec, self.events = name, server, codec, []
        codec_name = {"opus": "opus/48000/2", "G722": "G722/16000/1"}.get(codec, f"{codec}/8000/1")
        modules = ["g711", "g722", "opus", "ausine", "sndfile", "ctrl_tcp", "account", "menu"]
        lines = [f"module_path {MODULES}", f"sip_listen 127.0.0.1:{sip_port}", f"ctrl_tcp_listen 127.0.0.1:{self.control_port}",
                 f"audio_source ausine,{frequency}", f"audio_player none", "ausrc_srate 48000",
                 "audio_alert none", "ausrc_channels 2", "auplay_channels 1",
                 f"snd_path {self.directory}", "net_interface 127.0.0.1", "call_max_calls 20", "opus_bitrate 28000", "rtp_ports 40000-49000"]
        for module in modules:
            kind = "module_app" if module in ("ctrl_tcp", "account", "menu") else "module"
            lines.append(f"{kind} {module}.so")
        (self.directory / "config").write_text("\n".join(lines) + "\n")
        interval = 300 if password else 0
        (self.directory / "accounts").write_text(
            f"<sip:{name}@{server[0]}:{server[1]}>;auth_user={name};auth_pass={password or 'none'};regint={interval};"
            f"audio_codecs={codec_name};answermode={'auto' if answer else 'manual'};outbound=\"\"\n")
        (self.directory / "contacts").write_text("")
        self.output = open(self.directory / "output", "wb")
        self.process = subprocess.Popen(["baresip", "-f", str(self.directory)], stdout=self.output,
                                        stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        self.control = self.connect()
        self.buffer = b""
        if password:
            self.wait_printed("200 OK")  # it may have registered before we could ask for events

    def connect(self):
        for _ in range(200):
            try:
                control = socket.create_connection(("127.0.0.1", self.control_port), 1)
                control.settimeout(0.1)
                return control
            except OSError:
                time.sleep(0.05)
        raise AssertionError("baresip does not start: " + (self.directory / "output").read_text())

    def wait_printed(self, text, seconds=10):
        deadline = time.monotonic() + seconds
        while text not in (self.directory / "output").read_text(errors="replace"):
            assert time.monotonic() < deadline, f"baresip {self.name} never said {text}"
            time.sleep(0.02)

    def command(self, command, params=""):
        text = json.dumps({"command": command, "params": params, "token": "t"}).encode()
        self.control.sendall(b"%d:%s," % (len(text), text))

    def dial(self, number):
        self.command("dial", f"sip:{number}@{self.server[0]}:{self.server[1]}")

    def accept(self):
        self.command("accept")

    def hang_up(self):
        self.command("hangup")

    def digit(self, digit):
        self.command("sndcode", digit)

    def poll(self):
        try:
            self.buffer += self.control.recv(65536)
        except (socket.timeout, OSError):
            pass
        while b":" in self.buffer:
            length, rest = self.buffer.split(b":", 1)
            if len(rest) <= int(length):
                return
            message = json.loads(rest[:int(length)])
            self.buffer = rest[int(length) + 1:]
            if message.get("event"):
                self.events.append(message["type"])

    def wait(self, event, seconds=10):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if event in self.events:
                self.events.remove(event)
                return
            self.poll()
        raise AssertionError(f"baresip {self.name}: no {event}; had {self.events}\n"
                             + (self.directory / "output").read_text()[-2000:])

    def heard_files(self):
        return sorted(self.directory.glob("*-dec.wav"), key=lambda f: f.stat().st_mtime)

    def hears(self, seconds):
        """Whether so much was heard in the call that goes on (its file has no valid header yet)."""
        bytes_a_second = {"PCMA": 16000, "PCMU": 16000, "G722": 32000, "opus": 192000}[self.codec]
        files = self.heard_files()
        return bool(files) and files[-1].stat().st_size > seconds * bytes_a_second

    def heard(self):
        """Everything that was heard in the last call, when it has ended, and its sample rate."""
        files = self.heard_files()
        assert files, f"{self.name} heard nothing"
        with wave.open(str(files[-1])) as file:
            samples = numpy.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
            if file.getnchannels() == 2:
                samples = samples[::2]
            return samples, file.getframerate()

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.control.close()
        self.output.close()
        shutil.rmtree(self.directory, ignore_errors=True)
