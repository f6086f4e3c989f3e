"""`letters draft` and `letters issue` of many cases, with real letters."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time

import pytest
from cheap import snapshot
from real import case_of, table_of
from tables_of import EXAMPLE, ROOT

from letters.batch.run import Run
from letters.cli import main

FILES = {"letter.docx", "letter.pdf", "letter.txt", "manifest.json"}
REPLY = ROOT / "fixtures" / "besvarelse" / "01-praksis-og-tal.yaml"
APPENDIX = ROOT / "fixtures" / "bilag" / "to-sager.yaml"


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)

    def run(*args):
        code = main([str(arg) for arg in args])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def lines_of(path, cases):
    path.write_text("\n".join(json.dumps(case) for case in cases), encoding="utf-8")
    return path


def test_the_example_table(run, tmp_path):
    """The commands of docs/batches.md."""
    args = (EXAMPLE / "godkendelser.csv", "--mapping", EXAMPLE / "fletning.yaml", "--out", tmp_path / "breve")
    code, out, err = run("issue", *args, "--jobs", "1")
    assert code == 0, err
    names = ["2026-0401-3", "2026-0402-1", "2026-0403-8"]
    assert out.splitlines() == [str(tmp_path / "breve" / name) for name in names]
    assert {p.name for p in (tmp_path / "breve" / names[0]).iterdir()} == FILES
    text = (tmp_path / "breve" / names[1] / "letter.txt").read_text(encoding="utf-8")
    assert "Yusuf Abdi Warsame" in text
    assert '"Tømrergården"' in text
    assert [line.split() for line in err.splitlines()[:1]] == [["made", "3"]]
    code, out, err = run("issue", *args, "--jobs", "1")
    assert (code, err.splitlines()[1].split()) == (0, ["made", "before", "3"])
    code, _, err = run("draft", *args, "--jobs", "1")
    assert (code, "batch.another-run" in err, "Nothing was made." in err) == (1, True, True)


def test_bad_rows_are_told_together_and_stop_no_other(run, tmp_path):
    cases = [case_of(number)[0] for number in range(1, 5)]
    cases[1]["date"] = "2026-02-30"
    del cases[2]["recipients"][0]["address"]["city"]
    table = lines_of(tmp_path / "sager.jsonl", cases)
    code, out, err = run("draft", table, "--out", tmp_path / "breve", "--jobs", "1")
    assert code == 1
    assert f"  --> {table}:2, date\n" in err
    assert f"  --> {table}:3, recipients[0].address" in err
    assert [line.rsplit("/", 1)[1] for line in out.splitlines()] == [
        case_of(n)[0]["case_number"] for n in (1, 4)
    ]
    code, out, _ = run("draft", table, "--out", tmp_path / "data", "--jobs", "2", "--json")
    data = json.loads(out)
    assert (code, data["exit_code"]) == (1, 1)
    assert data["summary"] == {"made": 2, "already": 0, "refused": 2, "failed": 0}
    assert [(c["case"], c["row"], c["state"]) for c in data["cases"]] == [
        (str(table), 2, "failed"),
        (str(table), 3, "failed"),
        (str(table), 1, "made"),
        (str(table), 4, "made"),
    ]
    assert data["cases"][0]["problems"][0]["line"] == 2
    assert snapshot(tmp_path / "data") == snapshot(tmp_path / "breve")
    code, _, err = run("draft", table, "--out", tmp_path / "intet", "--jobs", "1", "--all-or-nothing")
    assert (code, "batch.not-all" in err, (tmp_path / "intet").exists()) == (1, True, False)


def test_files_folders_and_patterns(run, tmp_path):
    (tmp_path / "sager").mkdir()
    for number in (1, 2, 3):
        lines_of(tmp_path / "sager" / f"s{number}.json", [case_of(number)[0]])
    code, out, _ = run("draft", tmp_path / "sager" / "s[12].json", "--out", tmp_path / "breve")
    assert (code, [line.rsplit("/", 1)[1] for line in out.splitlines()]) == (0, ["s1", "s2"])
    assert not (tmp_path / "breve" / "letters-run.jsonl").exists()  # a few letters by hand are no run
    code, _, err = run("draft", tmp_path / "sager", "--out", tmp_path / "breve")
    assert (code, err) == (0, "3 of 3 letters made\n")  # those that are there are these very letters
    lines_of(tmp_path / "sager" / "s4.json", [case_of(2)[0]])
    code, _, err = run("draft", tmp_path / "sager", "--out", tmp_path / "andre")
    assert (code, err.count("batch.same-case")) == (1, 2)
    assert not (tmp_path / "andre").exists()
    code, _, err = run("draft", tmp_path / "sager", "--out", tmp_path / "andre", "--same-case-number")
    assert (code, err) == (0, "4 of 4 letters made\n")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((EXAMPLE / "godkendelser.csv",), "needs --mapping"),
        ((EXAMPLE / "godkendelser.csv", REPLY), "not both"),
        ((REPLY, APPENDIX, "--mapping", EXAMPLE / "fletning.yaml"), "belongs to a table"),
        ((REPLY, "--jobs", "0"), "--jobs"),
    ],
)
def test_wrong_usage(run, tmp_path, args, said):
    code, _, err = run("draft", *args, "--out", tmp_path / "breve")
    assert (code, said in err.replace("\n", " ")) == (2, True)
    assert not (tmp_path / "breve").exists()


def test_a_table_that_cannot_be_read_is_told(run, tmp_path):
    code, _, err = run("draft", tmp_path / "ingen.jsonl", "--out", tmp_path / "breve")
    assert (code, "case.unreadable" in err, (tmp_path / "breve").exists()) == (1, True, False)


def test_a_directory_that_cannot_be_written_to_is_told_before_any_case_is_read(run, tmp_path, monkeypatch):
    table = table_of(tmp_path, 2)
    (tmp_path / "fil").write_text("her skulle være en mappe")
    code, _, err = run("draft", table, "--out", tmp_path / "fil" / "breve")
    assert (code, "output.failed" in err) == (3, True)
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)  # root may write anywhere
    code, _, err = run("draft", table, "--out", tmp_path / "breve")
    assert (code, "Permission denied" in err, (tmp_path / "breve").exists()) == (3, True, False)


def test_a_run_that_is_interrupted_says_how_it_goes_on(run, tmp_path, monkeypatch):
    def interrupted(run):
        raise KeyboardInterrupt

    monkeypatch.setattr(Run, "check", interrupted)
    code, _, err = run("draft", table_of(tmp_path, 2), "--out", tmp_path / "breve")
    assert (code, err.splitlines()) == (
        130,
        [
            "The same command goes on where this one was stopped.",
            "Interrupted. Every letter made so far is whole.",
        ],
    )


def test_appendices_in_a_run_stay_closed(run, tmp_path, monkeypatch):
    monkeypatch.setenv("LETTERS_PASSWORD", "kattefoder-sommerbro-nitten-lygter")
    table = lines_of(tmp_path / "mere.jsonl", [])
    table.unlink()
    for path in (REPLY, APPENDIX):
        shutil.copy(path, tmp_path)
    cases = (tmp_path / REPLY.name, tmp_path / APPENDIX.name)
    args = (*cases, "--against", cases[1], "--out", tmp_path / "breve", "--jobs", "2")
    code, _, err = run("issue", *args)
    assert code == 0, err
    assert "LETTERS_PASSWORD" not in os.environ
    closed = tmp_path / "breve" / "to-sager" / "confidential"
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in closed.iterdir()} == {0o600}
    assert b"/Encrypt" in (closed / "appendix.pdf").read_bytes()
    assert not (closed / "appendix.docx").read_bytes().startswith(b"PK")
    assert json.loads((tmp_path / "breve" / REPLY.stem / "manifest.json").read_text())["guard"]["appendices"]
    journal = (tmp_path / "breve" / "letters-run.jsonl").read_text("utf-8")
    assert "kattefoder" not in journal
    before = snapshot(tmp_path / "breve")
    (tmp_path / "breve" / "letters-run.jsonl").write_text(journal.splitlines(keepends=True)[0])
    monkeypatch.setenv("LETTERS_PASSWORD", "kattefoder-sommerbro-nitten-lygter")
    code, _, err = run("issue", *args)
    assert (code, "made before" in err) == (0, True)
    assert snapshot(tmp_path / "breve") == before


def test_a_leak_in_a_run_is_found(run, tmp_path):
    leak = tmp_path / "svar.yaml"
    text = REPLY.read_text("utf-8")
    leak.write_text(text.replace("\nsignatory:", "\nclosing: Se sagen om Leyla Karimova.\nsignatory:"))
    args = (leak, "--against", APPENDIX, "--out", tmp_path / "breve", "--jobs", "1")
    code, _, err = run("draft", *args)
    assert (code, "secrecy." in err, "Karimova" in err) == (1, True, False)
    assert not (tmp_path / "breve" / "svar").exists()


def test_the_command_itself_is_killed_and_ends_with_the_same_letters(run, tmp_path):
    """The real letters, the real processes: the command is killed once, and then one of its processes."""
    table = table_of(tmp_path, 6)
    assert run("draft", table, "--out", tmp_path / "rolig", "--jobs", "2")[0] == 0
    out = tmp_path / "breve"
    command = [sys.executable, "-m", "letters.cli", "draft", table, "--out", out, "--jobs", "2", "--json"]
    first = started(command)
    wait_for_letters(first, out, 1)
    first.kill()
    first.communicate()
    assert first.returncode == -signal.SIGKILL
    second = started(command)
    wait_for_letters(second, out, 3)
    workers = list((ROOT / "/proc" / f"{second.pid}" / "task").glob("*/children"))
    pids = [int(pid) for children in workers for pid in children.read_text().split()]
    for pid in pids[:1]:
        os.kill(pid, signal.SIGKILL)
    printed, _ = second.communicate(timeout=120)
    assert second.returncode == 0
    counts = json.loads(printed)["summary"]
    assert counts["made"] + counts["already"] == 6
    assert snapshot(out) == snapshot(tmp_path / "rolig")


def test_what_a_killed_command_left_of_one_letter_is_taken_away_by_the_next(run, tmp_path):
    out = tmp_path / "breve"
    code = """
import os, signal, sys
from pathlib import Path
from letters.desk import output
output.place_folder = lambda *args, **options: os.kill(os.getpid(), signal.SIGKILL)
output.write_letter(Path(sys.argv[1]), sys.argv[2], {"letter.txt": b"halvt"}, force=False)
"""
    for name in (REPLY.stem, "en-andens"):
        died = subprocess.run([sys.executable, "-c", code, out, name], cwd=ROOT, check=False)
        assert died.returncode == -signal.SIGKILL
    assert [path.read_bytes() for path in out.glob(".*/letter.txt")] == [b"halvt"] * 2
    assert run("draft", REPLY, "--out", out)[0] == 0
    (left,) = out.glob(".*")
    assert left.name.startswith(".en-andens.")
    assert {path.name for path in (out / REPLY.stem).iterdir()} == FILES


def started(command):
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def wait_for_letters(process, out, count):
    while len(list(out.glob("[!.]*/letter.pdf"))) < count and process.poll() is None:
        time.sleep(0.005)
