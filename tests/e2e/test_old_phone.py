"""A telephone from before SHA-256: it looks at the first challenge only, and gives up if that is not MD5."""

import pytest
from phone import Phone


class OldPhone(Phone):
    def take_register_response(self, message, request):
        challenges = message.all("WWW-Authenticate")
        if challenges and "MD5" not in challenges[0]:
            self.registered = None
            return
        super().take_register_response(message, request)


def test_old_phone_is_told_of_and_registers_with_md5_only(office):
    admin = office.user("admin")

    def device():
        return next(each for each in admin.get("/api/live/telephones")["devices"] if each["name"] == "330")

    def registers():
        try:
            phone.register()
        except AssertionError:
            return False
        return True

    phone = OldPhone(office.reactor, office.server.sip, "330", "sip330")
    office.phones.append(phone)
    for _ in range(6):
        assert device().get("asking") is None
        with pytest.raises(AssertionError):
            phone.register()
    office.wait(lambda: device().get("asking"), "the device says that nobody answers")
    assert device()["asking"]["times"] == 6
    assert device()["asking"]["address"] == "127.0.0.1"
    assert not device()["reachable"]
    saved = admin.request("PUT", "/api/v6/sipDevices/330.json", {"digest": "md5"})
    assert saved["result"]["digest"] == "md5"
    office.wait(registers, "it registers once it is asked with MD5 alone")
    office.wait(lambda: device()["reachable"], "the device is there")
    assert device().get("asking") is None
