"""What was measured as a table for people and as a line of JSON for later."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.goals import Goal
from benchmarks.kinds import KINDS

Key = tuple[str, float, str, str]
Medians = Mapping[Key, Mapping[str, float]]

_BEGIN, _END = "<!-- the benchmark begins: make bench -->", "<!-- the benchmark ends -->"
_ROWS: tuple[tuple[str, float, str, str], ...] = (
    ("this project: Word and PDF, 5 % new text", 0.05, "ours", "letter"),
    ("this project: Word and PDF, 30 % new text", 0.3, "ours", "letter"),
    ("this project: Word and PDF, all new text", 1.0, "ours", "letter"),
    ("— its Word file alone", 0.05, "ours", "DOCX"),
    ("— its PDF alone", 0.05, "ours", "PDF"),
    ("— its checks and guard, besides", 0.05, "ours", "checks and guard"),
    ("— its text and manifest, besides", 0.05, "ours", "text and manifest"),
    ("docxtpl + WeasyPrint, plain script", 0.05, "plain", "both"),
    ("— its Word file alone", 0.05, "plain", "DOCX"),
    ("— its PDF alone", 0.05, "plain", "PDF"),
    ("docxtpl + LibreOffice kept running", 0.05, "libreoffice kept", "both"),
    ("docxtpl + LibreOffice, a process a letter", 0.05, "libreoffice each", "both"),
    ("Chromium kept running, PDF alone", 0.05, "chromium kept", "PDF"),
    ("Typst, PDF alone", 0.05, "typst", "PDF"),
    ("this project, everything, as a fresh process", 0.05, "ours", "fresh process"),
    ("this project, the first process of all", 0.05, "ours", "first process"),
    ("plain script, as a fresh process", 0.05, "plain", "fresh process"),
)


def markdown(
    medians: Medians,
    missing: Mapping[str, str],
    made: Mapping[str, Mapping[str, int]],
    reached: Sequence[Goal],
    machine: Mapping[str, str],
    rounds: int,
) -> str:
    """The table of seconds and the table of goals."""
    heads = [f"{kind}, {pages} pages" for kind, pages in KINDS.items()]
    lines = [
        "Milliseconds a letter (wall, median | CPU, mean), and the CPU as a share of the plain script's:",
        "",
        f"| | {' | '.join(f'{head} | CPU | × plain' for head in heads)} |",
        f"| --- |{' ---: | ---: | ---: |' * len(heads)}",
        *(_row(label, *key, medians, missing) for label, *key in _ROWS),
        "",
        "Goals, as ratios of CPU seconds:",
        "",
        "| goal | kind | wanted | measured | |",
        "| --- | --- | ---: | ---: | --- |",
        *map(_goal, reached),
        "",
        *_notes(medians, missing, made, machine, rounds),
    ]
    return "\n".join(lines)


def _row(
    label: str, share: float, name: str, stage: str, medians: Medians, missing: Mapping[str, str]
) -> str:
    cells = []
    for kind in KINDS:
        found = medians.get((kind, share, name, stage))
        plain = medians.get((kind, 0.05, "plain", "fresh process" if "process" in stage else "both"))
        if found is None:
            cells += ["not measured", "", ""]
            continue
        ratio = f"{found['cpu'] / plain['cpu']:.2f}" if plain else ""
        cells += [f"{1000 * found['wall']:.1f}", f"{1000 * found['cpu']:.1f}", ratio]
    return f"| {label} | {' | '.join(cells)} |"


def _goal(goal: Goal) -> str:
    sign = "≥" if goal.above else "≤"
    measured = "not measured" if goal.measured is None else f"{goal.measured:.2f}"
    said = {True: "met", False: "not met", None: ""}[goal.met]
    return f"| {goal.name} | {goal.kind} | {sign} {goal.wanted:g} | {measured} | {said} |"


def _notes(
    medians: Medians,
    missing: Mapping[str, str],
    made: Mapping[str, Mapping[str, int]],
    machine: Mapping[str, str],
    rounds: int,
) -> Iterator[str]:
    if any(stage == "first process" for *_, stage in medians):
        yield (
            "A fresh process finds what an earlier one kept of fonts, letterheads and the law; the"
            " first process of all, or one with `LETTERS_NO_CACHE=1`, does not."
        )
    helped = medians.get(("", 0.0, "ours", "letters --help"))
    if helped:
        yield f"`letters --help` takes {helped['cpu']:.2f} s of CPU (wanted: under 0.25)."
    other = [
        f"{name} {it['pages']}" for name, it in made.items() if it["pages"] != KINDS[name.rpartition(", ")[2]]
    ]
    if other:
        yield f"Another number of pages: {', '.join(other)}."
    for name, what in missing.items():
        yield f"Not measured: {name} ({what} is missing)."
    told = ", ".join(f"{name} {value}" for name, value in machine.items())
    yield f"{rounds} interleaved rounds; {told}."


def written_into(readme: Path, table: str) -> None:
    """Put the table between its markers."""
    text = readme.read_text("utf-8")
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise SystemExit(f"{readme} lacks the markers of the benchmark")
    readme.write_text(f"{before}{_BEGIN}\n\n{table}\n\n{_END}{after}", "utf-8")


def history_line(
    medians: Medians,
    missing: Mapping[str, str],
    made: Mapping[str, Mapping[str, int]],
    reached: Sequence[Goal],
    machine: Mapping[str, str],
    commit: str,
    now: str,
) -> str:
    """Everything of a run as one line of JSON."""
    seconds: list[dict[str, Any]] = [
        {"kind": kind, "new": share, "contender": name, "stage": stage, **value}
        for (kind, share, name, stage), value in medians.items()
    ]
    found = [
        {
            "goal": goal.name,
            "kind": goal.kind,
            "wanted": goal.wanted,
            "measured": goal.measured,
            "met": goal.met,
        }
        for goal in reached
    ]
    data = {
        "date": now,
        "commit": commit,
        "machine": dict(machine),
        "missing": dict(missing),
        "made": dict(made),
        "seconds": seconds,
        "goals": found,
    }
    return json.dumps(data, ensure_ascii=False)
