"""The thread that serves the telephones of end-to-end tests is never kept by one of them."""

import pathlib
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).parent / "e2e"))

from phone import Phone  # noqa: E402
from reactor import Reactor  # noqa: E402


def test_a_call_for_nothing_does_not_wait():
    """What select() reported may have been for a socket of the same number that is closed by now."""
    reactor = Reactor()
    phone = Phone(reactor, ("127.0.0.1", 9), "330")
    rtp = phone.call("500").rtp
    try:
        for sock in (phone.socket, rtp.socket):
            key = reactor.selector.get_key(sock)
            served = threading.Thread(target=reactor.serve, args=(key,), daemon=True)
            served.start()
            served.join(5)
            assert not served.is_alive()
    finally:
        phone.close()
        reactor.stop()
