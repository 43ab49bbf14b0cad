"""A build under measurement, and what its servers keep their data in."""

import dataclasses
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests"))

from postgres import Cluster  # noqa: E402


@dataclasses.dataclass(frozen=True)
class Build:
    directory: str
    cluster: Cluster | None = None  # none: a file

    def __fspath__(self):
        return self.directory

    def __str__(self):
        return self.directory + (", PostgreSQL" if self.cluster else "")

    def new_database(self):
        """The address of an empty one; None: a file."""
        return self.cluster.make() if self.cluster else None
