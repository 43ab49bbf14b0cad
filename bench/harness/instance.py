"""A server under measurement: started fresh on free ports, pinned to one core, read from /proc."""

import os
import pathlib
import shutil
import signal
import subprocess
import time

from .ports import free_port

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
ADMIN_PASSWORD = "bench-admin"
READY_SECONDS_MAX = 120


def pinned(core):
    """For Popen's preexec_fn: the child and all that it starts stay on this core, if it is ours; None: anywhere."""
    def pin():
        if core in os.sched_getaffinity(0):
            os.sched_setaffinity(0, {core})
    return pin


class Instance:
    def __init__(self, build, data, core=0, rtp_ports="10000-19999", options=()):
        self.binaries = pathlib.Path(build).resolve()
        self.database = build.new_database()
        self.data = pathlib.Path(data)
        self.core = core
        self.rtp_ports = rtp_ports
        self.options = [*options, *(["--database", self.database] if self.database else [])]
        self.ports = {name: free_port() for name in ("https", "http", "sip", "sips")}
        self.phones_port = free_port()  # where the load's telephones listen, in every run of it
        self.process = None
        self.ready_seconds = None

    def move_data(self):
        """What the data directory holds in a file goes to the database that is used instead."""
        if self.database:
            subprocess.run([self.binaries / "linka", "copy", "--from", self.data, "--to", self.database], check=True,
                           stdout=subprocess.DEVNULL)
            (self.data / "linka.db").unlink()

    def start(self):
        command = [str(self.binaries / "linka"), "serve", "--data", str(self.data), "--rtp-ports", self.rtp_ports,
                   "--admin-password", ADMIN_PASSWORD, "--log-level", "warn", *self.options]
        for name, port in self.ports.items():
            command += [f"--{name}-port", str(port)]
        self.log_path = self.data.with_suffix(".log")
        began = time.monotonic()
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True,
                                            preexec_fn=pinned(self.core))
        for line in self.process.stdout:
            if line.startswith("linka ready"):
                self.ready_seconds = time.monotonic() - began
                return self
            if time.monotonic() - began > READY_SECONDS_MAX:
                break
        self.process.kill()
        raise SystemExit(f"the server did not start:\n{self.log_path.read_text(errors='replace')[-2000:]}")

    def pids(self):
        """The server and its media workers, which are sessions of their own."""
        found = [self.process.pid]
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != self.process.pid:
                try:
                    command = (entry / "cmdline").read_bytes()
                except OSError:
                    continue
                if b"linka-media" in command and os.fsencode(self.data) in command:
                    found.append(int(entry.name))
        return found

    def cpu_seconds(self):
        """User and system time of all processes, threads that have ended included; proc(5)."""
        return sum(self.cpu_by_program().values())

    def cpu_by_program(self):
        used = {}
        for pid in self.pids():
            try:
                text = pathlib.Path(f"/proc/{pid}/stat").read_text()
            except OSError:
                continue
            name = text[text.index("(") + 1:text.rindex(")")]
            words = text[text.rindex(")") + 2:].split()
            used[name] = used.get(name, 0) + (int(words[11]) + int(words[12])) / TICKS
        return used

    def cpu_of_threads(self, name):
        """User and system time of the threads of that name."""
        used = 0
        for pid in self.pids():
            for thread in pathlib.Path(f"/proc/{pid}/task").glob("*/stat"):
                try:
                    text = thread.read_text()
                except OSError:
                    continue
                if text[text.index("(") + 1:text.rindex(")")] == name:
                    words = text[text.rindex(")") + 2:].split()
                    used += (int(words[11]) + int(words[12])) / TICKS
        return used

    def memory_mb(self):
        """Resident memory of all processes; what they share is counted in each."""
        pages = 0
        for pid in self.pids():
            try:
                pages += int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1])
            except OSError:
                continue
        return pages * PAGE / 1e6

    def stop(self):
        """Orderly; the data stay."""
        if self.process is None:
            return
        pids = self.pids()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        for pid in pids[1:]:  # a worker with calls would wait a minute for its server
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process = None

    def remove(self):
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.with_suffix(".log").unlink(missing_ok=True)
