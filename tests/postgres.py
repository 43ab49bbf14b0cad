#!/usr/bin/python3
"""A PostgreSQL of the tests' own: a new cluster in a temporary directory, reached by a socket in it,
gone afterwards.

usage: tests/postgres.py COMMAND...

Runs the command with LINKA_TEST_POSTGRES set to the address of an empty database; what tests of
data then use instead of files. PostgreSQL runs as the user postgres if the tests run as root, which
it refuses.
"""

import itertools
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

START_SECONDS = 60
# A server that was stopped with a signal answers none of its programs.
PROGRAM_SECONDS_MAX = 90


def programs():
    """The folder of the newest server's programs, or None."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: int(bin.parent.name))
    return found[-1] if found else None


class Cluster:
    def __init__(self, durable=False):
        """`durable`: what was written outlives a crash of the machine, which no test asks for."""
        self.numbers = itertools.count()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="linka-pg-"))
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(self.folder, "postgres")
        self.data = self.folder / "data"
        self.run("initdb", "-D", self.data, "-U", "linka", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
                 "--no-sync")
        with open(self.data / "postgresql.conf", "a") as settings:
            settings.write(f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\n"
                           f"fsync = {'on' if durable else 'off'}\nmax_connections = 200\n")
        self.start()

    def run(self, program, *arguments):
        done = subprocess.run([*self.user, programs() / program, *arguments], cwd=self.folder, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=PROGRAM_SECONDS_MAX)
        if done.returncode != 0:
            raise AssertionError(f"{program} ended with {done.returncode}:\n{done.stdout[-3000:]}")

    def start(self):
        # To a file: the server would keep a pipe open for as long as it runs.
        self.run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-t", str(START_SECONDS), "start")

    def stop(self, how="fast"):
        self.run("pg_ctl", "-D", self.data, "-m", how, "-w", "-t", str(START_SECONDS), "stop")

    def signal(self, how):
        """Sends a signal to every process of the server."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        found = subprocess.run(["pgrep", "-P", str(first)], capture_output=True, text=True, check=False)
        for process in (first, *map(int, found.stdout.split())):
            os.kill(process, how)

    def recover(self):
        """Runs again, whatever was done to it."""
        if (self.data / "postmaster.pid").exists():
            self.signal(signal.SIGCONT)
        else:
            self.start()

    def make(self):
        """An empty database; its address."""
        database = f"linka_{next(self.numbers)}"
        self.run("createdb", "-h", self.folder, "-U", "linka", database)
        return f"postgresql://linka@/{database}?host={self.folder}"

    def close(self):
        try:
            self.stop("immediate")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    cluster = Cluster()
    try:
        environment = {**os.environ, "LINKA_TEST_POSTGRES": cluster.make()}
        sys.exit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)
    finally:
        cluster.close()


if __name__ == "__main__":
    main()
