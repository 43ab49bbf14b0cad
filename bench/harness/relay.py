"""What passing on the audio of calls costs linka-media alone, and rtpengine with the same packets: how fast the machine is now."""

import pathlib
import re
import subprocess

from .report import Row

RTPENGINE = pathlib.Path("/usr/bin/rtpengine")
SHARE = re.compile(r"^(rtpengine|linka-media), \d+ calls plain: .*CPU ([0-9.]+) % of a core", re.M)


def relay(setting, build):
    calls = setting.calls or 100
    command = [str(pathlib.Path(build) / "bench_media_load"), str(calls), str(max(1, round(setting.seconds)))]
    if RTPENGINE.exists():
        command.append(str(RTPENGINE))
    else:
        setting.say("  no rtpengine here: install rtpengine-daemon to compare with it")
    ran = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    shares = {name: float(share) for name, share in SHARE.findall(ran.stdout)}
    if ran.returncode != 0 or "linka-media" not in shares:
        raise RuntimeError(f"{command[0]} ended with {ran.returncode}: {ran.stderr[-500:]}")
    rows = [Row(f"{calls} plain calls, {name} alone", share, "% of a core") for name, share in sorted(shares.items())]
    if shares.get("rtpengine"):
        rows.append(Row(f"{calls} plain calls, linka-media in terms of rtpengine",
                        shares["linka-media"] / shares["rtpengine"], ""))
    return rows
