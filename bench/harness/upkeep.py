"""Measurements of the server as a process: its start and its memory."""

import tempfile
import time

from .company import DIRECT_DEVICE, DIRECT_NUMBER, QUEUE_NUMBER, device_of
from .instance import Instance
from .load import HOLD, Load, measured
from .report import Row

MARGIN = 2


def startup(setting, build):
    rows = []
    with tempfile.TemporaryDirectory(prefix="linka-bench-") as directory:
        instance = Instance(build, f"{directory}/data", setting.server_core)
        for what in ("first start of the demo", "second start of the demo"):
            instance.start()
            rows.append(Row(f"{what} until ready", instance.ready_seconds, "s"))
            instance.stop()
    agents = setting.agents
    with setting.company(build, agents) as instance:
        calls = setting.calls or 1000
        figures = measured(setting, instance, QUEUE_NUMBER, [device_of(agent) for agent in range(agents)],
                           calls=calls, rate=setting.rate_or(50), talk=0.3)
        setting.note_failures("calls before the restart", figures)
        instance.stop()  # the agents' desks lose their server: nothing follows
        instance.start()
        rows.append(Row(f"start with {agents} agents and {calls} calls in the journal", instance.ready_seconds, "s"))
    return rows


def memory(setting, build):
    calls = setting.calls or 200
    with setting.company(build, 0) as instance:
        measured(setting, instance, DIRECT_NUMBER, [DIRECT_DEVICE], calls=10, rate=10, talk=0.1)  # warm
        idle = instance.memory_mb()
        load = Load(setting, instance, DIRECT_NUMBER, [DIRECT_DEVICE], calls=calls, rate=50,
                    talk=calls / 50 + 2 * MARGIN)
        load.wait_registered()
        time.sleep(HOLD + calls / 50 + MARGIN)
        busy = instance.memory_mb()
        setting.note_failures("memory", load.result())
        time.sleep(setting.rest)
        rest = instance.memory_mb()
    return [Row("memory of all processes, idle", idle, "MB"),
            Row(f"memory, more for each of {calls} open calls", 1000 * (busy - idle) / calls, "kB"),
            Row(f"memory, {setting.rest:.0f} s after the load", rest, "MB")]
