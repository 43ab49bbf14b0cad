"""Measurements of call handling: cost, the highest rate, latency, a burst."""

import time

from .company import DIRECT_DEVICE, DIRECT_NUMBER, QUEUE_NUMBER, device_of
from .load import flawless, measured
from .report import Row

SET_UP_MS_MAX = 1000  # p99; beyond it work piles up
BURST = {"agents": 50, "calls": 300, "seconds": 6, "talk": 2}


def cost(setting, instance, number, devices, rate, seconds, talk):
    figures = measured(setting, instance, number, devices, rate=rate, seconds=seconds, talk=talk)
    setting.note_failures(f"{rate} calls/s to {number}", figures)
    return figures


def highest_rate(setting, instance, number, devices):
    """The highest of the tried rates at which every call went well; None if not even the first."""
    best = None
    for rate in setting.rates:
        figures = measured(setting, instance, number, devices, rate=rate, seconds=setting.seconds, talk=0.3, drain=40)
        slow = figures["set_up_ms"]["p99"] > SET_UP_MS_MAX
        late = figures["rate"] < 0.98 * rate
        if not flawless(figures) or slow or late:
            why = figures["failed"] or ("the load generator could not keep up" if late else
                                        f"set-up p99 {figures['set_up_ms']['p99']:.0f} ms")
            setting.say(f"  {rate} calls/s: no: {why}")
            break
        setting.say(f"  {rate} calls/s: all well, {figures['cpu_ms_a_call']:.2f} ms CPU a call")
        best = rate
    return best


def cost_rows(title, figures, rate):
    rows = [Row(f"{title}, CPU a call at {rate}/s", figures["cpu_ms_a_call"], "ms")]
    for program, seconds in sorted(figures["cpu_s"].items()):
        rows.append(Row(f"{title}, of it {program}", 1000 * seconds / max(1, figures["tried"]), "ms"))
    rows += [Row(f"{title}, set-up p50 at {rate}/s", figures["set_up_ms"]["p50"], "ms"),
             Row(f"{title}, set-up p99 at {rate}/s", figures["set_up_ms"]["p99"], "ms")]
    return rows


def direct(setting, build):
    with setting.company(build, 0) as instance:
        devices, rate = [DIRECT_DEVICE], setting.rate_or(100)
        rows = cost_rows("direct", cost(setting, instance, DIRECT_NUMBER, devices, rate, 2 * setting.seconds, 1), rate)
        best = highest_rate(setting, instance, DIRECT_NUMBER, devices)
        return rows + [Row("direct, highest rate without a failure", best, "calls/s")]


def queue(setting, build):
    with setting.company(build, setting.agents) as instance:
        devices, rate = [device_of(agent) for agent in range(setting.agents)], setting.rate_or(50)
        title = f"queue of {setting.agents}"
        rows = cost_rows(title, cost(setting, instance, QUEUE_NUMBER, devices, rate, 2 * setting.seconds, 1), rate)
        best = highest_rate(setting, instance, QUEUE_NUMBER, devices)
        return rows + [Row(f"{title}, highest rate without a failure", best, "calls/s")]


def latency(setting, build):
    rows = []
    with setting.company(build, setting.agents) as instance:
        devices = [device_of(agent) for agent in range(setting.agents)]
        for rate in (setting.rate,) if setting.rate else (40, 100):
            talk = min(3, setting.agents / rate / 3)  # somebody is always free: waiting is not measured here
            figures = cost(setting, instance, QUEUE_NUMBER, devices, rate, 2 * setting.seconds, talk)
            for share in ("p50", "p99", "max"):
                rows.append(Row(f"caller's INVITE to agent's INVITE at {rate}/s, {share}",
                                figures["post_dial_ms"][share], "ms"))
    return rows


def perfect_seconds(agents, calls, seconds, talk):
    """When the last call ends if nothing but talking takes time: each call to the agent free first."""
    free = [0.0] * agents
    for call in range(calls):
        first = min(range(agents), key=free.__getitem__)
        free[first] = max(free[first], call * seconds / calls) + talk
    return max(free)


def burst(setting, build):
    agents, calls = BURST["agents"], setting.calls or BURST["calls"]
    with setting.company(build, agents) as instance:
        time.sleep(1)
        figures = measured(setting, instance, QUEUE_NUMBER, [device_of(agent) for agent in range(agents)],
                           calls=calls, rate=calls / BURST["seconds"], talk=BURST["talk"], hangup="agent")
        setting.note_failures("burst", figures)
    best = perfect_seconds(agents, calls, BURST["seconds"], BURST["talk"])
    return [Row(f"burst of {calls} calls for {agents} agents, last one ends", figures["took_s"], "s"),
            Row("burst, the same if only talking took time", best, "s"),
            Row("burst, agent free to next INVITE, p50", figures["free_to_next_ms"]["p50"], "ms"),
            Row("burst, agent free to next INVITE, p99", figures["free_to_next_ms"]["p99"], "ms")]
