"""The load generator of bench/ against a small company, so that it is alive when somebody measures."""

import json
import subprocess
from types import SimpleNamespace

import pytest
from server import BUILD, ROOT, free_port  # and makes bench/ known

from harness import relay
from harness.desk import Desk


@pytest.fixture(scope="module")
def load_program():
    program = BUILD / "bench_sip_load"
    if BUILD == ROOT / "build":
        subprocess.run([ROOT / "scripts/build", "release", "bench_sip_load", "bench_media_load"], check=True)
    return program


def load(program, office, *arguments):
    ended = subprocess.run([program, "--server", f"127.0.0.1:{office.server.ports['sip']}", *arguments],
                           capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.fast
def test_callers_hear_their_echo(office, load_program):
    figures = load(load_program, office, "--number", "226000009", "--rate", "10", "--calls", "5", "--talk", "0.5",
                   "--rtp")
    assert figures["failed"] == {}
    assert figures["answered"] == figures["finished"] == 5
    assert figures["set_up_ms"]["count"] == 5
    rtp = figures["rtp"]
    assert rtp["streams"] == 5 and rtp["silent"] == 0 and rtp["lost"] == 0
    assert rtp["received"] > 5 * 10


@pytest.mark.fast
@pytest.mark.parametrize("side", ["caller", "agent"])
def test_agents_take_turns(office, load_program, tmp_path, side):
    office.user("admin").request("PUT", "/api/v6/queues/6001.json", {"options": {"wrapuptime": 0}})
    devices = {"frantisek": "330", "jana": "331"}
    for name, device in devices.items():
        office.user(name).work(devices=[device], queues=[6001])
    (tmp_path / "devices").write_text("".join(f"{device}:sip{device}\n" for device in devices.values()))
    agents = {name: (office.user(name).token, device) for name, device in devices.items()}
    # An agent who is gone within a second has not had the customer, who would wait on.
    talk = 1.5 if side == "agent" else 0.5
    phones_port = free_port()
    with Desk(office.server.ports["https"], phones_port, office.user("admin").token, agents):
        figures = load(load_program, office, "--number", "226000002", "--rate", "10", "--calls", "6",
                       "--talk", str(talk), "--ring", "0.1", "--hangup", side, "--devices", tmp_path / "devices", "--rtp", "--desk",
                       "--phones-port", str(phones_port))
    assert figures["failed"] == {}, figures
    assert figures["devices"] == 2
    assert figures["tried"] == figures["answered"] == figures["connected"] == figures["finished"] == 6
    assert figures["post_dial_ms"]["count"] == 6
    assert figures["hang_up_ms"]["count"] == 6
    # Two of six found a free agent; the others waited until one became free.
    assert figures["free_to_next_ms"]["count"] == 4
    assert figures["took_s"] > 3 * (talk + 0.1)
    assert figures["rtp"]["streams"] == 12 and figures["rtp"]["silent"] == 0


@pytest.mark.fast
@pytest.mark.usefixtures("load_program")
def test_relay_says_what_audio_costs():
    told = []
    rows = relay.relay(SimpleNamespace(calls=2, seconds=1, say=told.append), BUILD)
    shares = {row.what: row.value for row in rows}
    assert shares["2 plain calls, linka-media alone"] >= 0
    compared = "2 plain calls, rtpengine alone" in shares
    assert compared == relay.RTPENGINE.exists() and compared != bool(told)
