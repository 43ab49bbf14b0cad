"""The commands: options, ports, doctor, backup, stop."""

import pathlib
import signal
import socket
import subprocess
import tempfile

import pytest
from server import BUILD, ROOT, Api, Refused, Server, free_port


def linka(*arguments, timeout=30):
    return subprocess.run([str(BUILD / "linka"), *arguments], capture_output=True, text=True, timeout=timeout)


def test_help_and_version():
    assert linka("--version").stdout.startswith("linka ")
    for command in ("serve", "audit", "backup", "restore", "doctor", "stop"):
        shown = linka(command, "--help")
        assert shown.returncode == 0 and "--data" in shown.stdout


@pytest.mark.parametrize("arguments, word", [
    (["--sip-port", "99999"], "sip-port"),
    (["--colour", "red"], "--colour"),
    (["--rtp-ports", "5-4"], "--rtp-ports"),
    (["--listen", "nowhere"], "--listen"),
    (["--listen", "0.0.0.0"], "--demo-anywhere"),
    (["--seed", "full"], "seed"),
])
def test_bad_options_are_named_in_one_line(arguments, word):
    with tempfile.TemporaryDirectory() as data:
        ended = linka("serve", "--data", data + "/new", *arguments)
    assert ended.returncode == 2
    lines = [line for line in ended.stderr.splitlines() if line.startswith("linka: ")]
    assert len(lines) == 1 and word in lines[0], ended.stderr


@pytest.mark.parametrize("option", ["--https-port", "--http-port", "--sip-port"])
def test_busy_port_is_named(option):
    with socket.socket() as taken, tempfile.TemporaryDirectory() as data:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ports = {name: str(free_port()) for name in ("--https-port", "--http-port", "--sip-port", "--sips-port")}
        ports[option] = port
        ended = linka("serve", "--data", data + "/new", *[x for pair in ports.items() for x in pair])
    assert ended.returncode == 2
    assert port in ended.stderr


def test_a_password_is_set_when_nobody_can_sign_in():
    server = Server(["--admin-password", "original-1"])
    try:
        old = Api(server, "admin", "original-1")
        command = [str(BUILD / "linka"), "user", "password", "--data", server.data]

        def given(name, line, *more):
            ended = subprocess.run([*command, name, *more], input=line.encode("latin-1"), capture_output=True, timeout=60)
            ended.stdout, ended.stderr = ended.stdout.decode(), ended.stderr.decode()
            return ended

        asleep = {"name": "asleep", "title": "Asleep", "password": "original-2", "deactivated": True}
        old.request("POST", "/api/v6/users", asleep)

        refused = given("admin", "quite-new-1\n")
        assert refused.returncode == 2 and "in use by process" in refused.stderr, refused.stderr
        server.kill(signal.SIGTERM)
        assert "nobody-here" in given("nobody-here", "quite-new-1\n").stderr
        assert "at least" in given("admin", "x\n").stderr
        assert "not seen" in given("admin", "quite\tnew-1\n").stderr
        assert "UTF-8" in given("admin", "quite-new-\xff\n").stderr
        done = given("admin", "quite-new-1\r\n")
        assert done.returncode == 0 and "deactivated" not in done.stdout, done.stderr
        assert "deactivated" in given("asleep", "quite-new-2\n").stdout
        server.options = []
        server.start()
        with pytest.raises(Refused):
            Api(server, "admin", "original-1")
        with pytest.raises(Refused):
            old.records("users")
        noted = Api(server, "admin", "quite-new-1").records("auditLog")
        assert any(row["record"] == "admin" and row["detail"] == "password" and row["user"] is None for row in noted)
        empty = subprocess.run([*command[:-1], server.data + "/none", "admin"], input="quite-new-1\n",
                               capture_output=True, text=True, timeout=60)
        assert empty.returncode == 2 and not pathlib.Path(server.data, "none").exists(), empty.stderr
    finally:
        server.stop()


def test_config_file_and_unknown_key():
    with tempfile.TemporaryDirectory() as data:
        config = pathlib.Path(data, "linka.toml")
        config.write_text("colour = 'red'\n")
        ended = linka("serve", "--data", data + "/new", "--config", str(config))
    assert ended.returncode == 2 and "colour" in ended.stderr


def test_config_example_is_understood_and_the_command_line_wins():
    example = ROOT / "config/linka.example.toml"
    with tempfile.TemporaryDirectory() as data:
        ended = linka("serve", "--config", str(example), "--data", data + "/new", "--listen", "nowhere")
    assert ended.returncode == 2 and "--listen nowhere" in ended.stderr, ended.stderr


def test_empty_instance_asks_for_a_password_once():
    server = Server(["--seed", "empty", "--listen", "127.0.0.1"])
    try:
        line = server.process.stdout.readline()
        assert "/setup/" in line
        path = "/setup/" + line.split("/setup/")[1].strip()
        nobody = Api(server)

        def set_password(address, password):
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            return nobody.request("POST", address, f"password={password}".encode(), headers=form, raw=True)[0]
        with pytest.raises(Refused) as wrong:
            set_password("/setup/wrong", "Heslo-123")
        assert wrong.value.status == 404
        with pytest.raises(Refused) as weak:
            set_password(path, "x")
        assert weak.value.status == 400
        assert nobody.get("/api/v6/whoim")["result"]["setup"], "the sign-in page can say what is missing"
        assert set_password(path, "Heslo-123") == 200
        assert not nobody.get("/api/v6/whoim")["result"]["setup"]
        assert Api(server, "admin", "Heslo-123").me()["user"]["name"] == "admin"
        with pytest.raises(Refused):
            set_password(path, "Heslo-456")
    finally:
        server.stop()


def test_doctor_backup_restore_and_stop(office):
    server = office.server
    findings = server.command("doctor", *server.place)
    assert "server runs as process" in findings.stdout and "certificate" in findings.stdout
    assert "packets of sound: " in findings.stdout

    call = office.outside().call("226000009")
    call.wait("answered")
    call.hang_up()
    copy = server.data + ".backup"
    assert server.command("backup", *server.place, copy).returncode == 0
    refused = server.command("restore", copy, "--data", server.data)
    assert refused.returncode == 2 and "empty" in refused.stderr
    with tempfile.TemporaryDirectory() as place:
        restored = place + "/restored"
        assert server.command("restore", copy, "--data", restored).returncode == 0
        assert server.command("audit", "--data", restored).stdout.rstrip().endswith("audit: equal")
    pathlib.Path(copy).unlink()

    stopped = server.command("stop", "--data", server.data)
    assert stopped.returncode == 0, stopped.stderr
    assert server.process.wait(10) == 0


def test_calls_live_on_over_a_restart_and_end_with_now(office):
    call = office.outside().call("226000009")
    call.wait("answered")
    call.wait_heard(440, 15)
    office.server.kill(signal.SIGTERM)
    heard = len(call.rtp.received)
    office.wait(lambda: len(call.rtp.received) > heard + 25, "audio without a server")
    office.server.start()
    office.server.command("stop", "--now", "--data", office.server.data)
    call.wait("ended")
    office.wait(lambda: not office.server.worker_pids(), "the workers end")


def test_a_start_that_is_refused_leaves_nothing_half_done():
    with tempfile.TemporaryDirectory() as data:
        refused = linka("serve", "--data", data, "--listen", "0.0.0.0")
        assert refused.returncode == 2 and "--demo-anywhere" in refused.stderr, refused.stderr
        server = Server(data=data)
        try:
            assert Api(server, "admin").me()["user"]["name"] == "admin"
        finally:
            server.stop()


def test_whoever_starts_it_is_let_in_as_administrator(office):
    admin = office.user("admin")
    admin.post("/api/v6/users.json", name="second", title="Second", role="admin", password="Abcd-efgh-7")
    with pytest.raises(Refused) as last:
        admin.request("PUT", "/api/v6/users/second.json", {"role": "agent"})
        admin.request("PUT", "/api/v6/users/admin.json", {"deactivated": True})
    assert last.value.status == 400 and "deactivated" in last.value.body["error"]["form"], last.value.body
    admin.request("PUT", "/api/v6/users/second.json", {"role": "admin"})
    second = Api(office.server, "second", "Abcd-efgh-7")
    second.post("/api/v6/roles.json", name="reads", title="Reads", reach="everything")
    second.request("PUT", "/api/v6/users/admin.json", {"role": "reads", "deactivated": True})
    with pytest.raises(Refused):
        Api(office.server, "admin")
    office.server.kill(signal.SIGTERM)
    office.server.options += ["--admin-password", "Hijk-lmno-8"]
    office.server.start()
    again = Api(office.server, "admin", "Hijk-lmno-8")
    again.request("PUT", "/api/v6/users/second.json", {"deactivated": True})
