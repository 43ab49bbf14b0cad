"""A backup that is restored and started beside the company that goes on leaves that one alone."""

import hashlib
import pathlib

from server import Server


def recordings(data):
    return {path.relative_to(data): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in pathlib.Path(data, "recordings").rglob("*.opus")}


def test_a_restored_copy_leaves_the_company_alone(office, tmp_path):
    desk, call, ringing = office.in_conversation(office.user("frantisek"))
    office.wait(lambda: list(pathlib.Path(office.server.data, "media/spool").glob("*.spool")), "it is recorded")
    saved = office.server.command("backup", "--data", office.server.data, str(tmp_path / "backup.tar"))
    assert saved.returncode == 0, saved.stderr
    call.hang_up()
    ringing.wait("ended")
    office.wait(lambda: not list(pathlib.Path(office.server.data, "media/spool").glob("*.spool")), "the recording is whole")
    whole = recordings(office.server.data)
    assert whole

    # The calls of the backup are over there, and nobody is told that they were.
    other = office.outside("777000222", frequency=500).call("226000009")  # which echoes
    other.wait("answered")
    again = office.server.command("backup", "--data", office.server.data, str(tmp_path / "again.tar"))
    assert again.returncode == 0, again.stderr
    copy = str(tmp_path / "copy")
    restored = office.server.command("restore", str(tmp_path / "again.tar"), "--data", copy)
    assert restored.returncode == 0, restored.stderr
    first = str(tmp_path / "first")
    restored = office.server.command("restore", str(tmp_path / "backup.tar"), "--data", first)
    assert restored.returncode == 0, restored.stderr
    for data in (first, copy):
        second = Server(data=data)
        try:
            calls = second.command("audit", *second.place)
            assert calls.stdout.rstrip().endswith("audit: equal"), calls.stdout
            office.wait(lambda: not list(pathlib.Path(data, "media/spool").glob("*.spool")),
                        "what was being recorded is a recording of the copy")
            if data == first:
                assert recordings(data).keys() == whole.keys()
        finally:
            second.stop()
    assert recordings(office.server.data) == whole
    other.wait_heard(500)
    assert other.state == "answered", "the call that goes on was not hung up by the copy"
    other.hang_up()
