"""The short form of every attack, one after the other against one server; `tests/attack/run --long` is the long one."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import frame  # noqa: E402


@pytest.fixture(scope="module")
def ground():
    ground = frame.Ground()
    yield ground
    try:
        ground.audit()
    finally:
        ground.close()


@pytest.mark.parametrize("name", frame.names())
def test_attack(ground, name):
    ground.run(name)
