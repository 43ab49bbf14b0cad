"""Deleting the demo: its company, its past and its passwords go; what people have made stays."""

import pathlib
import signal
import subprocess

import pytest
from server import Api, Refused

BODY = {"password": "nové tajné heslo", "confirm": "delete"}


def work_through(office, name, device, queue, number, frequency=440):
    """A call from outside that `name` takes, with its form saved. Gives the activity's name."""
    user = office.users[name]
    phone = next(phone for phone in office.phones if phone.name == device)
    call = office.outside(f"7770001{len(office.phones):02}", frequency=frequency).call(number)
    ringing = phone.wait_ring()
    ringing.answer()
    call.wait_heard(600)
    activity = office.wait(lambda: (user.me()["activities"] or [None])[0], "an activity appears")["name"]
    office.reactor.wait(lambda: len(ringing.rtp.heard(1)) >= 8000, "a second of talk")
    call.hang_up()
    ringing.wait("ended")
    office.wait(lambda: user.me()["state"] == "working", "after-work")
    user.act(activity, "close", statuses=[], note="")
    return activity


def own_company(office, admin):
    """A queue, a telephone and a person of one's own."""
    admin.request("POST", "/api/v6/queues.json", {"name": 7001, "title": "Vlastní", "type": "in"})
    admin.request("POST", "/api/v6/sipDevices.json", {"name": "900", "title": "Můj", "password": "tajne-900"})
    admin.request("POST", "/api/v6/users.json",
                  {"name": "olga", "title": "Olga", "extension": "600", "type": "CC", "role": "agent",
                   "password": "olga-heslo", "queues": [{"name": 7001}, {"name": 6001}],
                   "devices": [{"name": "900"}]})
    office.users["olga"] = Api(office.server, "olga", "olga-heslo")
    phone = office.outside("900", frequency=600)
    phone.password = "tajne-900"
    phone.register()


def listens_on(port):
    """The IPv4 address of the listening socket on this port, as the kernel writes it."""
    for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]:
        local, state = line.split()[1], line.split()[3]
        if state == "0A" and int(local.split(":")[1], 16) == port:
            return local.split(":")[0]
    return None


def recordings(office):
    return sorted(pathlib.Path(office.server.data, "recordings").rglob("*.opus"))


def the_old_company_is_nobody(office, token):
    for name, password in (("jan", None), ("admin", "demo500"), ("eva", None)):
        with pytest.raises(Refused) as refused:
            Api(office.server, name, password)
        assert refused.value.status == 401
    jan = Api(office.server)
    jan.token = token
    with pytest.raises(Refused) as refused:
        jan.me()
    assert refused.value.status == 401
    stranger = office.phone("332")
    with pytest.raises(AssertionError):
        stranger.register()


@pytest.mark.both_databases
def test_the_demo_goes_and_what_is_ones_own_stays(office):
    admin = office.user("admin")
    office.user("frantisek").work(["330"], [6001])
    office.registered("330", frequency=600)
    work_through(office, "frantisek", "330", 6001, "226000002")
    own_company(office, admin)
    olga = office.users["olga"]
    olga.post("/api/live/me/devices", login=["900"], logout=[])
    office.user("frantisek").post("/api/live/me/unready")
    olga.work([], [6001])
    kept = work_through(office, "olga", "900", 6001, "226000002", frequency=500)
    office.wait(lambda: len(recordings(office)) == 2, "both recordings are written", 20)
    token = office.user("jan").post("/api/live/me/token", password="demo512")["token"]

    report = admin.get("/api/live/demo")
    assert report["goes"]["users"] == 10 and report["stays"]["users"] == 2
    assert report["goes"]["queues"] == 6 and report["stays"]["queues"] == 1
    assert report["goes"]["calls"] == 1 and report["stays"]["calls"] == 1
    assert report["goes"]["recordings"] == 1 and report["stays"]["recordings"] == 1
    for other in (office.user("jana"), olga):
        with pytest.raises(Refused) as refused:
            other.post("/api/live/demo/remove", **BODY)
        assert refused.value.status == 404

    assert listens_on(office.server.ports["https"]) == "0100007F"
    done = admin.post("/api/live/demo/remove", **BODY)
    assert done == {"administrator": "admin", "listens": "127.0.0.1"}

    the_old_company_is_nobody(office, token)
    admin = Api(office.server, "admin", BODY["password"])
    assert {user["name"] for user in admin.records("users")} == {"admin", "olga"}
    assert [queue["name"] for queue in admin.records("queues")] in (["7001"], [7001])
    assert [device["name"] for device in admin.records("sipDevices")] == ["900"]
    calls = admin.records("activitiesCall")
    assert len(calls) == 1 and "olga" in str(calls[0]["id_agent"])
    assert admin.get("/api/v6/whoim.json")["result"]["demo"] is False
    assert admin.records("statuses") == []
    office.wait(lambda: len(recordings(office)) == 1, "the demo's recording is gone", 20)
    assert admin.get(f"/file/recording/{kept}", raw=True)[0] == 200

    data = office.server.data
    assert office.server.audit().stdout.rstrip().endswith("audit: equal")
    assert "started as the demo" in office.server.command("doctor", *office.server.place).stdout
    backup = office.server.command("backup", *office.server.place, data + ".tar")
    assert backup.returncode == 0, backup.stderr
    pathlib.Path(data + ".tar").unlink()

    # The next start is not of a demo.
    assert office.server.kill(signal.SIGTERM) == 0
    office.server.start()
    assert listens_on(office.server.ports["https"]) == "00000000", "all addresses"
    admin = Api(office.server, "admin", BODY["password"])
    assert {user["name"] for user in admin.records("users")} == {"admin", "olga"}
    with pytest.raises(Refused) as refused:
        admin.get("/api/live/demo")
    assert refused.value.status == 404
    assert office.server.audit().stdout.rstrip().endswith("audit: equal")
    assert "started as the demo" not in office.server.command("doctor", *office.server.place).stdout


def test_calls_are_ended_and_a_crash_finishes_what_was_begun(office):
    admin = office.user("admin")
    frantisek = office.user("frantisek")
    desk = office.registered("330", frequency=600)
    frantisek.work(["330"], [6001])
    call = office.outside(frequency=440).call("226000002")
    ringing = desk.wait_ring()
    ringing.answer()
    call.wait_heard(600)
    assert admin.get("/api/live/demo")["calls_now"] == 1
    with pytest.raises(Refused) as refused:
        admin.post("/api/live/demo/remove", **BODY)
    assert refused.value.status == 409 and refused.value.body["error"]["code"] == "calls_go_on"
    assert Api(office.server, "admin").me()["user"]["name"] == "admin", "the password is the old one"

    admin.post("/api/live/demo/remove", **BODY, end_calls=True)
    office.server.kill(signal.SIGKILL)
    office.server.start()
    assert Api(office.server, "admin", BODY["password"]).records("activitiesCall") == []
    office.wait(lambda: not recordings(office), "no recording is left", 20)
    assert office.server.audit().stdout.rstrip().endswith("audit: equal")


def demo_pids(server):
    found = subprocess.run(["pgrep", "-f", f"linka-demo.*{server.data}/demo"], capture_output=True, text=True).stdout
    return [int(pid) for pid in found.split()]


def test_simulated_callers_and_colleagues_go_with_it_unasked(office):
    admin, frantisek = office.user("admin"), office.user("frantisek")
    own_company(office, admin)
    olga = office.users["olga"]
    own_phone = office.phones[-1]
    olga.post("/api/live/me/devices", login=["900"], logout=[])
    desk = office.registered("330", frequency=600)
    frantisek.post("/api/live/me/devices", login=["330"], logout=[])

    admin.request("PUT", "/api/live/demo/background", {"on": True, "callers_per_hour": 600})

    def busy():
        now = admin.get("/api/live/demo/background")
        return now["colleagues"] == 4 and now["callers"] > 0
    office.wait(busy, "colleagues work and customers call", 40)
    before = admin.get("/api/live/demo")
    # Visitors are rung, too: one of the demo, and one's own, who gets a number of the demo.
    frantisek.request("POST", "/api/live/demo/call", {})
    ringing = desk.wait_ring()
    ringing.answer()
    assert olga.request("POST", "/api/live/demo/call", {})["number"] == "226000600"
    own_ringing = own_phone.wait_ring()
    own_ringing.answer()
    office.wait(lambda: olga.me()["state"] == "talking", "olga talks")
    report = admin.get("/api/live/demo")
    assert report["calls_now"] == 0, "all of them are simulated"
    assert report["goes"]["numbers"] == before["goes"]["numbers"] + 1
    assert report["stays"]["numbers"] == 0

    admin.post("/api/live/demo/remove", **BODY)
    for method, path in (("POST", "/api/live/demo/call"), ("GET", "/api/live/demo/background"),
                         ("PUT", "/api/live/demo/background"), ("GET", "/api/live/demo"),
                         ("POST", "/api/live/demo/remove")):
        with pytest.raises(Refused) as refused:
            olga.request(method, path, None if method == "GET" else {})
        assert refused.value.status == 404, path
    office.wait(lambda: not demo_pids(office.server), "linka-demo ends", 10)
    ringing.wait("ended", 10)
    own_ringing.wait("ended", 10)
    admin = Api(office.server, "admin", BODY["password"])
    assert {user["name"] for user in admin.records("users")} == {"admin", "olga"}
    assert [device["name"] for device in admin.records("sipDevices")] == ["900"]
    assert admin.records("statuses") == []
    assert {row["name"] for row in admin.get("/api/live/realtime")["users"]} <= {"admin", "olga"}
    data = office.server.data
    assert office.server.audit().stdout.rstrip().endswith("audit: equal")

    # Nothing of it comes again.
    assert office.server.kill(signal.SIGTERM) == 0
    office.server.start()
    olga = Api(office.server, "olga", "olga-heslo")
    with pytest.raises(Refused) as refused:
        olga.get("/api/live/demo/background")
    assert refused.value.status == 404
    assert not demo_pids(office.server)
    assert office.server.audit().stdout.rstrip().endswith("audit: equal")


def test_a_crash_right_after_leaves_no_background(office):
    admin = office.user("admin")
    admin.request("PUT", "/api/live/demo/background", {"on": True, "callers_per_hour": 600})
    office.wait(lambda: admin.get("/api/live/demo/background")["callers"] > 0, "somebody calls", 30)
    admin.post("/api/live/demo/remove", **BODY)
    office.server.kill(signal.SIGKILL)
    office.server.start()
    assert not demo_pids(office.server)
    admin = Api(office.server, "admin", BODY["password"])
    assert admin.records("statuses") == []
    assert {user["name"] for user in admin.records("users")} == {"admin"}
    assert office.server.audit().stdout.rstrip().endswith("audit: equal")
