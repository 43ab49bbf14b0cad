import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))

from phone import Phone  # noqa: E402
from postgres import Cluster, programs  # noqa: E402
from reactor import Reactor  # noqa: E402
from server import Api, Server  # noqa: E402


# What tests run on that say nothing of it: "file" or "postgresql".
USUAL_DATABASE = os.environ.get("LINKA_TEST_DATABASE", "file")


class Office:
    """A fresh demo company with its telephones."""

    def __init__(self, options=(), data=None, environment=None):
        self.server = Server(options, data, environment)
        self.reactor = Reactor()
        self.phones = []
        self.users = {}

    def phone(self, device, **options):
        """A registered SIP device of the demo."""
        phone = Phone(self.reactor, self.server.sip, device, "sip" + device, **options)
        self.phones.append(phone)
        return phone

    def registered(self, device, **options):
        remote_answer = options.pop("remote_answer", False)
        phone = self.phone(device, **options)
        phone.remote_answer = remote_answer
        phone.register()
        return phone

    def outside(self, name="777000111", **options):
        """A telephone of the public network."""
        phone = Phone(self.reactor, self.server.sip, name, **options)
        self.phones.append(phone)
        return phone

    def user(self, name):
        if name not in self.users:
            self.users[name] = Api(self.server, name)
        return self.users[name]

    def in_conversation(self, agent):
        """A customer speaks with the agent: the agent's telephone, and both ends of the call."""
        desk = self.registered("330", frequency=600)
        agent.work(["330"], [6001])
        call = self.outside().call("226000002")
        ringing = desk.wait_ring()
        ringing.answer()
        call.wait_heard(600)
        return desk, call, ringing

    def wait(self, condition, what, seconds=10):
        return self.reactor.wait(condition, what, seconds)

    def close(self):
        for phone in self.phones:
            phone.close()
        self.reactor.stop()
        self.server.stop()


def pytest_generate_tests(metafunc):
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database", ["file", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def cluster():
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    cluster = Cluster()
    yield cluster
    cluster.close()


@pytest.fixture
def database_address(cluster):
    """Of an empty PostgreSQL database."""
    return cluster.make()


@pytest.fixture
def database(request):
    """The options of a server that say where its database is."""
    if getattr(request, "param", USUAL_DATABASE) == "file":
        return ()
    return "--database", request.getfixturevalue("database_address")


@pytest.fixture
def office(database):
    office = Office(database)
    yield office
    office.close()


@pytest.fixture
def make_office():
    offices = []

    def make(*options):
        offices.append(Office(options))
        return offices[-1]

    yield make
    for office in offices:
        office.close()
