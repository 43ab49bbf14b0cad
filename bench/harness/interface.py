"""Measurements of the HTTP interface: a list, and changes on their way to many push sockets."""

import asyncio
import time

from . import push_clients
from .api import Api
from .company import PASSWORD, QUEUE_NUMBER, device_of
from .instance import ADMIN_PASSWORD
from .load import measured
from .report import Row, share_of

REQUESTS = 200
ROUNDS = 20
AGENTS = 10


def list_rows(api, title):
    samples = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        api.request("GET", "/api/v6/activitiesCall.json")
        samples.append(1000 * (time.perf_counter() - began))
    return [Row(f"GET activitiesCall, {title}, {name}", share_of(samples, share), "ms")
            for name, share in (("p50", 0.5), ("p99", 0.99))]


def api(setting, build):
    with setting.company(build, AGENTS) as instance:
        admin = Api(instance)
        admin.token = admin.sign_in("admin", ADMIN_PASSWORD)
        calls = setting.calls or 300
        figures = measured(setting, instance, QUEUE_NUMBER, [device_of(agent) for agent in range(AGENTS)],
                           calls=calls, rate=20, talk=0.2)
        setting.note_failures("calls for the list", figures)
        rows = list_rows(admin, f"100 of {calls} rows")
        agent = Api(instance)
        agent.token = agent.sign_in("agent1", PASSWORD)

        def change(number):
            agent.request("POST", f"/api/live/me/{('unready', 'ready')[number % 2]}", {})

        samples = asyncio.run(push_clients.fan_out(
            instance.ports["https"], admin.token, setting.sockets, ROUNDS, change, b'"agent1"'))
    return rows + [Row(f"change to message on {setting.sockets} push sockets, {name}", share_of(samples, share), "ms")
                   for name, share in (("p50", 0.5), ("p99", 0.99))]
