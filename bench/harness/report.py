"""The table of a run, in Markdown."""

import dataclasses
import statistics


@dataclasses.dataclass
class Row:
    what: str
    value: float | int | None  # None: not even the easiest went well
    unit: str


def share_of(samples, share):
    ordered = sorted(samples)
    return ordered[round(share * (len(ordered) - 1))]


def text_of(value, unit):
    if value is None:
        return "none"
    number = str(value) if isinstance(value, int) else f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"
    return f"{number} {unit}".strip()


def middle(values):
    """The median; runs in which a rate failed count as the lowest."""
    ordered = sorted(values, key=lambda value: -1 if value is None else value)
    return ordered[len(ordered) // 2] if None in values or len(values) % 2 else statistics.median(ordered)


def table(builds, results):
    """`results` maps (build, what) to the values of all runs and the unit, in order of appearance."""
    whats = list(dict.fromkeys(what for _, what in results))
    lines = ["| what | " + " | ".join(map(str, builds)) + " |", "| --- |" + " --- |" * len(builds)]
    for what in whats:
        cells = []
        for build in builds:
            values, unit = results.get((build, what), (None, ""))
            cells.append("" if values is None else text_of(middle(values), unit))
        lines.append(f"| {what} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
