"""`--timings` tells where the time went, for one letter and for several, as a table and as data."""

import json
from pathlib import Path

import pytest

from examples import ROOT
from letters.cli import main
from letters.desk.timings import Stage

CASES = [
    str(ROOT / f"fixtures/integrationsansvar/{name}.yaml")
    for name in ("03-godkendelse-arbejde", "06-partshoering")
]


@pytest.mark.parametrize("count", [1, 2])
def test_as_data(count: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", *CASES[:count], "--out", str(tmp_path), "--timings", "--json"]) in (0, 1)
    told = json.loads(capfd.readouterr().out)["timings"]
    assert told["letters"] == count
    assert list(told["seconds"]) == [stage.value for stage in Stage]
    assert all(seconds > 0 for seconds in told["seconds"].values())


def test_as_a_table(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    monkeypatch.setenv("LANGUAGE", "da")
    assert main(["draft", *CASES, "--out", str(tmp_path), "--timings"]) in (0, 1)
    told = capfd.readouterr()
    lines = told.err.splitlines()
    table = lines[next(place for place, line in enumerate(lines) if line.startswith("2 breve")) :]
    assert len(table) == 1 + len(Stage) + 1
    assert table[1].startswith("læse sagsfilen")
    assert table[-1].startswith("i alt")
    assert table[-1].rstrip().endswith("100 %")
    assert "i alt" not in told.out


def test_not_asked_for_not_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["draft", CASES[0], "--out", str(tmp_path), "--json"])
    assert "timings" not in json.loads(capfd.readouterr().out)
