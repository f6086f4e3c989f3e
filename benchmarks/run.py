"""The benchmark: interleaved rounds of every contender, medians and ratios, a table and a line of history.

    python -m benchmarks.run [--rounds N] [--warm N] [--no-write] [--only NAME ...]

Each round makes one letter with every contender, in an order that changes, so that a slow minute of the
machine is everybody's. Contenders live in processes of their own. Fewer rounds are made as fresh processes.
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import json
import os
import platform
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.content import content
from benchmarks.goals import Goal, goals
from benchmarks.kinds import KINDS, ROOT, case_bytes
from benchmarks.setup import set_up
from benchmarks.table import history_line, markdown, written_into
from benchmarks.worker import CONTENDERS

SHARES = (0.05, 0.3, 1.0)
_JUDGING = ("check", "measure", "guard")
_LETTER = ("read and compose", "DOCX", "PDF")

#: (kind, share, contender, stage) -> pairs of wall and CPU seconds.
Measured = dict[tuple[str, float, str, str], list[tuple[float, float]]]


class Contender:
    """A worker process of a contender, for one share of new text."""

    def __init__(self, name: str, setup: Path) -> None:
        command = [sys.executable, "-m", "benchmarks.worker", name, str(setup)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            start_new_session=True,
        )
        first = self._answer()
        self.missing: str | None = first.get("missing", None if first else "it did not start")

    def make(self, kind: str, share: float, number: int) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"kind": kind, "share": share, "number": number}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        found: dict[str, Any] = json.loads(line) if line else {}
        return found

    def close(self) -> None:
        """End the worker and what it started: they are a process group of their own."""
        assert self._process.stdin
        self._process.stdin.close()
        for how in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)


def shares_of(name: str) -> tuple[float, ...]:
    """New text changes what ours remembers; the others remember nothing, so that one share says it all."""
    return SHARES if name in ("ours", "plain") else SHARES[:1]


def measure(
    names: list[str], rounds: int, warm: int, setup: Path
) -> tuple[Measured, dict[str, str], dict[str, Any]]:
    """Make all letters.

    Returns:
        The seconds; contender -> what it lacks; contender -> pages and bytes of its last letters.
    """
    crew: dict[tuple[str, float], Contender] = {}
    missing: dict[str, str] = {}
    for name in names:
        for share in shares_of(name):
            one = Contender(name, setup)
            if one.missing:
                missing[name] = one.missing
                one.close()
                break
            crew[name, share] = one
    measured: Measured = defaultdict(list)
    made: dict[str, Any] = {}
    choose = random.Random(1)
    try:
        for number in range(-warm, rounds):
            for kind in KINDS:
                turn = list(crew.items())
                choose.shuffle(turn)
                for (name, share), one in turn:
                    if number < 0 and name != "ours" and number < -2:
                        continue  # only ours has something to learn
                    answer = one.make(kind, share, number + warm)
                    made[f"{name}, {kind}"] = {"pages": answer["pages"], "bytes": answer["bytes"]}
                    if number >= 0:
                        _note(measured, kind, share, name, answer["stages"])
    finally:
        for one in crew.values():
            one.close()
    return measured, missing, made


def _note(measured: Measured, kind: str, share: float, name: str, stages: dict[str, list[float]]) -> None:
    pairs = {stage: (pair[0], pair[1]) for stage, pair in stages.items()}
    for total, parts in (("letter", _LETTER), ("checks and guard", _JUDGING), ("both", ("DOCX", "PDF"))):
        if all(part in pairs for part in parts):
            pairs[total] = (sum(pairs[p][0] for p in parts), sum(pairs[p][1] for p in parts))
    for stage, pair in pairs.items():
        measured[kind, share, name, stage].append(pair)


def fresh(measured: Measured, rounds: int, setup: Path, folder: Path) -> None:
    """One letter a process: the whole of `letters draft`, and the plain script.

    What a process keeps for the next one lies in a folder of this run's. A letter of each kind comes before
    those that are measured, as for who makes more than one letter in a year; the first process of all, which
    has nothing to go by, is told apart.
    """
    from letters.desk import Desk
    from letters.document.model import Status
    from letters.render.pdf import DEFAULT_FONT_DIRS

    # As an installed package is; where Python writes no bytecode, a check-out would be compiled each time.
    compileall.compile_dir(ROOT / "src", quiet=1)
    desk = Desk(ROOT / "templates/da", DEFAULT_FONT_DIRS)
    letters = Path(sys.executable).with_name("letters")
    kept = folder / "kept"
    for number in range(rounds):
        for kind in KINDS:
            case, data = folder / f"{kind}-{number}.yaml", folder / f"{kind}-{number}.json"
            case.write_bytes(case_bytes(kind, number))
            letter = desk._composed(desk._read(case, case.read_bytes()), Status.FINAL).letter
            data.write_text(json.dumps(content(letter)), "utf-8")
            out = folder / f"fresh-{number}"
            out.mkdir(exist_ok=True)
            draft = [letters, "draft", case, "--out"]
            commands = {
                "ours": [*draft, out],
                "plain": [sys.executable, ROOT / "benchmarks/peers/plain.py", setup, data, out],
            }
            if number == 0:
                _run([*draft, folder / "before"], kept)
            for name, command in commands.items():
                measured[kind, SHARES[0], name, "fresh process"].append(_run(command, kept))
            nothing_yet = folder / f"kept-{kind}-{number}"
            first = _run([*draft, folder / f"first-{number}"], nothing_yet)
            measured[kind, SHARES[0], "ours", "first process"].append(first)
        measured["", 0.0, "ours", "letters --help"].append(_run([letters, "--help"], kept))


def _run(command: list[Any], kept: Path) -> tuple[float, float]:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    nothing = subprocess.DEVNULL
    words, environ = [str(part) for part in command], {**os.environ, "LETTERS_CACHE_DIR": str(kept)}
    environ.pop("LETTERS_NO_CACHE", None)
    subprocess.run(words, stdout=nothing, stderr=nothing, cwd=ROOT, env=environ, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def machine() -> dict[str, str]:
    """What it was measured on, and the versions of what was measured."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"Python": platform.python_version(), "system": platform.platform(), "cores": str(os.cpu_count())}
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            found["processor"] = line.partition(":")[2].strip()
    for package in ("weasyprint", "docxtpl", "typst", "unoserver", "playwright"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    for program in ("soffice", "chromium"):
        try:
            told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
            found[program] = " ".join(told.split()[:2])
        except (OSError, subprocess.CalledProcessError):
            found[program] = "not installed"
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--warm", type=int, default=20)
    parser.add_argument("--no-write", action="store_true")
    parser.add_argument("--only", nargs="*", default=list(CONTENDERS))
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # and end the contenders on the way
    with tempfile.TemporaryDirectory(prefix="letters-bench-") as name:
        folder = Path(name)
        setup = folder / "set-up.json"
        setup.write_text(json.dumps(set_up(folder)), "utf-8")
        measured, missing, made = measure(options.only, options.rounds, options.warm, setup)
        if {"ours", "plain"} <= set(options.only):
            fresh(measured, max(1, options.rounds // 3), setup, folder)
    medians = {
        key: {"wall": median(w for w, _ in pairs), "cpu": sum(c for _, c in pairs) / len(pairs)}
        for key, pairs in measured.items()
    }
    reached = [goal for kind in KINDS for goal in goals(kind, lambda *key: _value(medians, key))]
    table = markdown(medians, missing, made, reached, machine(), options.rounds)
    print(table)
    if not options.no_write:
        written_into(ROOT / "README.md", table)
        with (ROOT / "benchmarks/history.jsonl").open("a", encoding="utf-8") as history:
            history.write(history_line(medians, missing, made, reached, machine(), _commit(), _now()) + "\n")


def _value(medians: dict[Any, dict[str, float]], key: tuple[str, float, str, str]) -> float | None:
    """CPU seconds: the goals are letters of one core, and a busy machine's wall says little of that."""
    found = medians.get(key)
    return found["cpu"] if found else None


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False).stdout.strip()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


if __name__ == "__main__":
    main()

__all__ = ["Goal", "main", "measure"]
