"""The demo that one can feel: a simulated customer rings a real telephone and speaks, and a background
of callers and colleagues comes and goes."""

import os
import signal
import subprocess

import numpy
import pytest
from server import Api, Refused

CALL = "/api/live/demo/call"
BACKGROUND = "/api/live/demo/background"
# Louder than that is no silence; G.711's own noise is below 10.
VOICE = 300


def loudest(rtp, seconds=40.0):
    """The loudest fifth of a second of what was heard, as RMS."""
    samples = rtp.heard(seconds).astype(float)
    parts = numpy.array_split(samples, max(1, len(samples) // 1600))
    return max((float(numpy.sqrt(numpy.mean(part**2))) for part in parts if len(part)), default=0.0)


def quietest(rtp, seconds=40.0):
    samples = rtp.heard(seconds).astype(float)
    parts = numpy.array_split(samples, max(1, len(samples) // 1600))
    return min((float(numpy.sqrt(numpy.mean(part**2))) for part in parts if len(part)), default=0.0)


def demo_pids(server):
    found = subprocess.run(["pgrep", "-f", f"linka-demo.*{server.data}/demo"], capture_output=True, text=True).stdout
    return [int(pid) for pid in found.split()]


def put(api, **body):
    return api.request("PUT", BACKGROUND, body)


def rows(api):
    return api.get("/api/live/realtime")


COLLEAGUES = {"lucie", "ondrej", "klara", "marek"}


def answered_by_colleagues(api):
    return [row for row in api.records("activitiesCall")
            if row["answered"] and (row["id_agent"] or {}).get("name") in COLLEAGUES]


def audited(server):
    out = server.audit().stdout
    return out.rstrip().endswith("audit: equal"), out


@pytest.mark.fast
def test_call_me_rings_through_the_queue_and_a_voice_is_heard(office):
    frantisek = office.user("frantisek")
    desk = office.registered("330", frequency=600)
    frantisek.work(["330"], [6001])
    called = frantisek.request("POST", CALL, {}, headers={"Accept-Language": "cs"})
    assert called["through_queue"] and called["number"] == "226000002"

    ringing = desk.wait_ring()
    assert ringing.caller.endswith(called["caller"])
    offer = frantisek.me()["activities"][0]
    assert offer["queue"]["name"] == 6001 and offer["caller_name"] == called["caller_name"]
    with pytest.raises(Refused) as refused:
        frantisek.request("POST", CALL, {})
    assert refused.value.status == 409 and refused.value.codes == ["busy"]
    ringing.answer()
    office.wait(lambda: loudest(ringing.rtp) > VOICE, "the customer speaks", 15)
    office.wait(lambda: len(ringing.rtp.received) > 500 and quietest(ringing.rtp) < VOICE / 3, "and pauses", 20)
    # The customer has it all said within a minute, and hangs up by themselves.
    ringing.wait("ended", 60)
    office.wait(lambda: frantisek.me()["state"] == "working", "the form waits")
    equal, out = audited(office.server)
    assert equal, out


def test_call_me_rings_the_extension_of_one_who_is_not_ready(office):
    jana = office.user("jana")
    desk = office.registered("331")
    jana.post("/api/live/me/devices", login=["331"], logout=[])
    called = jana.request("POST", CALL, {}, headers={"Accept-Language": "en"})
    assert not called["through_queue"] and called["number"] == "226000511"
    assert called["caller_name"] in {"Emma Clarke", "Michael Harris", "Alice King", "Ryan Parker", "Vera Newman",
                                     "Thomas Bennett"}
    ringing = desk.wait_ring()
    ringing.answer()
    office.wait(lambda: loudest(ringing.rtp) > VOICE, "the customer speaks", 15)
    ringing.hang_up()
    # And the next one may come.
    office.wait(lambda: jana.me()["can"]["be_called"]["ok"], "free again")
    jana.request("POST", CALL, {})
    desk.wait_ring()


def test_the_reason_is_said_when_nothing_would_ring(office):
    frantisek = office.user("frantisek")
    with pytest.raises(Refused) as refused:
        frantisek.request("POST", CALL, {}, headers={"Accept-Language": "cs"})
    assert refused.value.status == 409 and refused.value.codes == ["no_device"]
    blocker = refused.value.body["error"]["blockers"][0]
    assert blocker["text"] and blocker["fix"].startswith("Vyberte")
    frantisek.post("/api/live/me/devices", login=["330"], logout=[])
    with pytest.raises(Refused) as refused:
        frantisek.request("POST", CALL, {})
    assert refused.value.codes == ["device_not_registered"]
    assert frantisek.me()["can"]["be_called"]["blockers"][0]["code"] == "device_not_registered"
    assert not demo_pids(office.server), "nothing was started for it"


def test_too_many_calls_in_a_minute_are_refused(office):
    frantisek = office.user("frantisek")
    desk = office.registered("330")
    desk.mode = 486
    frantisek.post("/api/live/me/devices", login=["330"], logout=[])

    def ring():
        try:
            frantisek.request("POST", CALL, {})
            return None
        except Refused as refusal:
            return refusal if refusal.status == 429 else None
    refusal = office.wait(ring, "it is enough", 30)
    assert int(refusal.headers["Retry-After"]) > 0


def test_an_empty_instance_does_not_have_it(make_office):
    office = make_office("--seed", "empty", "--admin-password", "admin-secret", "--listen", "127.0.0.1")
    admin = Api(office.server, "admin", "admin-secret")
    for method, path in (("POST", CALL), ("GET", BACKGROUND), ("PUT", BACKGROUND)):
        with pytest.raises(Refused) as refused:
            admin.request(method, path, {} if method != "GET" else None)
        with pytest.raises(Refused) as unknown:
            admin.request(method, "/api/live/demo/nothing", {} if method != "GET" else None)
        assert refused.value.status == 404 and refused.value.body == unknown.value.body


def test_background_brings_answered_calls_and_goes_away(office):
    jana, frantisek = office.user("jana"), office.user("frantisek")
    with pytest.raises(Refused) as refused:
        put(frantisek, on=True)
    assert refused.value.codes == ["no_right"]
    assert not put(jana, callers_per_hour=600)["on"]
    assert put(jana, on=True)["on"]
    office.wait(lambda: jana.get(BACKGROUND)["colleagues"] == 4, "colleagues come to work", 20)
    calls = office.wait(lambda: len(answered_by_colleagues(jana)) >= 2 and answered_by_colleagues(jana),
                        "callers are answered", 60)
    assert all(row["direction"] == "in" for row in calls)

    put(jana, on=False)
    office.wait(lambda: jana.get(BACKGROUND)["callers"] == 0 and jana.get(BACKGROUND)["colleagues"] == 0,
                "everybody goes home", 60)
    forms = [row for row in jana.records("activities") if (row["user"] or {}).get("name") in COLLEAGUES]
    titles = {status["name"] for row in forms for status in row["statuses"]}
    assert titles and titles <= {status["name"] for status in jana.records("statuses")}, "closed with statuses"
    states = {user["name"]: user["state"] for user in rows(jana)["users"]}
    assert states["lucie"] == "logged_out"
    equal, out = audited(office.server)
    assert equal, out


def test_nothing_of_it_is_there_until_it_is_wanted(office):
    jana, admin = office.user("jana"), office.user("admin")
    assert not demo_pids(office.server)
    users = {user["name"]: user for user in rows(jana)["users"]}
    assert users["lucie"]["state"] == "logged_out" and not users["lucie"]["device_reachable"]
    assert jana.get(BACKGROUND)["colleagues"] == 0
    assert admin.get("/api/v6/sipDevices/340.json")["result"]["password"] == "sip340"


def test_the_program_may_die_and_comes_again(office):
    frantisek = office.user("frantisek")
    desk = office.registered("330")
    frantisek.work(["330"], [6001])
    frantisek.request("POST", CALL, {})
    first = desk.wait_ring()
    first.answer()
    office.wait(lambda: loudest(first.rtp) > VOICE, "the customer speaks", 15)
    (pid,) = demo_pids(office.server)
    os.kill(pid, signal.SIGKILL)
    first.wait("ended", 10)
    assert "demo program died" in office.server.log()
    name = frantisek.me()["activities"][0]["name"]
    frantisek.act(name, "close", statuses=["statuses_vyreseno"], note="")
    office.wait(lambda: frantisek.me()["can"]["be_called"]["ok"], "free again")
    frantisek.request("POST", CALL, {})
    second = desk.wait_ring()
    second.answer()
    office.wait(lambda: loudest(second.rtp) > VOICE, "the customer speaks again", 20)
    assert demo_pids(office.server) not in ([], [pid])


def test_the_server_takes_it_along(office):
    jana = office.user("jana")
    put(jana, on=True, callers_per_hour=600)
    office.wait(lambda: jana.get(BACKGROUND)["callers"] > 0, "somebody calls", 20)
    (pid,) = demo_pids(office.server)
    office.server.kill(signal.SIGKILL)
    office.wait(lambda: not demo_pids(office.server), "the program ends with the server", 10)
    # What was switched on is on again after a restart, and nothing hangs from before.
    office.server.start()
    jana = Api(office.server, "jana")
    assert jana.get(BACKGROUND)["on"]
    office.wait(lambda: demo_pids(office.server) and jana.get(BACKGROUND)["colleagues"] == 4, "it goes on", 20)
    assert demo_pids(office.server) != [pid]
    put(jana, on=False)
    office.wait(lambda: jana.get(BACKGROUND)["colleagues"] == 0, "everybody goes home", 60)
    equal, out = audited(office.server)
    assert equal, out
