"""A database that refuses: a disk without room, a PostgreSQL that is stopped. Calls go on, the server
says so, refuses what it could not keep, and writes everything down once it is taken again."""

import csv
import os
import signal
import subprocess

import pytest

from conftest import Office
from server import Refused

DISK_MB = 160
# How long the trouble lasts under load; longer by hand.
TROUBLE_SECONDS = int(os.environ.get("LINKA_TROUBLE_SECONDS", "4"))
CALLS_A_SECOND = 20


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "linka-test", place], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


class FullDisk:
    words = "full"

    def __init__(self, place):
        self.place = place
        self.data = str(place / "data")
        self.options = ()

    def begin(self):
        """Takes what room there is."""
        with open(self.place / "stuff", "wb", buffering=0) as out:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        out.write(b"x" * size)
                except OSError:
                    pass

    def end(self):
        (self.place / "stuff").unlink()


class StoppedServer:
    words = "postgresql://"

    def __init__(self, cluster):
        self.data = None
        self.options = ("--database", cluster.make())
        self.begin = lambda: cluster.stop("immediate")
        self.end = cluster.start


class SilentServer(StoppedServer):
    """It takes connections and answers nothing."""

    words = "answer"

    def __init__(self, cluster):
        super().__init__(cluster)
        self.begin = lambda: cluster.signal(signal.SIGSTOP)
        self.end = lambda: cluster.signal(signal.SIGCONT)


@pytest.fixture(params=["full disk", "stopped server", "silent server"])
def trouble(request):
    if request.param == "full disk":
        yield FullDisk(request.getfixturevalue("small_disk"))
        return
    cluster = request.getfixturevalue("cluster")
    kind = {"stopped server": StoppedServer, "silent server": SilentServer}[request.param]
    yield kind(cluster)
    # A test that fails amid its trouble leaves none to others.
    cluster.recover()


def health(user):
    try:
        return user.get("/healthz")
    except Refused as refusal:
        assert refusal.status == 503
        return refusal.body


def healthy(user):
    return health(user)["status"] == "ok"


def test_calls_go_on_and_nothing_is_lost(trouble):
    office = Office(trouble.options, trouble.data)
    try:
        admin, frantisek = office.user("admin"), office.user("frantisek")
        _, call, ringing = office.in_conversation(frantisek)

        trouble.begin()
        activity = frantisek.me()["activities"][0]["name"]
        # What happens now cannot be written down; it happens all the same.
        frantisek.act(activity, "hold")
        frantisek.act(activity, "resume")
        office.wait(lambda: not healthy(admin), "the server says that it cannot write", 20)
        call.wait_heard(600)
        ringing.wait_heard(440)
        with pytest.raises(Refused) as refusal:
            admin.post("/api/v6/pauses.json", name="kept", title="Not to be lost")
        assert refusal.value.status == 503
        # In words for anybody; the database's own are for whoever runs the server.
        assert "server teď nemůže nic zapsat" in str(refusal.value.body)
        assert trouble.words in str(health(admin)["troubles"])
        call.hang_up()
        ringing.wait("ended")

        trouble.end()
        office.wait(lambda: healthy(admin), "the server is well again", 20)
        frantisek.act(activity, "close", statuses=[], note="written later")
        admin.post("/api/v6/pauses.json", name="kept", title="Now it is kept")
        assert [row["answered"] for row in admin.records("activitiesCall")] == [True]
        audit = office.server.audit()
        assert audit.stdout.rstrip().endswith("audit: equal"), audit.stdout
    finally:
        office.close()


def call_in(office, folder, seconds):
    """Calls the echo number so often for so long; (succeeded, failed)."""
    table = folder / "calls.csv"
    subprocess.run(
        ["sipp", "-sn", "uac", f"127.0.0.1:{office.server.ports['sip']}", "-s", "226000009", "-i", "127.0.0.1",
         "-nostdin", "-m", str(CALLS_A_SECOND * seconds), "-r", str(CALLS_A_SECOND), "-d", "1000", "-trace_stat",
         "-stf", str(table)], capture_output=True, timeout=seconds + 60, cwd=folder)
    with open(table) as file:
        last = list(csv.DictReader(file, delimiter=";"))[-1]
    return int(last["SuccessfulCall(C)"]), int(last["FailedCall(C)"])


def test_new_calls_are_refused_under_load_and_come_again(trouble, tmp_path):
    office = Office(trouble.options, trouble.data)
    try:
        admin, frantisek = office.user("admin"), office.user("frantisek")
        desk, call, _ = office.in_conversation(frantisek)
        admin.post("/api/v6/pauses.json", name="before", title="Promised before")

        trouble.begin()
        activity = frantisek.me()["activities"][0]["name"]
        frantisek.act(activity, "hold")
        frantisek.act(activity, "resume")
        office.wait(lambda: not healthy(admin), "the server says that it cannot write", 20)
        refused = office.outside("777000222").call("226000009")
        refused.wait("ended")
        assert refused.status == 503
        answered, failed = call_in(office, tmp_path, TROUBLE_SECONDS)
        assert (answered, failed) == (0, CALLS_A_SECOND * TROUBLE_SECONDS)
        assert not desk.rang, "nobody is rung for a call that was refused"
        call.wait_heard(600)

        trouble.end()
        office.wait(lambda: healthy(admin), "the server is well again", 20)
        office.wait(lambda: "new calls are taken again" in office.server.log(), "the doors open")
        answered, failed = call_in(office, tmp_path, 1)
        assert (answered, failed) == (CALLS_A_SECOND, 0)
        assert call.rtp.longest_gap() < 0.1
        call.hang_up()
        office.server.kill()
        office.server.start()
        assert "before" in [row["name"] for row in office.user("admin").records("pauses")]
        audit = office.server.audit()
        assert audit.stdout.rstrip().endswith("audit: equal"), audit.stdout
    finally:
        office.close()
