"""Bad input from outside: a clear error each, and the server goes on."""

import json
import socket
import ssl

import pytest
from phone import Phone
from server import Api, Refused


def still_works(office):
    assert office.user("frantisek").me()["user"]["name"] == "frantisek"


def refused(work, status):
    with pytest.raises(Refused) as caught:
        work()
    assert caught.value.status == status, caught.value
    return caught.value


def test_bodies(office):
    api = office.user("frantisek")
    broken = refused(lambda: api.request("POST", "/api/live/me/devices", b'{"login":['), 400)
    assert broken.body["error"]
    unknown = refused(lambda: api.post("/api/live/me/devices", login=[], colour="red"), 400)
    assert "colour" in json.dumps(unknown.body)
    wrong_type = refused(lambda: api.post("/api/live/me/queues", login=["x"]), 400)
    assert "login" in json.dumps(wrong_type.body)
    refused(lambda: api.request("POST", "/api/live/me/devices", b" " * (2 << 20)), 413)
    refused(lambda: api.get("/api/live/nothing"), 404)
    refused(lambda: api.get("/api/v6/nothing.json"), 404)
    still_works(office)


def test_wrong_token_and_missing_token(office):
    nobody = Api(office.server)
    refused(lambda: nobody.get("/api/live/me"), 401)
    nobody.token = "0" * 40
    refused(lambda: nobody.get("/api/live/me"), 401)
    refused(lambda: nobody.get("/api/v6/whoim.json"), 401)


def test_wrong_passwords_lock_for_a_while(office):
    statuses = []
    for _ in range(12):
        try:
            Api(office.server, "eva", "wrong")
        except Refused as refusal:
            statuses.append(refusal.status)
            if refusal.status == 429:
                assert int(refusal.headers["Retry-After"]) > 0
                break
    assert 401 in statuses and statuses[-1] == 429
    refused(lambda: Api(office.server, "eva", "demo514"), 429)
    assert "wrong" not in office.server.log()


def test_wrong_sip_password(office):
    phone = Phone(office.reactor, office.server.sip, "330", "nonsense")
    office.phones.append(phone)
    with pytest.raises(AssertionError):
        phone.register()
    assert phone.registered is None
    unknown = Phone(office.reactor, office.server.sip, "999", "nonsense")
    office.phones.append(unknown)
    with pytest.raises(AssertionError):
        unknown.register()
    assert unknown.refused_with == phone.refused_with, "an unknown device looks like a wrong password"


def test_half_open_and_garbage_connections(office):
    address = ("127.0.0.1", office.server.ports["https"])
    halves = [socket.create_connection(address) for _ in range(50)]
    context = ssl._create_unverified_context()
    talker = context.wrap_socket(socket.create_connection(address))
    talker.sendall(b"\x00\xff garbage\r\n\r\n")
    assert b"400" in talker.recv(4096)
    still_works(office)
    for half in halves:
        half.close()


def test_sip_garbage(office):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for text in (b"", b"\r\n\r\n", b"INVITE", b"INVITE sip:510@127.0.0.1 SIP/2.0\r\n\r\n", b"\xff" * 1400,
                     b"ACK sip:510@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKx\r\nTo: <sip:a@b>;tag=1\r\n"
                     b"From: <sip:c@d>;tag=2\r\nCall-ID: x\r\nCSeq: 1 ACK\r\n\r\n"):
            sock.sendto(text, office.server.sip)
    with socket.create_connection(office.server.sip) as stream:
        stream.sendall(b"INVITE sip:510@127.0.0.1 SIP/2.0\r\nContent-Length: 99999999\r\n\r\n")
    call = office.outside().call("226000009")
    call.wait("answered")
    call.hang_up()
    still_works(office)
