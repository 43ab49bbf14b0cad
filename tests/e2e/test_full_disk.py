"""A disk without room: calls go on, the server says so, refuses what it could not keep, and writes
everything down once there is room again."""

import subprocess

import pytest

from conftest import Office
from server import Refused

DISK_MB = 160


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "linka-test", place], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def fill(place):
    """Takes what room there is; returns the file that holds it."""
    stuff = place / "stuff"
    with open(stuff, "wb", buffering=0) as out:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    out.write(b"x" * size)
            except OSError:
                pass
    return stuff


def healthy(user):
    try:
        return user.get("/healthz")["status"] == "ok"
    except Refused as refusal:
        assert refusal.status == 503
        return False


def test_calls_go_on_and_nothing_is_lost(small_disk):
    office = Office(data=str(small_disk / "data"))
    try:
        admin, frantisek = office.user("admin"), office.user("frantisek")
        desk = office.registered("330", frequency=600)
        frantisek.work(["330"], [6001])
        call = office.outside().call("226000002")
        ringing = desk.wait_ring()
        ringing.answer()
        call.wait_heard(600)

        stuff = fill(small_disk)
        activity = frantisek.me()["activities"][0]["name"]
        # What happens now cannot be written down; it happens all the same.
        frantisek.act(activity, "hold")
        frantisek.act(activity, "resume")
        office.wait(lambda: not healthy(admin), "the server says that the disk is full", 20)
        call.wait_heard(600)
        ringing.wait_heard(440)
        with pytest.raises(Refused) as refusal:
            admin.post("/api/v6/pauses.json", name="kept", title="Not to be lost")
        assert refusal.value.status == 503
        assert "disk" in str(refusal.value.body) or "full" in str(refusal.value.body), refusal.value.body
        call.hang_up()
        ringing.wait("ended")

        stuff.unlink()
        office.wait(lambda: healthy(admin), "the server is well again", 20)
        frantisek.act(activity, "close", statuses=[], note="written later")
        admin.post("/api/v6/pauses.json", name="kept", title="Now it is kept")
        assert [row["answered"] for row in admin.records("activitiesCall")] == [True]
        audit = office.server.command("audit", "--data", office.server.data)
        assert audit.stdout.rstrip().endswith("audit: equal"), audit.stdout
    finally:
        office.close()
