"""SIPp, the testers' tool, as the public network: its own idea of SIP against ours."""

import subprocess

import pytest


def sipp(office, number, *arguments, seconds=60):
    """Runs SIPp's built-in caller; its exit status is 0 only if every call went as it should."""
    return subprocess.run(
        ["sipp", "-sn", "uac", f"127.0.0.1:{office.server.ports['sip']}", "-s", number, "-i", "127.0.0.1", "-nostdin",
         *arguments], capture_output=True, text=True, timeout=seconds, cwd=office.server.data)


@pytest.mark.parametrize("transport", ["u1", "t1"])
def test_calls_over_udp_and_tcp(office, transport):
    ended = sipp(office, "226000009", "-t", transport, "-m", "40", "-r", "10", "-d", "1000")
    assert ended.returncode == 0, ended.stdout[-3000:]
    audit = office.server.audit()
    assert audit.stdout.rstrip().endswith("audit: equal"), audit.stdout


def test_queue_counts_every_caller(office):
    ended = sipp(office, "226000002", "-m", "25", "-r", "10", "-d", "2000")
    assert ended.returncode == 0, ended.stdout[-3000:]
    jana = office.user("jana")

    def total():
        return sum(row["total"] for row in jana.get("/api/live/stats/queues")["data"] if row["queue"]["name"] == 6001)
    office.wait(lambda: total() == 25, "25 callers are counted")
    rows = jana.get("/api/live/stats/queues")["data"]
    assert sum(row["answered"] + row["unanswered"] for row in rows) == 25
