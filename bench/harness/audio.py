"""Measurements of calls that talk: the media workers' cost, without and with recording."""

import time

from .api import Api
from .company import QUEUE_NUMBER, device_of, set_recording
from .instance import ADMIN_PASSWORD
from .load import HOLD, Load
from .report import Row

RATE = 20  # calls a second until all are up
MARGIN = 2
ENCODING_SECONDS_MAX = 300


def talk_seconds(calls, window):
    return calls / RATE + window + 2 * MARGIN


def talk(setting, instance, calls, window):
    """Runs the calls; the figures, and what each program used of a core while all of them talked."""
    load = Load(setting, instance, QUEUE_NUMBER, [device_of(agent) for agent in range(calls)], calls=calls, rate=RATE,
                talk=talk_seconds(calls, window), rtp=True)
    load.wait_registered()
    time.sleep(HOLD + calls / RATE + MARGIN)
    before, since = instance.cpu_by_program(), time.monotonic()
    time.sleep(window)
    after, end = instance.cpu_by_program(), time.monotonic()
    figures = load.result()
    setting.note_failures(f"{calls} calls with audio", figures)
    shares = {name: 100 * (after[name] - before.get(name, 0)) / (end - since) for name in after}
    return figures, shares


def rows_of(title, calls, figures, shares):
    rtp = figures["rtp"]
    rows = [Row(f"{calls} {title} calls, {name}", share, "% of a core") for name, share in sorted(shares.items())]
    rows += [Row(f"{calls} {title} calls, packets sent", rtp["sent"], ""),
             Row(f"{calls} {title} calls, packets lost", rtp["lost"], ""),
             Row(f"{calls} {title} calls, directions that heard nothing", rtp["silent"], ""),
             Row(f"{calls} {title} calls, longest gap between packets", rtp["gap_ms"], "ms")]
    return rows


def plain(setting, build):
    calls = setting.calls or 100
    with setting.company(build, calls) as instance:
        figures, shares = talk(setting, instance, calls, 1.5 * setting.seconds)
    return rows_of("plain", calls, figures, shares)


def recordings(instance):
    """How many are whole, and whether any is still being made."""
    made = len(list(instance.data.glob("recordings/**/*.opus")))
    spooled = any(path.is_file() for path in instance.data.glob("media/spool/**/*"))
    return made, spooled


def record(setting, build, title, options=()):
    calls = setting.calls or 100
    with setting.company(build, calls, options) as instance:
        api = Api(instance)
        api.token = api.sign_in("admin", ADMIN_PASSWORD)
        set_recording(api, "bridged")
        figures, shares = talk(setting, instance, calls, 1.5 * setting.seconds)
        since = time.monotonic()
        while recordings(instance) != (calls, False) and time.monotonic() - since < ENCODING_SECONDS_MAX:
            time.sleep(0.05)
        took = time.monotonic() - since
        encoding = instance.cpu_of_threads("media-record") / talk_seconds(calls, 1.5 * setting.seconds)
        made, _ = recordings(instance)
        if made != calls:
            setting.say(f"  {made} of {calls} recordings are whole after {took:.0f} s")
    return rows_of(title, calls, figures, shares) + [
        Row(f"{calls} {title} calls, until the last recording is whole", took, "s"),
        Row(f"{calls} {title} calls, encoding in all, of the time they talked", 100 * encoding, "% of a core"),
        Row(f"{calls} {title} calls, recordings made", made, "")]


def recorded(setting, build):
    return record(setting, build, "recorded")


def deferred(setting, build):
    return record(setting, build, "recorded, later encoded", ["--encode-recordings", "after-call"])
