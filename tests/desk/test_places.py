"""No letter is lost to a run that is interrupted, or to one that comes at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from letters.desk import output, places
from letters.desk.output import write_letter
from letters.desk.places import place_folder
from letters.problems import OutputError

Rename = Callable[[Path, Path], Path]


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "letter.txt").write_text(text)
    return path


def text(path: Path) -> str:
    return (path / "letter.txt").read_text()


@pytest.fixture(params=["in one step", "in two"])
def steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that lets two names change places, and one that does not."""
    if request.param == "in two":
        monkeypatch.setattr(places, "_exchange", lambda part, target: False)


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize("force", [False, True])
def test_a_new_folder_gets_its_name(tmp_path: Path, force: bool) -> None:
    part = folder(tmp_path / ".part", "nyt")
    place_folder(part, tmp_path / "sag", force=force)
    assert text(tmp_path / "sag") == "nyt"
    assert [path.name for path in tmp_path.iterdir()] == ["sag"]


@pytest.mark.usefixtures("steps")
def test_force_takes_the_place_of_what_is_there(tmp_path: Path) -> None:
    folder(tmp_path / "sag", "gammelt")
    write_letter(tmp_path, "sag", {"letter.txt": b"nyt"}, force=True)
    assert text(tmp_path / "sag") == "nyt"
    assert [path.name for path in tmp_path.iterdir()] == ["sag"]


@pytest.mark.usefixtures("steps")
def test_force_takes_the_place_of_a_link_and_not_of_what_it_leads_to(tmp_path: Path) -> None:
    folder(tmp_path / "andet", "andet")
    (tmp_path / "ud").mkdir()
    (tmp_path / "ud" / "sag").symlink_to(tmp_path / "andet")
    write_letter(tmp_path / "ud", "sag", {"letter.txt": b"nyt"}, force=True)
    assert text(tmp_path / "ud" / "sag") == "nyt"
    assert text(tmp_path / "andet") == "andet"
    assert [path.name for path in (tmp_path / "ud").iterdir()] == ["sag"]


def test_a_letter_that_came_a_moment_ago_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run has written it after this one looked, and before it was done."""
    monkeypatch.setattr(output, "refuse_existing", lambda out, stem: None)
    folder(tmp_path / "sag", "den andens")
    with pytest.raises(OutputError) as caught:
        write_letter(tmp_path, "sag", {"letter.txt": b"mit"}, force=False)
    assert [problem.code for problem in caught.value.problems] == ["output.exists"]
    assert text(tmp_path / "sag") == "den andens"
    assert [path.name for path in tmp_path.iterdir()] == ["sag"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
@pytest.mark.parametrize(
    ("moment", "done"), [(0, False), (1, False), (1, True), (2, False), (2, True)]
)  # the first renaming is refused by the folder that is there
def test_an_interruption_between_two_steps_leaves_one_letter(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException | type[BaseException],
    moment: int,
    done: bool,
) -> None:
    """Ctrl-C may come before each renaming, and right after it."""
    folder(tmp_path / "sag", "gammelt")
    rename, calls = Path.rename, []

    def interrupted(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) - 1 == moment and not done:
            raise error
        moved = rename(self, target)
        if len(calls) - 1 == moment and done:
            raise error
        return moved

    monkeypatch.setattr(places, "_exchange", lambda part, target: False)
    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises((KeyboardInterrupt, OutputError)):
        write_letter(tmp_path, "sag", {"letter.txt": b"nyt"}, force=True)
    assert text(tmp_path / "sag") in ("gammelt", "nyt")
    assert [path.name for path in tmp_path.iterdir()] == ["sag"]


def test_there_is_a_letter_at_every_moment(tmp_path: Path) -> None:
    """Two runs replace it again and again, while a third reads it."""
    target = folder(tmp_path / "sag", "0")
    probe = folder(tmp_path / ".proeve", "")
    if not places._exchange(probe, target):
        pytest.skip("this file system cannot let two names change places")

    def write(name: str) -> None:
        for number in range(100):
            place_folder(folder(tmp_path / f".{name}{number}", "1"), target, force=True)

    runs = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for run in runs:
        run.start()
    seen = 0
    while any(run.is_alive() for run in runs):
        assert target.is_dir()
        seen += 1
    for run in runs:
        run.join()
    assert seen
    assert text(target) == "1"
