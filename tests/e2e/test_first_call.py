"""The main job: from the public network through a queue to a person, recorded and counted."""

import audio
import pytest
from server import Refused


def activity_of(api, office):
    return office.wait(lambda: (api.me()["activities"] or [None])[0], "an activity appears")["name"]


@pytest.mark.both_databases
def test_call_through_queue_is_heard_recorded_and_counted(office):
    frantisek = office.user("frantisek")
    desk = office.registered("330", frequency=600)
    frantisek.work(["330"], [6001])

    caller = office.outside(frequency=440)
    call = caller.call("226000002")
    ringing = desk.wait_ring()
    call.wait("answered")  # the queue answers and plays music
    ringing.answer()
    call.wait_heard(600)
    ringing.wait_heard(440)
    office.reactor.wait(lambda: len(ringing.rtp.heard(2)) >= 16000, "two seconds of talk")
    name = activity_of(frantisek, office)
    assert frantisek.me()["state"] == "talking"

    call.hang_up()
    ringing.wait("ended")
    office.wait(lambda: frantisek.me()["state"] == "working", "after-work")
    frantisek.act(name, "close", statuses=[], note="hotovo")
    assert frantisek.me()["state"] == "wrap"

    row = office.wait(lambda: [r for r in frantisek.records("activitiesCall") if r["answered"]], "the call is listed")[0]
    assert row["direction"] == "in" and row["did"] == "226000002"
    totals = office.user("jana").get("/api/live/stats/queues?step=day")
    assert office.server.audit().stdout.rstrip().endswith("audit: equal")

    def recording():
        try:
            return frantisek.get(f"/file/recording/{name}", raw=True)
        except Refused:
            return None
    status, headers, content = office.wait(recording, "the recording is whole", 15)
    assert status == 200 and content[:4] == b"OggS"
    path = office.server.data + ".opus"
    with open(path, "wb") as file:
        file.write(content)
    left, right = audio.decode_opus(path)
    middle = slice(len(left) // 3, len(left) * 2 // 3)
    assert audio.share_of(left[middle], 440) > 0.8, "the customer is on the left"
    assert audio.share_of(right[middle], 600) > 0.8, "the agent is on the right"
    talked = ringing.ended_at - call.answered_at
    assert len(left) / 8000 <= talked + 0.3
    assert totals


@pytest.mark.fast
def test_two_devices_ring_together_and_the_other_stops(office):
    admin, frantisek = office.user("admin"), office.user("frantisek")
    admin.request("PUT", "/api/v6/sipDevices/331.json", {"shared": True})
    first, second = office.registered("330"), office.registered("331", frequency=700)
    frantisek.work(["330", "331"], [6001])
    call = office.outside().call("226000002")
    a, b = first.wait_ring(), second.wait_ring()
    with pytest.raises(Refused) as refused:
        frantisek.act(activity_of(frantisek, office), "accept")
    assert refused.value.status == 409 and refused.value.codes == ["multiple_devices"]
    assert "330" in str(refused.value.body) and "331" in str(refused.value.body)
    b.answer()
    a.wait("ended")
    assert "cause=200" in a.reason, a.reason
    call.wait_heard(700)
    call.hang_up()
    b.wait("ended")


def test_accept_by_api_where_the_phone_can(office):
    frantisek = office.user("frantisek")
    desk = office.registered("330", remote_answer=True)
    frantisek.work(["330"], [6001])
    call = office.outside().call("226000002")
    ringing = desk.wait_ring()
    frantisek.act(activity_of(frantisek, office), "accept")
    ringing.wait("answered")
    ringing.wait_heard(440)
    call.hang_up()


def test_accept_by_api_is_refused_where_the_phone_cannot(office):
    frantisek = office.user("frantisek")
    desk = office.registered("330")
    frantisek.work(["330"], [6001])
    call = office.outside().call("226000002")
    desk.wait_ring()
    with pytest.raises(Refused) as refused:
        frantisek.act(activity_of(frantisek, office), "accept")
    assert refused.value.codes == ["device_cannot_answer_remotely"]
    call.hang_up()


def test_digits_arrive_and_menu_leads_to_the_queue(office):
    frantisek = office.user("frantisek")
    desk = office.registered("330")
    frantisek.work(["330"], [6001])
    call = office.outside().call("226000001")
    call.wait("answered")
    office.wait(lambda: len(call.rtp.received) > 50, "the menu speaks")
    call.rtp.send_digit("1")
    ringing = desk.wait_ring()
    ringing.answer()
    ringing.wait_heard(440)
    call.rtp.send_digit("5")
    office.wait(lambda: ringing.rtp.digits == "5", "the digit reaches the agent")
    call.hang_up()


def test_extension_rings_all_devices_and_device_numbers_ring_nobody(office):
    frantisek, jana = office.user("frantisek"), office.user("jana")
    desk, other = office.registered("330"), office.registered("331", frequency=700)
    frantisek.work(["330"])
    jana.work(["331"])
    call = other.call("510")
    ringing = desk.wait_ring()
    assert ringing.caller == "511"
    ringing.answer()
    call.wait_heard(440)
    call.hang_up()
    ringing.wait("ended")
    other.call("330").wait("ended", 20)
    assert not desk.rang


def test_echo(office):
    call = office.outside().call("226000009")
    call.wait("answered")
    call.wait_heard(440, 15)
    call.hang_up()
