"""Appendices on the desk: their files, their protection, and what is told when something is wrong."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from letters.case.confidential import ConfidentialAppendix, Person
from letters.desk import Desk, Made
from letters.desk.appendices import confidential as desk_confidential
from letters.desk.appendices.confidential import Profile, Protection
from letters.document.model import Status
from letters.problems import OutputError
from letters.render.pdf import DEFAULT_FONT_DIRS
from letters.secrecy.seal import Password, is_sealed, open_sealed

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "fixtures" / "bilag" / "to-sager.yaml"
GOOD = FIXTURE.read_text(encoding="utf-8")
PASSWORD = Password("violin kastanje trappe seksten")
SEALED = Protection(password=PASSWORD)
JOURNAL = Protection(Profile.JOURNAL)
DOCUMENTS = [
    f"{stem}.{ending}" for stem in ("appendix", "person-1", "person-2") for ending in ("docx", "pdf")
]
SECRETS = (
    "Leyla", "Karimova", "Yonas", "Tesfamariam", "010180", "020280", "0187345", "0034410", "Fyrremosevej",
    "Gravhøjsstien", "73 11", "yonas.t", "transkvinde", "homoseksuel", "trusler", PASSWORD.reveal(),
)  # fmt: skip

NO_BASIS = ("    basis:\n      - kind: consent\n        date: 2021-08-20\n", "")
OPEN_FIELD = "secrecy.open-field-names-person"
NO_ORDER = ("secrecy_order: true\n", "")
FONTS = (b"\0\1\0\0", b"OTTO")

Case = Callable[..., Path]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(ROOT / "templates" / "da", DEFAULT_FONT_DIRS)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """case(("old", "new"), name="bilag-1.yaml") writes the appendix, with changes, and gives its path."""

    def case(*changes: tuple[str, str], name: str = "bilag-1.yaml") -> Path:
        text = GOOD
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return case


def make(
    desk: Desk, path: Path, out: Path, protection: Protection | None = SEALED, **options: object
) -> Made:
    status = options.pop("status", Status.DRAFT)
    options.setdefault("force", False)
    (made,) = desk.make([path], out, status, protection=protection, **options)  # type: ignore[arg-type]
    return made


def codes(made: Made) -> list[str]:
    return [problem.code for problem in made.problems]


def silent(made: Made) -> bool:
    told = " ".join(
        f"{p.text()} {p.help.format_map(dict(p.args))} {p.place} {sorted(map(str, p.args.values()))}"
        for p in made.problems
    )
    return not [secret for secret in SECRETS if secret in told]


def nothing_in(out: Path) -> bool:
    return not out.exists() or not [path for path in out.rglob("*") if path.is_file()]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# What comes out


@pytest.mark.parametrize("status", [Status.DRAFT, Status.FINAL])
def test_an_appendix_of_two_is_three_documents_that_only_the_owner_can_reach(desk, case, tmp_path, status):
    before = os.umask(0)
    try:
        made = make(desk, case(), tmp_path / "out", status=status)
    finally:
        os.umask(before)
    folder = tmp_path / "out" / "bilag-1" / "confidential"
    assert made.folder == folder
    assert codes(made) == []
    assert sorted(path.name for path in folder.iterdir()) == sorted([*DOCUMENTS, "manifest.json"])
    assert mode(folder) == 0o700
    assert {mode(path) for path in folder.iterdir()} == {0o600}
    assert sorted(path.name for path in folder.parent.iterdir()) == ["confidential"]
    assert all(is_sealed((folder / name).read_bytes()) for name in DOCUMENTS)


def test_every_document_opens_with_the_password(desk, case, tmp_path):
    folder = make(desk, case(), tmp_path / "out").folder
    assert folder
    for name in DOCUMENTS:
        assert open_sealed((folder / name).read_bytes(), PASSWORD)[:4] in (b"%PDF", b"PK\x03\x04")
        with pytest.raises(OutputError):
            open_sealed((folder / name).read_bytes(), Password(PASSWORD.reveal() + "x"))


def test_poppler_reads_page_numbers_and_words_of_secrecy_on_every_page(desk, case, tmp_path):
    folder = make(desk, case(), tmp_path / "out").folder
    assert folder
    for name in ("appendix.pdf", "person-1.pdf"):
        command = ["pdftotext", "-upw", PASSWORD.reveal(), str(folder / name), "-"]
        pages = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")[:-1]
        for number, page in enumerate(pages, 1):
            assert f"Side {number} af {len(pages)}" in page
            assert "FORTROLIGT. Følsomme personoplysninger" in page
            assert "UDKAST" in page


def test_an_appendix_that_may_not_be_shared_is_one_document(desk, case, tmp_path):
    made = make(desk, case(("sharing: people-concerned", "sharing: none")), tmp_path / "out", JOURNAL)
    assert sorted(path.name for path in made.files) == ["appendix.docx", "appendix.pdf", "manifest.json"]


def test_another_root_takes_the_confidential_files(desk, case, tmp_path):
    root = tmp_path / "safe"
    made = make(desk, case(), tmp_path / "out", Protection(password=PASSWORD, root=root))
    assert made.folder == root / "bilag-1" / "confidential"
    assert not (tmp_path / "out").exists()


def test_the_same_appendix_comes_out_of_two_runs(desk, case, tmp_path):
    first, second = (make(desk, case(), tmp_path / name).folder for name in "ab")
    assert first
    assert second
    assert (first / "manifest.json").read_bytes() == (second / "manifest.json").read_bytes()
    for name in DOCUMENTS:
        one, other = (folder.joinpath(name).read_bytes() for folder in (first, second))
        assert one != other
        assert open_sealed(one, PASSWORD) == open_sealed(other, PASSWORD)


def test_the_manifest_says_nothing_of_anybody(desk, case, tmp_path):
    folder = make(desk, case(), tmp_path / "out").folder
    assert folder
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    assert not [secret for secret in SECRETS if secret in text]
    record = json.loads(text)
    assert record["confidential"]["appendix"] == "to-sager"
    assert record["confidential"]["profile"] == "sealed"
    assert sorted(record["outputs"]) == sorted(DOCUMENTS)


@pytest.mark.parametrize("profile", [Profile.JOURNAL, Profile.DIGITAL_POST, Profile.UNSEALED])
def test_what_must_be_opened_by_others_is_not_sealed_and_still_closed_in(desk, case, tmp_path, profile):
    made = make(desk, case(), tmp_path / "out", Protection(profile))
    folder = made.folder
    assert folder
    assert not any(is_sealed((folder / name).read_bytes()) for name in DOCUMENTS)
    assert mode(folder) == 0o700
    assert {mode(path) for path in folder.iterdir()} == {0o600}


def test_check_writes_nothing_and_tells_of_an_appendix_what_draft_would(desk, case, tmp_path):
    path = case(NO_BASIS, NO_ORDER)
    before = sorted(tmp_path.iterdir())
    assert [problem.code for problem in desk.check(path)] == ["secrecy.no-basis"]
    assert sorted(tmp_path.iterdir()) == before


# Bad input


def test_an_organisation_without_basis_gets_a_draft_and_no_final(desk, case, tmp_path):
    path = case(NO_BASIS, NO_ORDER)
    draft = make(desk, path, tmp_path / "a", JOURNAL)
    assert "secrecy.no-basis" in codes(draft)
    assert draft.folder
    final = make(desk, path, tmp_path / "b", JOURNAL, status=Status.FINAL)
    assert "secrecy.no-basis" in codes(final)
    assert final.folder is None
    assert nothing_in(tmp_path / "b")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("title: gennemgang af to sager", "title: Leylas sag"), "secrecy.title-names-person"),
        (("title: gennemgang af to sager", "title: sagen i Fyrremosevej 18"), OPEN_FIELD),
        (("title: gennemgang af to sager", "title: ring 99 90 73 11"), OPEN_FIELD),
        (("id: to-sager", "id: karimova"), OPEN_FIELD),
        (("id: to-sager", "id: sag-20200187345"), OPEN_FIELD),
        (("råbt efter hende", "råbt 010180-0008 efter hende"), "secrecy.cpr-in-full"),
        (("råbt efter hende", "råbt 010180-**0008** efter hende"), "secrecy.cpr-in-full"),
        (("råbt efter hende", "råbt 0101800008 efter hende"), "secrecy.cpr-in-full"),
        (("en lille by", "Fyrremosevej 18"), "secrecy.protected-address"),
        (("en lille by", "fyrremosevej 18, 2. tv,"), "secrecy.protected-address"),
        (("Hun meldte", "<b>Leyla</b> meldte"), "case.prose"),
        (("    outcome: >-", "    outcome: 'Leyla"), "case.yaml-syntax"),
        (("    legal_basis: integrationslovens § 18, stk. 2\n", "    Leyla: x\n"), "case.unknown-key"),
        (("date: 2021-09-10", "date: Leyla"), "case.not-a-date"),
        (("Leyla bor", "\u0915 Leyla bor"), "render.missing-glyph"),
        (("Leyla bor i", "Yonas og Leyla bor i"), "secrecy.leak-name-part"),
        (("Leyla bor i", "Leyla og Yonas Tesfamariam bor i"), "secrecy.leak-name"),
        (("Leyla bor i", "Leyla (sag 2021-0034410-7) bor i"), "secrecy.leak-case-number"),
        (("Leyla bor i", "Leyla, yonas.t@post.example, bor i"), "secrecy.leak-email"),
    ],
)  # fmt: skip
def test_what_may_not_be_leaves_no_file_and_no_word(desk, case, tmp_path, change, code):
    made = make(desk, case(change), tmp_path / "out")
    assert code in codes(made)
    assert made.folder is None
    assert nothing_in(tmp_path / "out")
    assert silent(made)


def test_a_word_of_another_person_may_be_allowed_with_a_reason(desk, case, tmp_path):
    path = case(
        ("Leyla bor i", "Yonas og Leyla bor i"),
        ("signatory:", "allowed:\n  - {word: Yonas, reason: De to kender hinanden.}\nsignatory:"),
    )
    made = make(desk, path, tmp_path / "out", JOURNAL)
    assert made.folder
    record = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    assert record["confidential"]["allowed"] == [{"word": "Yonas", "reason": "De to kender hinanden."}]


@pytest.mark.parametrize(
    "name",
    ["leyla-karimova", "LeylaKarimova", "brevkarimova-leyla", "010180-0008", "9990 7311", "k a r i m o v a"],
)
def test_a_file_name_that_names_a_person_is_refused(desk, case, tmp_path, name):
    made = make(desk, case(name=f"{name}.yaml"), tmp_path / "out")
    assert codes(made) == ["secrecy.name-in-file-name"]
    assert nothing_in(tmp_path / "out")
    assert "karimova" not in " ".join(f"{p.text()} {p.place}" for p in made.problems).casefold()


@pytest.mark.parametrize(
    ("protection", "code"),
    [
        (None, "secrecy.no-password"),
        (Protection(), "secrecy.no-password"),
        (Protection(password=Password("kort")), "secrecy.weak-password"),
        (Protection(password=Password("kastanje karimova trappe")), "secrecy.weak-password"),
        (Protection(password=Password("kastanje 0187345 trappe")), None),
        (Protection(password=Password("kastanje 2020-0187345-2")), "secrecy.weak-password"),
        (Protection(password=Password("kastanje fyrremosevej 18")), "secrecy.weak-password"),
    ],
)
def test_no_or_weak_passwords_are_refused(desk, case, tmp_path, protection, code):
    made = make(desk, case(), tmp_path / "out", protection)
    if code is None:
        assert made.folder
    else:
        assert set(codes(made)) == {code}
        assert nothing_in(tmp_path / "out")
        assert silent(made)


def test_digital_post_needs_a_recorded_receiver(desk, case, tmp_path):
    start, end = GOOD.index("recipients:"), GOOD.index("secrecy_order:")
    path = case((GOOD[start:end], ""), ("secrecy_order: true\n", ""))
    assert codes(make(desk, path, tmp_path / "a", Protection(Profile.DIGITAL_POST))) == [
        "secrecy.no-recipient"
    ]
    assert make(desk, path, tmp_path / "b", JOURNAL).folder


def test_a_folder_that_others_can_read_is_refused_even_with_force(desk, case, tmp_path):
    folder = tmp_path / "out" / "bilag-1" / "confidential"
    folder.mkdir(parents=True)
    for bits in (0o750, 0o705, 0o777):
        folder.chmod(bits)
        for force in (False, True):
            with pytest.raises(OutputError) as raised:
                make(desk, case(), tmp_path / "out", force=force)
            assert "secrecy.folder-open" in [p.code for p in raised.value.problems]
    assert list(folder.iterdir()) == []


def test_a_folder_above_that_everybody_can_write_to_is_refused(desk, case, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o777)
    with pytest.raises(OutputError) as raised:
        make(desk, case(), out)
    assert [p.code for p in raised.value.problems] == ["secrecy.folder-open"]
    out.chmod(0o1777)
    assert make(desk, case(), out, JOURNAL).folder


def test_a_link_is_no_folder(desk, case, tmp_path):
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "out" / "bilag-1").mkdir(parents=True)
    (tmp_path / "out" / "bilag-1" / "confidential").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError) as raised:
        make(desk, case(), tmp_path / "out", force=True)
    assert [p.code for p in raised.value.problems] == ["secrecy.folder-link"]
    assert nothing_in(tmp_path / "elsewhere")


def test_an_unencrypted_file_of_the_same_name_is_told_and_replaced_only_by_force(desk, case, tmp_path):
    made = make(desk, case(), tmp_path / "out", JOURNAL)
    assert made.folder
    with pytest.raises(OutputError) as raised:
        make(desk, case(), tmp_path / "out")
    assert {p.code for p in raised.value.problems} == {"secrecy.unsealed-there"}
    assert not is_sealed((made.folder / "appendix.pdf").read_bytes())
    forced = make(desk, case(), tmp_path / "out", force=True)
    assert set(codes(forced)) == {"secrecy.unsealed-replaced"}
    assert all(is_sealed((made.folder / name).read_bytes()) for name in DOCUMENTS)


def test_a_sealed_appendix_is_not_replaced_without_force(desk, case, tmp_path):
    make(desk, case(), tmp_path / "out")
    with pytest.raises(OutputError) as raised:
        make(desk, case(), tmp_path / "out")
    assert [p.code for p in raised.value.problems] == ["output.exists"]
    assert codes(make(desk, case(), tmp_path / "out", force=True)) == []


def test_a_letter_never_replaces_a_folder_with_confidential_files(desk, case, tmp_path):
    make(desk, case(name="svar.yaml"), tmp_path / "out", JOURNAL)
    reply = tmp_path / "andre" / "svar.yaml"
    reply.parent.mkdir()
    shutil.copy(ROOT / "fixtures" / "besvarelse" / "03-et-spoergsmaal.yaml", reply)
    (made,) = desk.make([reply], tmp_path / "out", Status.DRAFT, force=True)
    assert codes(made) == ["output.confidential-there"]
    assert len(list((tmp_path / "out" / "svar" / "confidential").iterdir())) == 7


# One citizen never reads of another


def read_back(folder: Path, number: int) -> str:
    """All that two other programs read in an extract: poppler in the PDF, python-docx in the Word file."""
    pdf = folder / f"person-{number}.pdf"
    told = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
    told += subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    document = docx.Document(str(folder / f"person-{number}.docx"))
    parts = [document.element.body, *(s.first_page_header._element for s in document.sections)]
    told += " ".join(node.text or "" for part in parts for node in part.iter() if node.tag.endswith("}t"))
    return " ".join(told.replace("\u2010\n", "").split())


def runs(person: Person) -> set[str]:
    told = f"{person.account} {person.outcome}".split()
    return {" ".join(told[i : i + 7]) for i in range(len(told) - 6)}


def test_an_extract_holds_no_identifier_and_no_seven_words_that_are_only_another_s(desk, case, tmp_path):
    both = "De kom begge til kommunen samme dag i november."
    path = case(("Leyla bor i", f"{both} Leyla bor i"), ("Yonas søgte i", f"{both} Yonas søgte i"))
    folder = make(desk, path, tmp_path / "out", JOURNAL).folder
    assert folder
    people = desk.confidential().read(path, path.read_bytes()).appendix.people
    for number, (own, other) in enumerate((people, people[::-1]), 1):
        told = read_back(folder, number)
        assert own.name in told
        assert both in told
        foreign = runs(other) - runs(own)
        assert len(foreign) > 40
        assert not [run for run in foreign if run in told]
        identifiers = (*other.name.split(), other.case_number, other.phone, other.email, other.address.street)
        assert not [text for text in identifiers if text and text in told]
        assert other.cpr.digits[:6] not in told.replace("-", "")


def test_an_extract_that_was_made_of_everybody_is_not_written(desk, case, tmp_path, monkeypatch):
    """Built wrongly, it is found in the finished bytes: names, numbers, words of the other account."""
    monkeypatch.setattr(ConfidentialAppendix, "alone", lambda self, index: self)
    made = make(desk, case(), tmp_path / "out", JOURNAL)
    assert made.folder is None
    assert nothing_in(tmp_path / "out")
    assert {"secrecy.leak-name", "secrecy.leak-case-number", "secrecy.leak-account-run"} <= set(codes(made))
    assert {p.place.field for p in made.problems} == {"people[0]", "people[1]"}
    assert silent(made)


# Whole or nothing, and silent


@pytest.mark.parametrize("breaking", ["_write", "place_folder"])
def test_a_disk_that_fails_leaves_nothing_behind(desk, case, tmp_path, monkeypatch, breaking):
    from letters.desk.appendices import closed

    real, calls = getattr(closed, breaking), []

    def fails(path: Path, *rest: object, **how: object) -> None:
        calls.append(path)
        if len(calls) == (3 if breaking == "_write" else 1):
            raise OSError(28, "No space left on device")
        real(path, *rest, **how)

    monkeypatch.setattr(closed, breaking, fails)
    made = make(desk, case(), tmp_path / "out", JOURNAL)
    assert codes(made) == ["output.failed"]
    assert made.outside
    assert list((tmp_path / "out").iterdir()) == []
    assert silent(made)


def test_an_interruption_leaves_nothing_behind(desk, case, tmp_path, monkeypatch):
    from letters.desk.appendices import closed

    def interrupted(path: Path, contents: bytes) -> None:
        path.write_bytes(contents)
        raise KeyboardInterrupt

    monkeypatch.setattr(closed, "_write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make(desk, case(), tmp_path / "out", JOURNAL)
    assert list((tmp_path / "out").iterdir()) == []


_KILLED = """
import os, sys
from pathlib import Path
from letters.desk.appendices import closed
real = closed.%s
def killed(*args):
    real(*args)
    os.kill(os.getpid(), 9)
closed.%s = killed
files = {"appendix.pdf": b"Leyla", "manifest.json": b"{}"}
closed.write_closed(Path(sys.argv[1]), "to-sager", files, force=True)
"""


def killed(out: Path, after: str) -> None:
    ran = subprocess.run([sys.executable, "-c", _KILLED % (after, after), str(out)], check=False)
    assert ran.returncode == -9


def test_what_a_killed_run_left_is_told_and_taken_away_by_the_next(desk, case, tmp_path):
    killed(tmp_path / "out", "_write")
    (part,) = (tmp_path / "out" / "to-sager").iterdir()
    assert mode(part) == 0o700
    assert [mode(file) for file in part.iterdir()] == [0o600]
    made = make(desk, case(name="andre-sager.yaml"), tmp_path / "out")
    assert codes(made) == ["secrecy.leftover-removed"]
    assert not part.exists()
    assert made.folder
    assert [path.name for path in made.folder.parent.iterdir()] == ["confidential"]


def test_an_appendix_that_a_killed_run_had_moved_aside_comes_back(desk, case, tmp_path):
    folder = make(desk, case(), tmp_path / "out").folder
    assert folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    aside = folder.parent / ".confidential.abc.old"
    aside.mkdir(mode=0o700)
    folder.rename(aside / "old")
    made = make(desk, case(), tmp_path / "out")
    assert codes(made) == ["secrecy.leftover-restored", "output.exists"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert not aside.exists()


def test_nothing_is_taken_from_a_run_that_is_still_at_work(desk, case, tmp_path):
    from letters.desk.appendices.leftovers import locked

    part = tmp_path / "out" / "to-sager" / ".confidential.abc.part"
    part.mkdir(parents=True, mode=0o700)
    with locked(part.parent) as free:
        assert free
        assert codes(make(desk, case(name="to-sager.yaml"), tmp_path / "out")) == ["output.busy"]
        assert part.exists()
    assert codes(make(desk, case(name="to-sager.yaml"), tmp_path / "out")) == ["secrecy.leftover-removed"]


def test_a_link_that_looks_like_a_leftover_is_left_alone(desk, case, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").touch()
    (tmp_path / "out" / "to-sager").mkdir(parents=True)
    (tmp_path / "out" / "to-sager" / ".confidential.abc.part").symlink_to(elsewhere)
    assert codes(make(desk, case(name="to-sager.yaml"), tmp_path / "out")) == []
    assert (elsewhere / "file").exists()


def test_a_failed_force_leaves_the_old_appendix(desk, case, tmp_path, monkeypatch):
    from letters.desk.appendices import closed

    folder = make(desk, case(), tmp_path / "out", JOURNAL).folder
    assert folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fails(path: Path, contents: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(closed, "_write", fails)
    assert codes(make(desk, case(), tmp_path / "out", JOURNAL, force=True)) == ["output.failed"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == ["confidential"]


def test_a_fault_of_the_program_says_nothing_of_the_appendix(desk, case, tmp_path, monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise ValueError("Leyla Karimova 010180-0008")

    monkeypatch.setattr(desk_confidential, "printed_problems", fails)
    made = make(desk, case(), tmp_path / "out")
    assert codes(made) == ["secrecy.failed"]
    assert made.outside
    assert silent(made)
    assert nothing_in(tmp_path / "out")


_AUDITED = """
import os, sys
from pathlib import Path
seen = []
def hook(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)) and isinstance(args[2], int):
        if args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            seen.append(os.fsdecode(args[0]))
    elif event in ("os.mkdir", "tempfile.mkdtemp", "tempfile.mkstemp"):
        seen.append(os.fsdecode(args[0]))
from letters.desk import Desk
from letters.desk.appendices.confidential import Protection
from letters.document.model import Status
from letters.render.pdf import DEFAULT_FONT_DIRS
from letters.secrecy.seal import Password
protection = Protection(password=Password("violin kastanje trappe seksten"))
desk = Desk(Path(sys.argv[1]), DEFAULT_FONT_DIRS)
for out in sys.argv[3:]:
    (made,) = desk.make([Path(sys.argv[2])], Path(out), Status.DRAFT, force=False, protection=protection)
    assert made.folder, made.problems
    sys.addaudithook(hook)
print("\\n".join(seen))
"""


def test_every_file_that_is_written_lies_in_the_closed_folder(case, tmp_path):
    """What comes with the first letter alone holds no word of it: libraries look for each other and fonts."""
    out, temporary = tmp_path / "out", tmp_path / "temporary"
    temporary.mkdir()
    places = [str(path) for path in (ROOT / "templates" / "da", case(), tmp_path / "first", out)]
    command = [sys.executable, "-B", "-c", _AUDITED, *places]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(temporary)}
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    written = ran.stdout.split()
    assert len(written) > 7
    assert [path for path in written if not Path(path).is_relative_to(out)] == []
    inside = [path for path in written if Path(path).is_relative_to(out / "bilag-1")]
    assert all(path == str(out / "bilag-1") or ".confidential." in path for path in inside)
    assert [
        path for path in temporary.rglob("*") if path.is_file() and path.read_bytes()[:4] not in FONTS
    ] == []
