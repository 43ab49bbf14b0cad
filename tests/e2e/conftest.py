import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from phone import Phone  # noqa: E402
from reactor import Reactor  # noqa: E402
from server import Api, Server  # noqa: E402


class Office:
    """A fresh demo company with its telephones."""

    def __init__(self, options=(), data=None):
        self.server = Server(options, data)
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

    def wait(self, condition, what, seconds=10):
        return self.reactor.wait(condition, what, seconds)

    def close(self):
        for phone in self.phones:
            phone.close()
        self.reactor.stop()
        self.server.stop()


@pytest.fixture
def office():
    office = Office()
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
