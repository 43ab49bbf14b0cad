"""The machine's clock is set by an hour in a running server: ring times go on by real seconds, and so
does what waits. A library between the program and the kernel tells the program another time of day."""

import contextlib
import pathlib
import struct
import subprocess
import time

import pytest

from conftest import Office

SHIM = pathlib.Path(__file__).with_name("set_clock.c")
HOUR = 3600
RINGS = 5  # seconds


def set_clock(file, by):
    with open(file, "r+b") as out:
        out.write(struct.pack("=q", by))


@contextlib.contextmanager
def office_by(clock, directory):
    """An office whose server's time of day is wrong by what stands in the file `clock`."""
    library = directory / "set_clock.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, SHIM], check=True)
    clock.write_bytes(bytes(8))
    office = Office(environment={"LD_PRELOAD": str(library), "LINKA_TEST_CLOCK": str(clock)})
    try:
        yield office
    finally:
        office.close()


def desk_of_a_queue(office):
    """The administrator, and the telephone of an agent whom a queue rings for RINGS seconds."""
    admin, frantisek = office.user("admin"), office.user("frantisek")
    admin.request("PUT", "/api/v6/queues/6001.json", {"options": {"ringtime": RINGS}})
    desk = office.registered("330")
    frantisek.work(["330"], [6001])
    return admin, desk


@pytest.mark.parametrize("by", [-HOUR, HOUR])
def test_telephones_ring_by_real_seconds(tmp_path, by):
    clock = tmp_path / "clock"
    with office_by(clock, tmp_path) as office:
        admin, desk = desk_of_a_queue(office)
        call = office.outside().call("226000002")
        ringing = desk.wait_ring()
        began = time.monotonic()
        set_clock(clock, by)
        ringing.wait("ended", 3 * RINGS)
        rang = time.monotonic() - began
        assert RINGS - 2 < rang < RINGS + 2
        assert call.state == "answered", "the customer goes on waiting"
        health = admin.get("/healthz")
        assert any("3600 s" in trouble or "3599 s" in trouble for trouble in health["troubles"]), health
        call.hang_up()
        office.wait(lambda: sum(row["total"] for row in admin.get("/api/live/stats/queues")["data"]) == 1,
                    "the call is counted")
        audit = office.server.audit()
        assert audit.stdout.rstrip().endswith("audit: equal"), audit.stdout


@pytest.mark.parametrize("by", [-HOUR, HOUR])
def test_a_request_without_an_answer_is_not_given_up(tmp_path, by):
    """A telephone that has said nothing yet when the clock is set still rings, and stops in time."""
    clock = tmp_path / "clock"
    with office_by(clock, tmp_path) as office:
        _, desk = desk_of_a_queue(office)
        desk.mode = "silent"
        office.outside().call("226000002")
        asked = office.reactor.wait(lambda: list(desk.calls.values()), "the telephone is asked")[0]
        set_clock(clock, by)
        seen = len(asked.requests)
        office.reactor.wait(lambda: len(asked.requests) >= seen + 2, "it is asked again")
        asked.ring()
        asked.wait("ended", 3 * RINGS)
        assert any(message.method == "CANCEL" for message in asked.requests)
