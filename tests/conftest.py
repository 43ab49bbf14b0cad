"""What holds for all tests of pytest: each has a time to live, so that one that hangs is named."""

import signal

import pytest

# Of a test, of what it needs and of what it leaves, each.
STEP_SECONDS_MAX = 240


class TookTooLong(BaseException):
    """Not an Exception, so that no test takes it for an answer."""


def _stop(_signal, _frame):
    raise TookTooLong(f"longer than {STEP_SECONDS_MAX} s")


def _limited():
    before = signal.signal(signal.SIGALRM, _stop)
    signal.alarm(STEP_SECONDS_MAX)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_setup():
    yield from _limited()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call():
    yield from _limited()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_teardown():
    yield from _limited()
