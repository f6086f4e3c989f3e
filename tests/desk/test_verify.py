"""`verify` finds every single thing that is no longer as the manifest tells, and says what it is."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from letters.desk import Desk
from letters.desk.manifest import read_record
from letters.desk.verifying.verify import State, Verified, read_manifest, verify
from letters.document.model import Status
from letters.problems import LettersError, Severity
from letters.render.pdf import DEFAULT_FONT_DIRS

ROOT = Path(__file__).parents[2]
CASE = ROOT / "fixtures" / "integrationsansvar" / "02-afslag-en-grund.yaml"
OUTPUTS = ["letter.docx", "letter.pdf", "letter.txt"]
ALL_SAME = dict.fromkeys(OUTPUTS, State.SAME)


class Remembering(Desk):
    """Draws each case once: the tests change what it is compared with, not what is made."""

    def draw(self, prepared: Any, *args: Any) -> dict[str, bytes]:
        known = self.__dict__.setdefault("_known", {})
        key = (prepared.data, prepared.path.name, prepared.letter.status)
        if key not in known:
            known[key] = super().draw(prepared, *args)
        return dict(known[key])


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, which nobody edits while the tests run."""
    return Path(shutil.copytree(ROOT / "templates" / "da", tmp_path_factory.mktemp("library") / "da"))


@pytest.fixture(scope="module")
def desk(library: Path) -> Desk:
    return Remembering(library, DEFAULT_FONT_DIRS)


@pytest.fixture(scope="module")
def original(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (made,) = desk.make([CASE], tmp_path_factory.mktemp("original"), Status.DRAFT, force=False)
    assert made.folder
    return made.folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """The letter's folder with its case file beside the manifest."""
    shutil.copytree(original, tmp_path / "brev")
    shutil.copy(CASE, tmp_path / "brev")
    return tmp_path / "brev"


def told(found: Verified, severity: Severity = Severity.ERROR) -> list[tuple[str, str]]:
    """Code and file of each problem that is at least so grave."""
    grave = [p for p in found.problems if severity is Severity.WARNING or p.severity is not Severity.WARNING]
    return [(p.code, Path(p.place.file).name) for p in grave]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def change(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


def repacked(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            packed.writestr(name, change(name, source.read(name)))
    path.write_bytes(target.getvalue())


# Nothing changed


def test_an_untouched_letter_is_the_same(desk: Desk, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    found = verify(desk, folder / "manifest.json")
    assert (found.outputs, found.problems) == (ALL_SAME, ())
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_case_may_lie_elsewhere_and_the_folder_be_named(desk: Desk, original: Path) -> None:
    assert verify(desk, original, CASE).problems == ()


def test_a_final_letter_is_made_again_as_a_final(desk: Desk, tmp_path: Path) -> None:
    (made,) = desk.make([CASE], tmp_path, Status.FINAL, force=False)
    assert made.folder
    found = verify(desk, made.folder, CASE)
    assert (found.outputs, found.problems) == (ALL_SAME, ())


# The files beside the manifest


def test_an_edited_text(desk: Desk, folder: Path) -> None:
    change(folder / "letter.txt", b"Du er 24", b"Du er 25")
    found = verify(desk, folder)
    assert found.outputs == {**ALL_SAME, "letter.txt": State.DIFFERENT}
    assert told(found) == [("verify.output-edited", "letter.txt")]
    assert "“… vurdering Du er 25 år" in found.problems[0].text()
    assert "“… vurdering Du er 24 år" in found.problems[0].text()


def test_an_edited_word_file(desk: Desk, folder: Path) -> None:
    swap = (b"Ankestyrelsens", b"Klagestyrelsens")
    repacked(folder / "letter.docx", lambda name, data: data.replace(*swap))
    found = verify(desk, folder)
    assert found.outputs == {**ALL_SAME, "letter.docx": State.DIFFERENT}
    assert told(found) == [("verify.output-edited", "letter.docx")]
    assert "Klagestyrelsens" in found.problems[0].args["there"]
    assert "Ankestyrelsens" in found.problems[0].args["made"]


def test_a_heading_that_became_a_paragraph(desk: Desk, folder: Path) -> None:
    swap = (b'<w:pStyle w:val="Heading2"', b'<w:pStyle w:val="BodyText"')
    repacked(folder / "letter.docx", lambda name, data: data.replace(*swap, 1))
    found = verify(desk, folder)
    assert told(found) == [("verify.output-edited", "letter.docx")]
    assert "heading 2" in found.problems[0].args["made"]


def test_a_word_file_that_was_saved_again_has_the_same_words(desk: Desk, folder: Path) -> None:
    repacked(folder / "letter.docx", lambda name, data: data)
    found = verify(desk, folder)
    assert found.outputs == {**ALL_SAME, "letter.docx": State.SAME_WORDS}
    assert told(found) == [("verify.output-edited", "letter.docx")]


def test_a_pdf_of_another_letter(desk: Desk, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / CASE.name
    other.write_bytes(CASE.read_bytes().replace(b"Du er 24", b"Du er 42"))
    (made,) = desk.make([other], tmp_path / "andet", Status.DRAFT, force=False)
    assert made.folder
    shutil.copy(made.folder / "letter.pdf", folder)
    found = verify(desk, folder)
    assert found.outputs == {**ALL_SAME, "letter.pdf": State.DIFFERENT}
    assert "Du er 42 år" in found.problems[0].args["there"]
    assert "Du er 24 år" in found.problems[0].args["made"]


def test_bytes_after_the_end_of_a_pdf(desk: Desk, folder: Path) -> None:
    with (folder / "letter.pdf").open("ab") as file:
        file.write(b"\n% more")
    found = verify(desk, folder)
    assert found.outputs == {**ALL_SAME, "letter.pdf": State.SAME_WORDS}
    assert told(found) == [("verify.output-edited", "letter.pdf")]


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_file_that_is_no_longer_one(name: str, desk: Desk, folder: Path) -> None:
    (folder / name).write_bytes(b"\xff\x00")
    found = verify(desk, folder)
    assert found.outputs == {**ALL_SAME, name: State.DIFFERENT}
    assert told(found) == [("verify.output-edited", name)]


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_file_that_is_not_there(name: str, desk: Desk, folder: Path) -> None:
    (folder / name).unlink()
    found = verify(desk, folder)
    assert found.outputs == {**ALL_SAME, name: State.MISSING}
    assert told(found) == [("verify.output-missing", name)]


def test_file_and_manifest_changed_together(desk: Desk, folder: Path) -> None:
    """The hash fits the file, but no case and library make it."""
    change(folder / "letter.txt", b"Du er 24", b"Du er 25")
    record = read_manifest(folder / "manifest.json")
    outputs = {**record.outputs, "letter.txt": digest(folder / "letter.txt")}
    forged = replace(record, outputs=outputs)
    (folder / "manifest.json").write_bytes(forged.json_bytes())
    assert told(verify(desk, folder)) == [("verify.output-differs", "letter.txt")]


# The manifest: every entry of it


def entries(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of each value that holds nothing more."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from entries(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from entries(inner, (*path, index))
    else:
        yield path


def altered(value: object, path: tuple[str | int, ...]) -> object:
    """Another value of the same kind, so that the manifest can still be read."""
    name = path[-1]
    if name == "status":
        return "final"
    if name == "date":
        return "2026-03-13"
    if name == "from":
        return "2020-01-01"
    if isinstance(value, str) and len(value) == 64:
        return ("0" if value[0] != "0" else "1") + value[1:]
    return f"{value}x"


def test_every_altered_entry_is_found(desk: Desk, folder: Path) -> None:
    untouched = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    missed, tried = [], 0
    for path in entries(untouched):
        if path == ("format",):
            continue
        record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        holder: Any = record
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = altered(holder[path[-1]], path)
        file = folder / "altered.json"
        file.write_text(json.dumps(record), encoding="utf-8")
        tried += 1
        found = verify(desk, file, folder / CASE.name)
        only_warned = path[0] == "programs" or path == ("case", "file")
        if not told(found, Severity.WARNING if only_warned else Severity.ERROR):
            missed.append(path)
    assert missed == []
    assert tried > 70


def test_every_entry_left_out_is_found(desk: Desk, folder: Path) -> None:
    untouched = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    groups = ("wording", "library", "letterhead", "fonts", "programs", "outputs")
    missed = []
    for group in groups:
        for name in untouched[group]:
            record = json.loads(json.dumps(untouched))
            del record[group][name]
            file = folder / "altered.json"
            file.write_text(json.dumps(record), encoding="utf-8")
            if not told(verify(desk, file, folder / CASE.name), Severity.WARNING):
                missed.append((group, name))
    assert missed == []


@pytest.mark.parametrize(
    ("group", "entry"),
    [
        ("wording", {"andet.md": {"from": None, "sha256": "0" * 64}}),
        ("library", {"andet.yaml": "0" * 64}),
        ("law", {"love/andet.yaml": "0" * 64}),
        ("letterhead", {"brevpapir/andet.css": "0" * 64}),
        ("fonts", {"Andet.ttf": {"family": "Andet", "version": "1", "sha256": "0" * 64}}),
        ("outputs", {"andet.txt": "0" * 64}),
        ("programs", {"andet": "1"}),
    ],
)
def test_an_entry_too_many_is_found(group: str, entry: dict[str, object], desk: Desk, folder: Path) -> None:
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    record[group] |= entry
    (folder / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    assert len(told(verify(desk, folder), Severity.WARNING)) == 1


def test_problems_and_acknowledgements(desk: Desk, folder: Path) -> None:
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    record["problems"].append({"code": "letter.blank", "severity": "warning", "field": None, "line": 3})
    record["acknowledged"].append({"code": "letter.blank", "reason": "ja"})
    (folder / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    codes = [code for code, _ in told(verify(desk, folder))]
    assert codes == ["verify.problems-differ", "verify.acknowledged-differ"]


# What the letter was made from: every file of it


def harmless(path: Path) -> None:
    """Change a file so that the letter can still be made, and says the same."""
    match path.suffix:
        case ".yaml":
            path.write_bytes(path.read_bytes() + b"\n# set\n")
        case ".md":
            path.write_bytes(path.read_bytes() + b"\n\n")
        case ".css":
            path.write_bytes(path.read_bytes() + b"\n/* set */\n")
        case ".html":
            change(path, b"<body", b"<body ")
        case ".svg":
            path.write_bytes(path.read_bytes() + b"\n")
        case ".docx":
            repacked(path, lambda name, data: data)
        case _:
            path.write_bytes(path.read_bytes() + b"\0")


KIND = {"wording": "wording", "library": "library", "law": "law", "letterhead": "letterhead"}


def test_every_changed_file_is_named(desk: Desk, library: Path, folder: Path, tmp_path: Path) -> None:
    """Even one whose change has no effect: nobody can know that without making the letter."""
    record = read_manifest(folder / "manifest.json")
    names = [(group, name) for group in KIND for name in getattr(record, group)]
    assert len(names) > 20
    unnamed = []
    for number, (group, name) in enumerate(names):
        copy = tmp_path / f"library-{number}"
        shutil.copytree(library, copy)
        harmless(copy / name)
        other = Desk(copy, DEFAULT_FONT_DIRS)
        if group != "letterhead":
            other._pdf.update(desk._pdf)  # the letterhead is the same; opening it again takes long
        wanted = (f"verify.{KIND[group]}-changed", Path(name).name)
        if wanted not in told(verify(other, folder)):
            unnamed.append(name)
        shutil.rmtree(copy)
    assert unnamed == []


def test_a_wording_that_says_something_else(library: Path, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(library, tmp_path / "library")
    change(tmp_path / "library" / "standardtekster" / "klagevejledning.md", b"kan klage", b"kan godt klage")
    found = verify(Desk(tmp_path / "library", DEFAULT_FONT_DIRS), folder)
    assert told(found) == [
        ("verify.wording-changed", "klagevejledning.md"),
        *(("verify.output-differs", name) for name in OUTPUTS),
    ]
    assert "kan godt klage" in found.problems[-1].args["made"]


def test_a_newer_version_of_a_wording(library: Path, folder: Path, tmp_path: Path) -> None:
    """The manifest names the old one; today's letter is made from the one that has come."""
    shutil.copytree(library, tmp_path / "library")
    folder_ = tmp_path / "library" / "standardtekster"
    shutil.copy(folder_ / "hilsen.md", folder_ / "hilsen@2025-01-01.md")
    codes = told(verify(Desk(tmp_path / "library", DEFAULT_FONT_DIRS), folder))
    assert codes[:2] == [
        ("verify.wording-missing", "hilsen.md"),
        ("verify.wording-new", "hilsen@2025-01-01.md"),
    ]


def test_another_case(desk: Desk, folder: Path) -> None:
    change(folder / CASE.name, b"Du er 24", b"Du er 42")
    found = verify(desk, folder)
    assert told(found) == [
        ("verify.case-changed", CASE.name),
        *(("verify.output-differs", name) for name in OUTPUTS),
    ]


def test_a_renamed_case_is_only_told(desk: Desk, folder: Path) -> None:
    (folder / CASE.name).rename(folder / "ny.yaml")
    found = verify(desk, folder, folder / "ny.yaml")
    assert found.outputs == ALL_SAME
    assert told(found) == []
    assert told(found, Severity.WARNING) == [("verify.case-renamed", "ny.yaml")]


def test_another_font(library: Path, folder: Path, tmp_path: Path) -> None:
    record = read_manifest(folder / "manifest.json")
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    for name in record.fonts:
        found = next(path for root in DEFAULT_FONT_DIRS for path in root.expanduser().rglob(name))
        shutil.copy(found, fonts)
    with (fonts / "LiberationSans-Bold.ttf").open("ab") as file:
        file.write(b"\0\0\0\0")
    found = verify(Desk(library, [fonts]), folder)
    assert told(found) == [("verify.font-changed", "")]
    assert "LiberationSans-Bold.ttf" in found.problems[0].text()
    assert State.DIFFERENT not in found.outputs.values()


def test_another_version_of_a_program_compares_words(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a machine whose Pango writes other bytes: words and structure are compared, and it is said so."""
    record = read_manifest(folder / "manifest.json")
    with (folder / "letter.pdf").open("ab") as file:
        file.write(b"\n")
    old = replace(
        record,
        programs={**record.programs, "pango": "1.40.1"},
        outputs={**record.outputs, "letter.pdf": digest(folder / "letter.pdf")},
    )
    (folder / "manifest.json").write_bytes(old.json_bytes())
    found = verify(desk, folder)
    assert found.outputs == {**ALL_SAME, "letter.pdf": State.SAME_WORDS}
    assert told(found) == []
    assert told(found, Severity.WARNING) == [
        ("verify.program-changed", ""),
        ("verify.bytes-differ", "letter.pdf"),
    ]
    assert f"pango 1.40.1 → {record.programs['pango']}" in found.problems[0].text()


# What cannot be verified


def test_a_case_that_makes_no_letter_any_more(desk: Desk, folder: Path) -> None:
    change(folder / CASE.name, b"matter: decision", b"matter: d\xc3\xb8m")
    change(folder / "letter.txt", b"Du er 24", b"Du er 25")
    found = verify(desk, folder)
    codes = [code for code, _ in told(found)]
    assert codes[:2] == ["verify.case-changed", "verify.cannot-remake"]
    assert codes[-1] == "verify.output-edited"
    assert set(found.outputs.values()) == {State.UNKNOWN}


def code_of(desk: Desk, path: Path, case: Path | None = None) -> str:
    with pytest.raises(LettersError) as caught:
        verify(desk, path, case)
    (problem,) = caught.value.problems
    return problem.code


def test_what_cannot_be_verified_at_all(desk: Desk, original: Path, folder: Path) -> None:
    assert code_of(desk, original) == "verify.no-case"
    assert code_of(desk, folder / "letter.txt") == "verify.no-manifest"
    assert code_of(desk, folder / "findes-ikke.json") == "verify.unreadable"
    (folder / "manifest.json").write_text("{}")
    assert code_of(desk, folder) == "verify.no-manifest"


def test_a_manifest_leads_to_no_other_folder(desk: Desk, folder: Path) -> None:
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    record["outputs"]["../../etc/passwd"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    assert code_of(desk, folder) == "verify.no-manifest"


def test_no_civil_number_is_repeated(desk: Desk, folder: Path) -> None:
    change(folder / "letter.txt", b"Du er 24", b"010180-0008 eller 0101800008 er 24")
    text = verify(desk, folder).problems[0].text()
    assert "0008" not in text
    assert "010180-xxxx" in text


def test_a_manifest_is_read_as_it_was_written(folder: Path) -> None:
    data = (folder / "manifest.json").read_bytes()
    assert read_record(data).json_bytes() == data
