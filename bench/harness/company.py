"""A company for measuring, made through the API: agents with a telephone each, ready in queue 6001.

The demo's number 226000002 leads to that queue, 226000004 to extension 510. The latter is given to a
back-office user, who is never busy, so that one extension can take any number of calls.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import shutil
import threading

from .api import Api
from .build import Build
from .instance import ADMIN_PASSWORD, Instance

QUEUE = 6001
QUEUE_NUMBER = "226000002"
DIRECT_NUMBER = "226000004"
DIRECT_DEVICE = "3999"
PASSWORD = "bench-agent"
THREADS = 4
TOKENS = "bench-tokens.json"  # they outlive a restart of the server


def device_of(agent):
    return str(40000 + agent)


def device_list(devices):
    """What bench_sip_load reads."""
    return "".join(f"{device}:secret{device}\n" for device in devices)


def set_recording(api, mode):
    """`disabled`, `bridged` or `immediately`, for calls of the queue."""
    api.request("PUT", f"/api/v6/queues/{QUEUE}.json", {"options": {"recording": mode}})


def prepare_queue(api):
    api.request("PUT", f"/api/v6/queues/{QUEUE}.json", {"options": {
        "wrapuptime": 0, "recording": "disabled", "lajdak": False, "position_announcement": False,
        "sleeptime": 1}})


def prepare_direct(api):
    save_device(api, DIRECT_DEVICE)
    # The demo's number leads to his extension.
    api.request("PUT", "/api/v6/users/frantisek.json", {
        "type": "BO", "role": "back_office", "recordAtCallStart": "disabled", "queues": [],
        "devices": [{"name": DIRECT_DEVICE}]})


def save_device(api, name):
    api.request("POST", "/api/v6/sipDevices.json",
                {"name": name, "title": f"Telephone {name}", "type": "sip", "password": f"secret{name}"})


def hire(api, agent):
    """Makes one agent, who signs in and becomes ready."""
    device, name = device_of(agent), f"agent{agent}"
    save_device(api, device)
    api.request("POST", "/api/v6/users.json", {
        "name": name, "title": f"Agent {agent}", "type": "CC", "role": "agent", "extension": str(70000 + agent),
        "password": PASSWORD, "recordAtCallStart": "disabled", "devices": [{"name": device}],
        "queues": [{"name": QUEUE}]})
    token = Api.sign_in(api, name, PASSWORD)
    api.request("POST", "/api/live/me/devices", {"login": [device]}, token)
    api.request("POST", "/api/live/me/queues", {"login": [QUEUE]}, token)
    api.request("POST", "/api/live/me/ready", {}, token)
    return name, (token, device)


def prepare(instance, agents):
    """The tokens: `admin`, and for each of `agents` its token and its device."""
    api = Api(instance)
    api.token = api.sign_in("admin", ADMIN_PASSWORD)
    prepare_queue(api)
    prepare_direct(api)
    own = threading.local()

    def work(agent):
        if not hasattr(own, "api"):
            own.api = Api(instance, api.token)
        return hire(own.api, agent)

    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        return {"admin": api.token, "agents": dict(pool.map(work, range(agents)))}


class Companies:
    """Makes each company once and hands out copies: a thousand sign-ins take minutes."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)

    def template(self, build, agents):
        # Builds need not read each other's data.
        digest = hashlib.sha256((pathlib.Path(build) / "linka").read_bytes()).hexdigest()[:12]
        made = self.directory / f"company-{digest}-{agents}"
        if not (made / "linka.db").exists():
            draft = self.directory / f"draft-{digest}-{agents}-{os.getpid()}"
            instance = Instance(Build(build.directory), draft, core=None)  # sign-ins may use every core
            instance.start()
            try:
                tokens = prepare(instance, agents)
            finally:
                instance.stop()
            instance.log_path.unlink()
            (draft / TOKENS).write_text(json.dumps(tokens))
            draft.rename(made)
        return made

    def copy(self, build, agents, to):
        shutil.copytree(self.template(build, agents), to, ignore=shutil.ignore_patterns("media"))
