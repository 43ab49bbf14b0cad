"""Calls to the public network: the FAQ's preconditions by name, and the call itself."""

import pytest
from phone import Phone
from server import Refused


@pytest.fixture
def public(office):
    """The peer at 127.0.0.1:5070 that the demo's trunk calls."""
    try:
        phone = Phone(office.reactor, office.server.sip, "public", frequency=900, port=5070)
    except OSError:
        pytest.skip("port 5070 is taken on this machine")
    office.phones.append(phone)
    return phone


def refusal(api, number="777123456", queue=6002):
    with pytest.raises(Refused) as refused:
        api.post("/api/live/calls", number=number, queue=queue)
    assert refused.value.status == 409
    return refused.value.codes


def test_every_missing_precondition_is_named(office):
    frantisek = office.user("frantisek")
    codes = refusal(frantisek)
    assert "no_outbound_queue" in codes and "no_device" in codes
    frantisek.post("/api/live/me/queues", login=[6002], logout=[])
    frantisek.post("/api/live/me/devices", login=["330"], logout=[])
    frantisek.post("/api/live/me/ready")
    assert refusal(frantisek) == ["device_not_registered"]
    office.registered("330")
    assert refusal(frantisek, number="0015551234567") == ["not_allowed_number"]
    assert frantisek.me()["can"]["call_out"]["ok"]


def test_call_out_by_api(office, public):
    frantisek = office.user("frantisek")
    desk = office.registered("330", frequency=600)
    frantisek.work(["330"], [6002])
    name = frantisek.post("/api/live/calls", number="777123456", queue=6002)["activity"]
    own = desk.wait_ring()
    own.answer()
    called = public.wait_ring()
    called.answer()
    called.wait_heard(600)
    own.wait_heard(900)
    called.hang_up()
    own.wait("ended")
    frantisek.act(name, "close", statuses=[], note="")
    row = office.wait(lambda: frantisek.records("activitiesCall"), "the call is listed")[0]
    assert row["direction"] == "out" and row["answered"]


def test_call_out_from_the_telephone(office, public):
    frantisek = office.user("frantisek")
    desk = office.registered("330", frequency=600)
    frantisek.work(["330"], [6002])
    call = desk.call("777123456")
    called = public.wait_ring()
    called.answer()
    call.wait_heard(900)
    call.hang_up()
    called.wait("ended")


def test_busy_number_ends_the_call(office, public):
    frantisek = office.user("frantisek")
    desk = office.registered("330")
    frantisek.work(["330"], [6002])
    public.mode = 486
    frantisek.post("/api/live/calls", number="777123456", queue=6002)
    own = desk.wait_ring()
    own.answer()
    own.wait("ended", 20)
    row = office.wait(lambda: frantisek.records("activitiesCall"), "the call is listed")[0]
    assert not row["answered"] and row["disconnection_cause"] == "busy"
