"""What only a process of its own shows: pipes, terminals, encodings."""

import os
import pty
import subprocess
import sys

import pytest
from cli_examples import FIXTURES, LOCALE, REJECTION

from letters.cli import progress

LETTERS = [sys.executable, "-m", "letters.cli"]


def environment(**changes):
    kept = {name: value for name, value in os.environ.items() if name not in (*LOCALE, "NO_COLOR")}
    return {**kept, "LANG": "da_DK.UTF-8", **changes}


def letters(*args, **changes):
    return subprocess.run(
        [*LETTERS, *map(str, args)], capture_output=True, timeout=60, env=environment(**changes), check=False
    )


def on_a_terminal(*args, **changes):
    """What a command prints when its stderr is a terminal, and its exit code."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*LETTERS, *map(str, args)],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=environment(TERM="xterm", **changes),
    )
    os.close(theirs)
    seen = b""
    try:
        while chunk := os.read(ours, 4096):
            seen += chunk
    except OSError:  # Linux says so when the other side is closed
        pass
    os.close(ours)
    return process.wait(timeout=60), seen.decode()


@pytest.mark.parametrize(
    "args", [["--help"], ["schema"], ["show", REJECTION], ["check", FIXTURES / "besvarelse"]]
)
def test_a_reader_that_goes_away_is_no_traceback(args):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as gone:
        done = subprocess.run(
            [*LETTERS, *map(str, args)],
            stdout=gone,
            stderr=subprocess.PIPE,
            timeout=60,
            env=environment(),
            check=False,
        )
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


def test_a_full_disk_under_the_output_is_told():
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*LETTERS, "schema"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=60,
            check=False,
        )
    assert done.returncode == 3
    said = "alvorlig fejl[outside.failed]: resultatet kan ikke skrives ud: der er ikke mere plads på disken\n"
    assert done.stderr.decode() == said


def test_problems_are_coloured_on_a_terminal_only(tmp_path):
    code, seen = on_a_terminal("check", tmp_path / "sag.yaml")
    assert code == 1
    assert "\x1b[31m\x1b[1malvorlig fejl[case.unreadable]\x1b[0m: filen kan ikke læses" in seen
    assert b"\x1b" not in letters("check", tmp_path / "sag.yaml").stderr
    assert "\x1b" not in on_a_terminal("check", tmp_path / "sag.yaml", NO_COLOR="1")[1]


def test_progress_is_shown_on_a_terminal_for_many_cases(tmp_path):
    many = [tmp_path / f"sag-{number}.yaml" for number in range(progress.FEW + 1)]
    few = many[: progress.FEW]
    assert "Sager" in on_a_terminal("check", *many)[1]
    assert "Sager" not in on_a_terminal("check", *few)[1]
    assert b"Sager" not in letters("check", *many).stderr


def test_problems_are_told_after_the_bar(tmp_path):
    many = [tmp_path / f"sag-{number}.yaml" for number in range(progress.FEW + 1)]
    _, seen = on_a_terminal("check", *many)
    told = seen[seen.rindex("Sager") :]
    assert all(f"sag-{number}.yaml" in told for number in range(progress.FEW + 1))


def test_a_terminal_without_danish_letters_stops_nothing(tmp_path):
    done = letters("check", tmp_path / "væk.yaml", PYTHONIOENCODING="ascii", LANGUAGE="da", PYTHONUTF8="0")
    assert done.returncode == 1
    assert b"case.unreadable" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_letter_is_printed_in_utf8_on_every_terminal():
    done = letters("show", REJECTION, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "Sønderkær" in done.stdout.decode("utf-8")
