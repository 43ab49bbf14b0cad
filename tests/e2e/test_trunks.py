"""Trunks that are set up while the server runs: registration with a provider, state, calls out and in."""

import pytest
from registrar import PASSWORD, USER, Registrar


@pytest.fixture(params=["udp", "tcp"])
def registrar(request):
    registrar = Registrar(request.param)
    yield registrar
    registrar.close()
    assert registrar.faults == []


def trunk(registrar, **more):
    return {"name": "provider", "title": "Poskytovatel", "host": "127.0.0.1", "port": registrar.port,
            "transport": registrar.transport, "username": USER, "password": PASSWORD, "register": True, **more}


def state_of(admin):
    return admin.records("trunks")[-1]["state"] or {}


def set_up(office, registrar, **more):
    admin = office.user("admin")
    admin.request("POST", "/api/v6/trunks", trunk(registrar, **more))
    office.wait(lambda: state_of(admin).get("registered"), "the trunk is registered")
    return admin


def test_registers_without_a_restart_and_leaves(office, registrar):
    admin = set_up(office, registrar, qualify=10)
    assert registrar.next("REGISTER") == (401, "600")
    assert registrar.next("REGISTER") == (200, "600")
    assert list(registrar.bindings)[0].startswith(f"sip:{USER}@127.0.0.1:")
    office.wait(lambda: state_of(admin).get("reachable"), "it answers OPTIONS")
    assert state_of(admin)["error"] is None
    admin.request("PUT", "/api/v6/trunks/provider", {"deactivated": True})
    office.wait(lambda: not registrar.bindings, "it is registered no more")
    admin.request("PUT", "/api/v6/trunks/provider", {"deactivated": False})
    office.wait(lambda: registrar.bindings, "and again")
    admin.request("DELETE", "/api/v6/trunks/provider")
    office.wait(lambda: not registrar.bindings, "gone for good")


def test_a_wrong_password_is_said(office, registrar):
    admin = office.user("admin")
    admin.request("POST", "/api/v6/trunks", trunk(registrar, password="neco-jineho"))
    office.wait(lambda: state_of(admin).get("error"), "what is wrong is said")
    assert "odmítl uživatelské jméno nebo heslo" in state_of(admin)["error"]
    assert not state_of(admin)["registered"]
    admin.request("PUT", "/api/v6/trunks/provider", {"password": PASSWORD})
    office.wait(lambda: state_of(admin).get("registered"), "the right one is tried at once")
    assert state_of(admin)["error"] is None


def test_it_registers_again_before_it_runs_out(office, registrar):
    registrar.expires = 3
    set_up(office, registrar)
    for _ in range(3):
        office.wait(lambda: registrar.next("REGISTER") == (200, "600"), "it registers again")
    assert len(registrar.calls) == 1, "by one Call-ID"
