"""What telephones do by themselves: transfers by REFER, digits by INFO, numbers that are withheld."""


def told(call):
    """The NOTIFYs of a transfer, by status, and the BYE."""
    out = []
    for request in call.requests:
        if request.method == "NOTIFY" and request.get("Event").startswith("refer"):
            out.append(request.body.decode().split()[1])
        elif request.method == "BYE":
            out.append("BYE")
    return out


def refer(call, target):
    with call.phone.reactor.changed:
        call.phone.request(call, "REFER", headers=[("Refer-To", target)])


def test_blind_transfer_is_told_until_the_target_answers(office):
    frantisek, jana = office.user("frantisek"), office.user("jana")
    desk, other = office.registered("330"), office.registered("331", frequency=700)
    frantisek.work(["330"])
    jana.work(["331"])
    customer = office.outside().call("226000004")
    talk = desk.wait_ring()
    talk.answer()
    talk.wait_heard(440)
    refer(talk, "<sip:511@127.0.0.1>")
    target = other.wait_ring()
    office.wait(lambda: told(talk) == ["100", "180"], "the telephone hears that it rings")
    assert talk.state == "answered"
    target.answer()
    talk.wait("ended")
    assert told(talk) == ["100", "180", "200", "BYE"]
    customer.wait_heard(700)
    customer.hang_up()
    target.wait("ended")


def test_a_transfer_that_names_no_call_leaves_the_customer(office):
    frantisek, jana = office.user("frantisek"), office.user("jana")
    desk, other = office.registered("330"), office.registered("331", frequency=700)
    frantisek.work(["330"])
    jana.work(["331"])
    customer = office.outside().call("226000004")
    talk = desk.wait_ring()
    talk.answer()
    talk.wait_heard(440)
    refer(talk, "<sip:511@127.0.0.1?Replaces=nothing%3Bto-tag%3D1%3Bfrom-tag%3D2>")
    office.wait(lambda: any("481" in line for _, way, line in desk.log if way == "<"), "it is refused")
    talk.wait_heard(440)
    assert not other.rang and told(talk) == []
    customer.hang_up()


def test_digits_by_info_reach_the_caller_once(office):
    frantisek = office.user("frantisek")
    desk = office.registered("330")
    frantisek.work(["330"])
    customer = office.outside().call("226000004")
    talk = desk.wait_ring()
    talk.answer()
    talk.wait_heard(440)
    with office.reactor.changed:
        desk.request(talk, "INFO", b"Signal= 5\r\nDuration= 160\r\n",
                     headers=[("Content-Type", "application/dtmf-relay")])
    office.wait(lambda: customer.rtp.digits == "5", "the caller hears the digit")
    customer.hang_up()


def test_a_number_that_is_withheld_is_shown_nowhere(office):
    frantisek = office.user("frantisek")
    desk = office.registered("330")
    frantisek.work(["330"], [6001])
    call = office.outside("anonymous").call(
        "226000002", [("Privacy", "id"), ("P-Asserted-Identity", "<tel:+420608111222>")])
    ringing = desk.wait_ring()
    assert ringing.caller == "anonymous"
    assert "608111222" not in str(ringing.invite.encode())
    ringing.answer()
    ringing.wait_heard(440)
    assert "608111222" not in str(frantisek.get("/api/live/me"))
    call.hang_up()
