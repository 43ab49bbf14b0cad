"""A company moves from its file to PostgreSQL, is backed up there while it works, and comes back."""

import pathlib

from conftest import Office


def moved(office, *database):
    """The same data directory, started again with another database."""
    office.server.options = list(database)
    office.users.clear()
    office.server.start()


def everything(office):
    admin = office.user("admin")
    return {model: admin.records(model) for model in ("users", "queues", "pauses", "activitiesCall", "statuses")}


def test_a_company_moves_there_and_back(database_address, tmp_path):
    office = Office()
    try:
        desk = office.registered("320", frequency=600)
        call = office.outside().call("226000003")
        desk.wait_ring().answer()
        call.wait_heard(600)
        call.hang_up()
        office.wait(lambda: [row for row in office.user("admin").records("activitiesCall")
                             if row["cdr"]["time_closed"]], "the call is listed")
        before = everything(office)
        data = office.server.data

        refused = office.server.command("copy", "--from", data, "--to", database_address)
        assert refused.returncode == 2 and "in use by process" in refused.stderr, refused.stderr
        office.server.kill(15)
        copied = office.server.command("copy", "--from", data, "--to", database_address)
        assert copied.stdout.rstrip().endswith("audit: equal"), copied.stdout + copied.stderr
        moved(office, "--database", database_address)
        assert everything(office) == before
        second = office.server.command("serve", "--data", str(tmp_path / "second"), "--database", database_address)
        assert second.returncode == 2 and "in use by process" in second.stderr, second.stderr
        doctor = office.server.command("doctor", "--data", data, "--database", database_address)
        assert "the database answers" in doctor.stdout, doctor.stdout

        archive, restored = str(tmp_path / "backup.tar"), str(tmp_path / "restored")
        office.user("admin").post("/api/v6/pauses.json", name="kept", title="Made on PostgreSQL")
        made = office.server.command("backup", "--data", data, "--database", database_address, archive)
        assert made.returncode == 0, made.stderr
        assert office.server.command("restore", archive, "--data", restored).returncode == 0
        assert office.server.command("audit", "--data", restored).stdout.rstrip().endswith("audit: equal")

        office.server.kill(15)
        refused = office.server.command("copy", "--from", database_address, "--to", data)
        assert refused.returncode == 2 and "not empty" in refused.stderr, refused.stderr
        pathlib.Path(data, "linka.db").rename(data + "/linka.db.moved")
        copied = office.server.command("copy", "--from", database_address, "--to", data)
        assert copied.stdout.rstrip().endswith("audit: equal"), copied.stdout + copied.stderr
        moved(office)
        assert "kept" in [row["name"] for row in office.user("admin").records("pauses")]
    finally:
        office.close()
