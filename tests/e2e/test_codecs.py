"""Audio both ways between real softphones in every pair of codecs, measured by its spectrum."""

import itertools

import audio
import pytest
from baresip import Baresip

CODECS = ["PCMA", "PCMU", "G722", "opus"]


def share_heard(phone, frequency):
    samples, rate = phone.heard()
    middle = samples[len(samples) // 3: len(samples) * 2 // 3]
    assert len(middle) > rate // 4, f"{phone.name} heard {len(samples) / rate:.1f} s"
    return audio.share_of(middle, frequency, rate)


@pytest.fixture(scope="module")
def shared_office():
    from conftest import Office

    office = Office()
    office.user("frantisek").work(["330"])
    yield office
    office.close()


@pytest.mark.parametrize("theirs, ours", list(itertools.product(CODECS, CODECS)))
def test_pair(shared_office, theirs, ours):
    office = shared_office
    agent = Baresip(office.server.sip, "330", "sip330", ours, 600, answer=True)
    caller = Baresip(office.server.sip, "777000333", codec=theirs, frequency=440)
    try:
        caller.dial("226000004")
        agent.wait("CALL_RTPESTAB")
        caller.wait("CALL_RTPESTAB")
        for phone in (agent, caller):
            office.wait(lambda p=phone: p.hears(1.5), f"{phone.name} hears 1.5 s")
        caller.hang_up()
        agent.wait("CALL_CLOSED")
        caller.wait("CALL_CLOSED")
        assert share_heard(caller, 600) > 0.8
        assert share_heard(agent, 440) > 0.8
    finally:
        caller.close()
        agent.close()
