"""What is kept between runs: found again only as it was put there, and never in the way."""

import os
import stat
import subprocess
import sys
import threading
import time
from importlib.metadata import version
from pathlib import Path

import pytest
from msgspec import Struct

from letters.kept import NOTHING, Kept, Maker, kept_for_user
from letters.kept.folder import Folder
from letters.kept.maker import version_file
from letters.law import register
from letters.render.docx import renderer
from letters.render.pdf import fonts
from letters.wording import kept as wording


class Thing(Struct, frozen=True):
    name: str
    data: bytes
    pairs: tuple[tuple[int, int], ...] = ()


MAKER = Maker(("kept",))
THING = Thing("é", b"\0\xff", ((1, 2), (3, 4)))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "letters"


@pytest.fixture
def kept(place: Path) -> Kept:
    return Kept(Folder(place))


def only(place: Path) -> Path:
    (file,) = place.iterdir()
    return file


def test_a_value_is_found_again_as_it_was(kept: Kept) -> None:
    assert kept.get("thing", MAKER, ("a",), Thing) is None
    kept.put("thing", MAKER, ("a",), THING)
    assert kept.get("thing", MAKER, ("a",), Thing) == THING


def test_only_this_user_reads_and_writes_it(kept: Kept, place: Path) -> None:
    previous = os.umask(0)
    try:
        kept.put("thing", MAKER, ("a",), THING)
    finally:
        os.umask(previous)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert stat.S_IMODE(only(place).stat().st_mode) == 0o600


@pytest.mark.parametrize("made_of", [("b",), ("a", ""), (b"", "a"), ("aa",), ()])
def test_it_is_not_found_under_anything_else(kept: Kept, made_of: tuple[str, ...]) -> None:
    kept.put("thing", MAKER, ("a",), THING)
    assert kept.get("thing", MAKER, made_of, Thing) is None


def test_parts_do_not_run_into_each_other(kept: Kept) -> None:
    kept.put("thing", MAKER, ("ab", "c"), THING)
    assert kept.get("thing", MAKER, ("a", "bc"), Thing) is None


def test_another_kind_or_maker_does_not_find_it(kept: Kept) -> None:
    kept.put("thing", MAKER, ("a",), THING)
    assert kept.get("other", MAKER, ("a",), Thing) is None
    for maker in (
        Maker(("kept", "problems.py")),
        Maker(("kept",), ("docx",)),
        Maker(("kept",), told=("2.0",)),
    ):
        assert kept.get("thing", maker, ("a",), Thing) is None


def test_a_maker_of_which_something_is_missing_keeps_nothing(kept: Kept, place: Path) -> None:
    for maker in (Maker(("nowhere",)), Maker(("nowhere.py",)), Maker((), ("no_such_library",))):
        kept.put("thing", maker, ("a",), THING)
        assert kept.get("thing", maker, ("a",), Thing) is None
    assert not place.exists()


def test_a_changed_source_file_is_another_maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "room"
    package.mkdir()
    (package / "one.py").write_text("A = 1\n")
    monkeypatch.setattr("letters.kept.maker._HERE", tmp_path)
    before = Maker(("room",)).known
    assert Maker(("room",)).known == before
    (package / "one.py").write_text("A = 2\n")
    changed = Maker(("room",)).known
    (package / "one.py").rename(package / "two.py")
    assert len({before, changed, Maker(("room",)).known}) == 3


# What is refused


@pytest.mark.parametrize("size", [0, 5, 20, 30, -1])
def test_a_file_that_was_cut_off_is_refused(kept: Kept, place: Path, size: int) -> None:
    kept.put("thing", MAKER, ("a",), THING)
    file = only(place)
    file.write_bytes(file.read_bytes()[:size])
    assert kept.get("thing", MAKER, ("a",), Thing) is None
    kept.put("thing", MAKER, ("a",), THING)
    assert kept.get("thing", MAKER, ("a",), Thing) == THING


def test_any_bit_that_flips_is_noticed(kept: Kept, place: Path) -> None:
    kept.put("thing", MAKER, ("a",), THING)
    file = only(place)
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert kept.get("thing", MAKER, ("a",), Thing) is None


def test_an_entry_under_another_name_is_refused(kept: Kept, place: Path) -> None:
    kept.put("thing", MAKER, ("a",), THING)
    a = only(place)
    kept.put("thing", MAKER, ("b",), Thing("b", b""))
    (b,) = set(place.iterdir()) - {a}
    b.write_bytes(a.read_bytes())
    assert kept.get("thing", MAKER, ("b",), Thing) is None


def test_a_value_of_another_type_is_refused(kept: Kept) -> None:
    kept.put("thing", MAKER, ("a",), ["text"])
    assert kept.get("thing", MAKER, ("a",), Thing) is None
    assert kept.get("thing", MAKER, ("a",), list[int]) is None
    assert kept.get("thing", MAKER, ("a",), list[str]) == ["text"]


def test_a_value_too_large_is_not_kept(kept: Kept, place: Path) -> None:
    kept.put("thing", MAKER, ("a",), Thing("large", bytes(9 << 20)))
    assert not place.exists()


def test_a_value_that_is_no_text_is_not_kept(kept: Kept, place: Path) -> None:
    """Such as a file's name that is not UTF-8."""
    kept.put("thing", MAKER, ("\udcff",), Thing("\udcff", b""))
    assert kept.get("thing", MAKER, ("\udcff",), Thing) is None
    assert not place.exists()


# Where it lies


def test_a_folder_that_is_a_link_is_not_used(tmp_path: Path, kept: Kept, place: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    place.symlink_to(tmp_path / "elsewhere")
    kept.put("thing", MAKER, ("a",), THING)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_to_nowhere_is_not_followed(tmp_path: Path, kept: Kept, place: Path) -> None:
    place.symlink_to(tmp_path / "elsewhere")
    kept.put("thing", MAKER, ("a",), THING)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777])
def test_a_folder_that_others_write_to_is_not_used(kept: Kept, place: Path, mode: int) -> None:
    kept.put("thing", MAKER, ("a",), THING)
    place.chmod(mode)
    assert kept.get("thing", MAKER, ("a",), Thing) is None
    kept.put("thing", MAKER, ("b",), THING)
    assert len(list(place.iterdir())) == 1


def test_a_file_that_others_write_to_is_not_read(kept: Kept, place: Path) -> None:
    kept.put("thing", MAKER, ("a",), THING)
    only(place).chmod(0o622)
    assert kept.get("thing", MAKER, ("a",), Thing) is None


def test_a_file_that_is_a_link_a_pipe_or_a_folder_is_not_read(
    kept: Kept, place: Path, tmp_path: Path
) -> None:
    kept.put("thing", MAKER, ("a",), THING)
    file = only(place)
    file.rename(tmp_path / "moved")
    file.symlink_to(tmp_path / "moved")
    assert kept.get("thing", MAKER, ("a",), Thing) is None
    file.unlink()
    os.mkfifo(file, 0o600)
    assert kept.get("thing", MAKER, ("a",), Thing) is None
    file.unlink()
    file.mkdir()
    assert kept.get("thing", MAKER, ("a",), Thing) is None
    kept.put("thing", MAKER, ("a",), THING)
    assert [one.name for one in place.iterdir()] == [file.name]


def test_a_folder_of_another_user_is_not_used(
    kept: Kept, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.put("thing", MAKER, ("a",), THING)
    someone = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: someone)
    assert kept.get("thing", MAKER, ("a",), Thing) is None
    kept.put("thing", MAKER, ("b",), THING)
    assert len(list(place.iterdir())) == 1
    kept_for_user({"HOME": str(place.parent)}).put("thing", MAKER, ("b",), THING)
    assert not (place.parent / ".cache").exists()


def test_a_folder_is_not_made_where_others_write(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    Kept(Folder(shared / "letters")).put("thing", MAKER, ("a",), THING)
    assert list(shared.iterdir()) == []


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({"HOME": "/h/x"}, "/h/x/.cache/letters"),
        ({"HOME": "/h/x", "XDG_CACHE_HOME": "/c"}, "/c/letters"),
        ({"HOME": "/h/x", "XDG_CACHE_HOME": "c"}, "/h/x/.cache/letters"),
        ({"HOME": "/h/x", "LETTERS_CACHE_DIR": "/k"}, "/k"),
        ({"HOME": "/h/x", "LETTERS_NO_CACHE": "0"}, "/h/x/.cache/letters"),
        ({"HOME": "/h/x", "LETTERS_CACHE_DIR": "k"}, None),
        ({"HOME": "/h/x", "LETTERS_NO_CACHE": "1"}, None),
        ({"HOME": "home"}, None),
        ({"HOME": ""}, None),
        ({}, None),
    ],
)
def test_where_it_lies(environ: dict[str, str], found: str | None) -> None:
    folder = kept_for_user(environ)._folder
    assert (str(folder._path) if folder else None) == found


def test_a_home_of_which_nothing_is_there_is_no_fault(tmp_path: Path) -> None:
    for home in (tmp_path / "not" / "there", Path("/proc/nowhere"), Path("/dev/null"), Path("/\0")):
        kept = kept_for_user({"HOME": str(home)})
        kept.put("thing", MAKER, ("a",), THING)
        assert kept.get("thing", MAKER, ("a",), Thing) is None


def test_nothing_keeps_nothing() -> None:
    NOTHING.put("thing", MAKER, ("a",), THING)
    assert NOTHING.get("thing", MAKER, ("a",), Thing) is None


# How much of it


def test_the_oldest_go_when_there_are_too_many(kept: Kept, place: Path) -> None:
    for number in range(64):
        kept.put("thing", MAKER, (str(number),), THING)
    for age, number in enumerate((3, 1)):
        os.utime(place / kept._name("thing", MAKER, (str(number),)), (age, age))
    assert kept.get("thing", MAKER, ("1",), Thing) == THING  # so it was used lately
    kept.put("thing", MAKER, ("more",), THING)
    assert len(list(place.iterdir())) == 64
    assert kept.get("thing", MAKER, ("3",), Thing) is None
    assert kept.get("thing", MAKER, ("1",), Thing) == THING
    assert kept.get("thing", MAKER, ("more",), Thing) == THING


def test_the_oldest_go_when_there_is_no_room(kept: Kept, place: Path) -> None:
    large = Thing("", bytes(7 << 20))
    for number in range(6):
        kept.put("thing", MAKER, (str(number),), large)
        os.utime(place / kept._name("thing", MAKER, (str(number),)), (number, number))
    assert sum(file.stat().st_size for file in place.iterdir()) <= 32 << 20
    assert kept.get("thing", MAKER, ("5",), Thing) == large
    assert kept.get("thing", MAKER, ("1",), Thing) is None


def test_what_was_left_unfinished_goes_after_an_hour(kept: Kept, place: Path) -> None:
    kept.put("thing", MAKER, ("a",), THING)
    old, new = place / ".thing-old", place / ".thing-new"
    for file in (old, new):
        file.write_bytes(b"half")
    os.utime(old, (time.time() - 4000,) * 2)
    kept.put("thing", MAKER, ("b",), THING)
    assert not old.exists()
    assert new.exists()


def test_a_full_disk_leaves_nothing(kept: Kept, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    kept.put("thing", MAKER, ("a",), THING)
    monkeypatch.setattr(os, "rename", full)
    kept.put("thing", MAKER, ("b",), THING)
    assert len(list(place.iterdir())) == 1


def test_many_at_once_read_whole_entries_only(kept: Kept) -> None:
    wrong: list[object] = []
    value = Thing("", bytes(100_000))

    def work() -> None:
        for number in range(40):
            kept.put("thing", MAKER, (str(number % 3),), value)
            found = kept.get("thing", MAKER, (str(number % 3),), Thing)
            wrong.extend([found] if found not in (None, value) else [])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert kept.get("thing", MAKER, ("0",), Thing) == value


# Who uses it

MAKERS = {fonts: fonts._MAKER, renderer: renderer._MAKER, register: register._MAKER, wording: wording._MAKER}
#: Modules that put nothing into an entry.
NO_PART = {"letters", "letters.problems", "letters.kept", "letters.kept.folder", "letters.kept.maker"}


@pytest.mark.parametrize("module", MAKERS, ids=lambda module: str(module.__name__))
def test_a_maker_names_every_source_file_that_works_for_it(module: object) -> None:
    import grimp

    name = str(module.__name__)  # type: ignore[attr-defined]
    graph = grimp.build_graph("letters", cache_dir=None, exclude_type_checking_imports=True)
    at_work = {name, *graph.find_upstream_modules(name)} - NO_PART
    files = {str(file) for file in MAKERS[module].files()}  # type: ignore[index]
    source = Path(sys.modules["letters"].__file__ or "").parent
    for one in at_work:
        path = source.joinpath(*one.split(".")[1:])
        assert {str(path.with_suffix(".py")), str(path / "__init__.py")} & files, one


@pytest.mark.parametrize(
    ("library", "distribution"),
    [
        ("fontTools", "fonttools"),
        ("docx", "python-docx"),
        ("yaml", "PyYAML"),
        ("docxtpl", "docxtpl"),
        ("jinja2", "Jinja2"),
        ("PIL._version", "pillow"),
    ],
)
def test_a_library_tells_its_version_in_its_source(library: str, distribution: str) -> None:
    assert version(distribution) in version_file(library).read_text("utf-8")
    named = {name for maker in MAKERS.values() for name in maker.libraries}
    assert library in named


def test_finding_a_version_loads_no_library() -> None:
    code = (
        "import sys; from letters.kept.maker import version_file;"
        "version_file('docxtpl'); version_file('fontTools');"
        "assert not {'docxtpl', 'fontTools', 'docx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
