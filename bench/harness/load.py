"""Runs bench_sip_load beside the server, and measures what the server uses meanwhile."""

import json
import subprocess
import tempfile
import time

from .company import device_list
from .instance import pinned

HOLD = 3  # seconds between registering and the first call, to see what an idle server uses
SETTLE = 3  # after the last call: what the server has put off
LIMIT_SECONDS = 900


class Load:
    """A run of the load generator; `registered` is over once it has told so."""

    def __init__(self, setting, instance, number, devices, **options):
        self.file = tempfile.NamedTemporaryFile("w", suffix=".devices")
        self.file.write(device_list(devices))
        self.file.flush()
        command = [str(setting.load_binary), "--server", f"127.0.0.1:{instance.ports['sip']}", "--number", number,
                   "--hold", str(HOLD)]
        if devices:
            command += ["--devices", self.file.name, "--phones-port", str(instance.phones_port)]
        for name, value in options.items():
            command += [f"--{name}"] if value is True else [f"--{name}", str(value)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        preexec_fn=pinned(setting.load_core))

    def wait_registered(self):
        line = self.process.stderr.readline()
        if line.strip() != "registered":
            raise RuntimeError(f"bench_sip_load: {line}{self.process.stderr.read()}")
        self.registered_at = time.monotonic()

    def result(self):
        output, errors = self.process.communicate(timeout=LIMIT_SECONDS)
        self.file.close()
        if self.process.returncode != 0:
            raise RuntimeError(f"bench_sip_load: {errors}")
        return json.loads(output)


def measured(setting, instance, number, devices, **options):
    """Runs a load; its figures, with what a call cost the server beyond being idle."""
    load = Load(setting, instance, number, devices, **options)
    load.wait_registered()
    time.sleep(HOLD * 0.3)  # let what registering left behind pass
    before, since = instance.cpu_by_program(), time.monotonic()
    time.sleep(HOLD * 0.5)
    calm, start = instance.cpu_by_program(), time.monotonic()
    figures = load.result()
    time.sleep(SETTLE)
    after, end = instance.cpu_by_program(), time.monotonic()
    used = {}
    for program, spent in after.items():
        idle = (calm.get(program, 0) - before.get(program, 0)) / (start - since)
        used[program] = max(0.0, spent - calm.get(program, 0) - idle * (end - start))
    figures["cpu_s"] = used
    figures["cpu_ms_a_call"] = 1000 * sum(used.values()) / max(1, figures["tried"])
    return figures


def flawless(figures):
    return not figures["failed"] and figures["finished"] == figures["tried"]
