"""The benchmark runs: a letter of each kind by ours and by the plain script, with the pages that it says."""

import json
import sys
from pathlib import Path

import pytest

from examples import ROOT

sys.path.insert(0, str(ROOT))

from benchmarks import run, table, worker
from benchmarks.goals import goals
from benchmarks.kinds import KINDS, case_bytes, renewed
from benchmarks.setup import set_up

from letters.document.load import load
from letters.document.words import words


@pytest.fixture(scope="module")
def setup(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return set_up(tmp_path_factory.mktemp("bench"))


def test_a_round_with_one_letter_of_each_kind(setup: dict[str, object]) -> None:
    measured: run.Measured = run.defaultdict(list)
    made = {}
    for name in ("ours", "plain"):
        contender = worker.CONTENDERS[name](setup)
        for kind, pages in KINDS.items():
            answer = worker.answer(contender, {"kind": kind, "share": 0.05, "number": 1})
            assert answer["pages"] == pages, (name, kind)
            made[f"{name}, {kind}"] = answer
            run._note(measured, kind, 0.05, name, json.loads(json.dumps(answer["stages"])))
    medians = {key: {"wall": pairs[0][0], "cpu": pairs[0][1]} for key, pairs in measured.items()}
    reached = list(goals("reply", lambda *key: run._value(medians, key)))
    measured_goals = {goal.name for goal in reached if goal.measured is not None}
    assert {
        "5 % new text: plain ÷ ours",
        "DOCX: docxtpl ÷ ours",
        "checks and guard ÷ plain",
    } <= measured_goals
    text = table.markdown(medians, {"typst": "typst"}, made, reached, {"cores": "2"}, 1)
    assert "Not measured: typst (typst is missing)." in text
    assert "| Chromium kept running, PDF alone | not measured |" in text
    line = json.loads(table.history_line(medians, {}, made, reached, {}, "abc", "2026-01-01"))
    assert {entry["contender"] for entry in line["seconds"]} == {"ours", "plain"}


def test_the_table_goes_between_its_markers(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text((ROOT / "README.md").read_text("utf-8"), "utf-8")
    table.written_into(readme, "| a |")
    table.written_into(readme, "| b |")
    text = readme.read_text("utf-8")
    assert "| b |" in text
    assert "| a |" not in text
    assert "## More" in text


def test_new_text_is_new_and_as_long() -> None:
    golden = ROOT / "tests/catalogue/goldens/integrationsansvar/01-afslag-tre-grunde.letter"
    letter = load(golden.read_text("utf-8"))
    assert renewed(letter, 0.0, 1) == letter
    new, other = (renewed(letter, 1.0, number) for number in (1, 2))
    assert words(new) != words(other)
    assert 0.9 < len(" ".join(words(new))) / len(" ".join(words(letter))) < 1.1
    assert case_bytes("reply", 1) == case_bytes("reply", 1) != case_bytes("reply", 2)
