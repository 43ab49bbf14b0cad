"""kill -9 of the server in live calls: nobody hears it, nothing is lost. And of a media worker."""

import os
import signal
import time

import pytest
from server import Api


def hear_more(office, pairs, packets):
    """Until each party has received that many more packets of 20 ms."""
    wanted = [(side.rtp, len(side.rtp.received) + packets) for pair in pairs for side in pair]
    office.wait(lambda: all(len(rtp.received) >= count for rtp, count in wanted), f"{packets} more packets")


@pytest.mark.both_databases
def test_server_dies_in_twenty_calls(office):
    # Twenty calls of the public network with the back office's telephone: it may hold many at once.
    desk = office.registered("320", frequency=600)
    pairs = []
    for index in range(20):
        call = office.outside(f"77700{index:04}").call("226000003")
        ringing = desk.wait_ring()
        ringing.answer()
        call.wait("answered")
        pairs.append((call, ringing))
    for call, ringing in pairs:
        call.wait_heard(600)
        ringing.wait_heard(440)

    before = time.time()
    office.server.kill(signal.SIGKILL)
    hear_more(office, pairs, 50)  # a second without a server, which the parties must not hear
    office.server.start()
    assert office.server.ready_seconds < 2
    hear_more(office, pairs, 50)
    for call, ringing in pairs:
        for side, other in ((call, ringing), (ringing, call)):
            gap = side.rtp.longest_gap(before - 0.5) - other.rtp.longest_delay(before - 0.5)
            assert gap < 0.06, f"{gap * 1000:.0f} ms of silence at {side.phone.name}"
    office.users.clear()
    listed = [row for row in office.user("admin").records("activitiesCall") if row["cdr"]["time_closed"] is None]
    assert len(listed) == 20, "all calls are there"

    for index, (call, ringing) in enumerate(pairs):
        (call if index % 2 else ringing).hang_up()
        (ringing if index % 2 else call).wait("ended")
    rows = office.wait(
        lambda: (lambda r: len(r) == 20 and r)(office.user("admin").records("activitiesCall")), "20 calls are listed")
    assert all(row["answered"] for row in rows)
    audit = office.server.audit()
    assert audit.stdout.rstrip().endswith("audit: equal"), audit.stdout


@pytest.mark.both_databases
def test_queue_call_survives_with_its_recording_and_figures(office):
    frantisek = office.user("frantisek")
    desk, call, ringing = office.in_conversation(frantisek)
    waiting = office.outside("777000222", frequency=500).call("226000002")
    waiting.wait("answered")
    office.server.kill(signal.SIGKILL)
    office.server.start()
    frantisek = Api(office.server, "frantisek")
    name = office.wait(lambda: frantisek.me()["activities"], "the activity is there")[0]["name"]
    call.wait_heard(600)
    call.hang_up()
    ringing.wait("ended")
    frantisek.act(name, "close", statuses=[], note="")
    # The one who waited all the time is next, after the wrap-up.
    again = desk.wait_ring(30)
    again.answer()
    again.wait_heard(500)
    waiting.hang_up()
    again.wait("ended")
    audit = office.server.audit()
    assert audit.stdout.rstrip().endswith("audit: equal"), audit.stdout


def test_media_worker_dies(make_office):
    office = make_office("--media-workers", "1")
    frantisek = office.user("frantisek")
    _, call, ringing = office.in_conversation(frantisek)
    waiting = office.outside("777000222", frequency=500).call("226000002")
    waiting.wait("answered")
    office.wait(lambda: len(waiting.rtp.received) > 25, "music for the one who waits")
    for pid in office.server.worker_pids():
        os.kill(pid, signal.SIGKILL)
    call.wait("ended")
    ringing.wait("ended")
    heard = len(waiting.rtp.received)
    office.wait(lambda: len(waiting.rtp.received) > heard + 50, "music again for the one who waits", 15)
    assert waiting.state == "answered"
    waiting.hang_up()
    office.wait(lambda: frantisek.me()["state"] == "working", "after-work")
