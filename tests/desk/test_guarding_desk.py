"""Open letters on the desk: compared with their appendices before a file is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from letters.case.read import read_case
from letters.desk import Desk, Made
from letters.desk.appendices.guard_files import guard_files
from letters.document.model import Status
from letters.problems import CaseError, OutputError, Severity
from letters.render.pdf import DEFAULT_FONT_DIRS

ROOT = Path(__file__).parents[2]
REPLY = (ROOT / "fixtures" / "besvarelse" / "01-praksis-og-tal.yaml").read_text(encoding="utf-8")
DECISION = (ROOT / "fixtures" / "integrationsansvar" / "02-afslag-en-grund.yaml").read_text(encoding="utf-8")
APPENDIX = (ROOT / "fixtures" / "bilag" / "to-sager.yaml").read_text(encoding="utf-8")
FILES = ["letter.docx", "letter.pdf", "letter.txt", "manifest.json"]
SECRETS = ("Leyla", "Karimova", "Yonas", "Tesfamariam", "010180", "020280", "0187345", "Fyrremosevej")

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(ROOT / "templates" / "da", DEFAULT_FONT_DIRS)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """write("svar.yaml", REPLY, ("old", "new")) writes a case file, with changes, and gives its path."""

    def write(name: str, text: str, *changes: tuple[str, str]) -> Path:
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def make(
    desk: Desk,
    path: Path,
    out: Path,
    appendices: tuple[Path, ...] = (),
    record: Path | None = None,
    status: Status = Status.DRAFT,
) -> Made:
    against = desk.against(appendices, record) if appendices or record else None
    (made,) = desk.make([path], out, status, force=False, against=against)
    return made


def codes(made: Made) -> list[str]:
    return [problem.code for problem in made.problems]


def refused(made: Made, code: str) -> None:
    """Nothing was written, the code is told, and no secret with it."""
    assert code in codes(made)
    assert made.folder is None
    told = " ".join(f"{p.text()} {p.help.format_map(dict(p.args))} {p.place} {p.args}" for p in made.problems)
    assert not [secret for secret in SECRETS if secret in told]


ANSWER = ("Nej, vi følger de samme regler som før.", "Nej, vi følger {} de samme regler som før.")


def leaking(secret: str) -> tuple[str, str]:
    return ANSWER[0], ANSWER[1].format(secret)


# Against an appendix


@pytest.mark.parametrize("status", [Status.DRAFT, Status.FINAL])
def test_a_reply_without_a_word_of_its_appendix_is_made(desk, write, tmp_path, status):
    appendix = write("bilag-1.yaml", APPENDIX)
    made = make(desk, write("svar.yaml", REPLY), tmp_path / "out", (appendix,), status=status)
    assert codes(made) == []
    assert made.folder
    record = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    assert record["guard"] == {"appendices": ["to-sager"], "allowed": []}
    assert sorted(path.name for path in made.folder.iterdir()) == FILES


def test_another_name_of_a_person_is_a_secret_too(desk, write, tmp_path):
    appendix = write(
        "bilag-1.yaml", APPENDIX, ("    cpr: 010180", "    other_names: [Lili Marsk]\n    cpr: 010180")
    )
    refused(make(desk, write("svar.yaml", REPLY, leaking("Lili Marsk")), tmp_path / "out", (appendix,)),
            "secrecy.leak-name")  # fmt: skip


def test_a_draft_without_its_appendix_warns_and_a_final_is_refused(desk, write, tmp_path):
    reply = write("svar.yaml", REPLY)
    draft = make(desk, reply, tmp_path / "a")
    assert [(p.code, p.severity) for p in draft.problems] == [("secrecy.not-guarded", Severity.WARNING)]
    assert draft.folder
    assert "guard" not in json.loads((draft.folder / "manifest.json").read_text(encoding="utf-8"))
    refused(make(desk, reply, tmp_path / "b", status=Status.FINAL), "secrecy.not-guarded")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.FINAL])
@pytest.mark.parametrize(
    ("secret", "code"),
    [
        ("Leyla Karimova", "secrecy.leak-name"),
        ("Tesfamariams sag og", "secrecy.leak-name-part"),
        ("010180-0008", "secrecy.leak-cpr"),
        ("Fyrremosevej 18", "secrecy.leak-address"),
        ("2020-0187345-2", "secrecy.leak-case-number"),
        ("99 90 73 11", "secrecy.leak-phone"),
        ("yonas.t@post.example", "secrecy.leak-email"),
        ("og politiet har givet hende en kontaktperson, men kunne ikke", "secrecy.leak-account-run"),
    ],
)  # fmt: skip
def test_a_secret_pasted_into_an_answer_stops_the_letter(desk, write, tmp_path, secret, code, status):
    appendix = write("bilag-1.yaml", APPENDIX)
    reply = write("svar.yaml", REPLY, leaking(secret))
    made = make(desk, reply, tmp_path / "out", (appendix,), status=status)
    # The checks of a final letter refuse a CPR number before there is a file to look through.
    early = "law.cpr-printed" in codes(made) and status is Status.FINAL
    refused(made, "law.cpr-printed" if early else code)
    assert not (tmp_path / "out").exists()


def test_a_title_in_the_open_file_that_names_a_person_stops_the_letter(desk, write, tmp_path):
    appendix = write("bilag-1.yaml", APPENDIX)
    reply = write("svar.yaml", REPLY, ("title: gennemgang af to sager", "title: gennemgang af Leylas sag"))
    made = make(desk, reply, tmp_path / "out", (appendix,))
    refused(made, "secrecy.leak-name-part")
    assert "secrecy.other-title" in codes(made)


def test_a_case_file_named_after_a_person_stops_the_letter(desk, write, tmp_path):
    appendix = write("bilag-1.yaml", APPENDIX)
    refused(make(desk, write("svar-om-karimova.yaml", REPLY), tmp_path / "out", (appendix,)),
            "secrecy.leak-name-part")  # fmt: skip


def test_an_allowed_word_is_recorded_with_its_reason(desk, write, tmp_path):
    appendix = write("bilag-1.yaml", APPENDIX, ("name: Yonas Tesfamariam", "name: Yonas Bay"))
    reply = write("svar.yaml", REPLY)
    refused(make(desk, reply, tmp_path / "a", (appendix,)), "secrecy.leak-name-part")
    allowed = "allowed:\n  - {word: Bay, reason: Direktøren hedder også Bay.}\nsignatory:"
    reply = write("svar.yaml", REPLY, ("signatory:", allowed))
    made = make(desk, reply, tmp_path / "b", (appendix,))
    assert made.folder
    record = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    assert record["guard"]["allowed"] == [{"word": "Bay", "reason": "Direktøren hedder også Bay."}]


def test_words_of_the_inquiry_are_no_leak(desk, write, tmp_path):
    """The other side may have asked in the very words that the account repeats."""
    words = "hvor mange af dem begrundede ønsket med, at de er homoseksuelle, biseksuelle"
    appendix = write("bilag-1.yaml", APPENDIX, ("Yonas søgte i februar 2021.", f"De spurgte: {words}?"))
    assert make(desk, write("svar.yaml", REPLY), tmp_path / "out", (appendix,)).folder


def test_a_recipient_who_is_in_the_appendix_is_a_warning(desk, write, tmp_path):
    appendix = write("bilag-1.yaml", APPENDIX, ("name: Yonas Tesfamariam", "name: Tariq Suleiman"))
    made = make(desk, write("svar.yaml", REPLY), tmp_path / "out", (appendix,))
    assert made.folder
    assert codes(made)
    assert {p.severity for p in made.problems} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("title: gennemgang af to sager", "title: gennemgang af to andre sager"), "secrecy.other-title"),
        (("sharing: people-concerned", "sharing: none"), "secrecy.other-sharing"),
    ],
)
def test_title_and_sharing_are_those_of_the_appendix(desk, write, tmp_path, change, code):
    appendix = write("bilag-1.yaml", APPENDIX, change)
    refused(make(desk, write("svar.yaml", REPLY), tmp_path / "out", (appendix,)), code)


def test_one_appendix_of_two_leaves_the_letter_unguarded(desk, write, tmp_path):
    appendix = write("bilag-1.yaml", APPENDIX)
    more = "  - {id: andet-bilag, title: regnskab, sharing: none}\nsignatory:"
    reply = write("svar.yaml", REPLY, ("signatory:", more))
    draft = make(desk, reply, tmp_path / "a", (appendix,))
    assert codes(draft) == ["secrecy.not-guarded"]
    assert draft.folder
    refused(make(desk, reply, tmp_path / "b", (appendix,), status=Status.FINAL), "secrecy.not-guarded")


def test_an_appendix_of_another_id_is_refused_before_anything_is_made(desk, write, tmp_path):
    appendix = write("bilag-1.yaml", APPENDIX, ("id: to-sager", "id: tre-sager"))
    with pytest.raises(CaseError) as raised:
        make(desk, write("svar.yaml", REPLY), tmp_path / "out", (appendix,))
    assert [p.code for p in raised.value.problems] == ["secrecy.other-appendix"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (REPLY, "secrecy.not-an-appendix"),
        (APPENDIX + "  oops", "case.yaml-syntax"),
        (None, "case.unreadable"),
    ],
)
def test_what_is_no_readable_appendix_is_refused(desk, write, tmp_path, text, code):
    path = write("bilag-1.yaml", text) if text else tmp_path / "bilag-1.yaml"
    with pytest.raises(CaseError) as raised:
        desk.against([path], None)
    assert [p.code for p in raised.value.problems] == [code]


def test_two_appendices_of_one_id_are_refused(desk, write):
    paths = [write("bilag-1.yaml", APPENDIX), write("bilag-2.yaml", APPENDIX)]
    with pytest.raises(CaseError) as raised:
        desk.against(paths, None)
    assert [p.code for p in raised.value.problems] == ["secrecy.same-id"]


def test_no_open_letter_is_made_of_an_appendix(desk, write):
    with pytest.raises(CaseError) as raised:
        desk.prepare(write("bilag-1.yaml", APPENDIX), Status.DRAFT)
    assert [p.code for p in raised.value.problems] == ["secrecy.appendix-not-open"]


# Without any appendix


def test_a_cpr_number_stops_any_reply(desk, write, tmp_path):
    change = ("gennemgang af to sager", "gennemgang af to sager, CPR 211062-5629")
    refused(make(desk, write("svar.yaml", REPLY, change), tmp_path / "out"), "secrecy.cpr-like")


def test_a_cpr_number_may_stand_in_a_decision_to_the_party(desk, write, tmp_path):
    name = DECISION.split("\nrecipients:")[1].split("name: ")[1].split("\n")[0]
    change = ("assessment: >-\n", f"assessment: >-\n  {name}, CPR 211062-5629, bor alene.\n")
    made = make(desk, write("afslag.yaml", DECISION, change), tmp_path / "out")
    assert "secrecy.cpr-like" not in codes(made)
    assert made.folder
    assert "211062-5629" in (made.folder / "letter.txt").read_text(encoding="utf-8")


def test_a_cpr_number_may_not_stand_in_the_address_of_a_decision(desk, write, tmp_path):
    name = DECISION.split("\nrecipients:")[1].split("name: ")[1].split("\n")[0]
    change = (f"name: {name}", f"name: {name}\n    title: CPR 211062-5629")
    refused(make(desk, write("afslag.yaml", DECISION, change), tmp_path / "out"), "secrecy.cpr-in-frame")


def test_a_protected_address_is_not_told_to_another_recipient(desk, write, tmp_path):
    address = "    address: {street: Lyngvej 5, postcode: '9990', city: Lindehøj}\n"
    names = ("  - name: Aya Nord\n    protected: ja\n", "  - name: Bo Syd\n    protected: nej\n")
    several = "recipients:\n" + "".join(name + address for name in names)
    start, end = REPLY.index("recipients:"), REPLY.index("inquiry:")
    text = REPLY[:start] + several + REPLY[end:]
    open_ = write("a.yaml", text.replace("gennemgang af to sager", "gennemgang"))
    hidden = write("b.yaml", text, leaking("på Lyngvej 5"))
    assert "Lyngvej" in (make(desk, open_, tmp_path / "a").folder / "letter.txt").read_text(encoding="utf-8")
    refused(make(desk, hidden, tmp_path / "b"), "secrecy.protected-address")


def test_a_cpr_number_may_not_stand_in_a_file_name(desk, write, tmp_path):
    made = make(desk, write("211062-5629.yaml", DECISION), tmp_path / "out")
    refused(made, "secrecy.cpr-like")
    assert [p.place.file for p in made.problems if p.args.get("where") == "file name"] == [str(tmp_path)]


# A record in place of the appendix


@pytest.fixture
def guarded(desk, write, tmp_path):
    """A final letter made by somebody with access, and their record of it."""
    reply, appendix = write("svar.yaml", REPLY), write("bilag-1.yaml", APPENDIX)
    made = make(desk, reply, tmp_path / "access", (appendix,), status=Status.FINAL)
    record = tmp_path / "record.json"
    case = read_case(REPLY.encode(), "svar.yaml", desk.composer.library.spec()).case
    against = desk.against([appendix], None)
    assert made.folder
    assert guard_files([made.folder], against, desk.composer.library, case=case, record=record) == ()
    return reply, record


def test_a_letter_is_issued_with_a_record_and_without_the_appendix(desk, guarded, tmp_path):
    reply, record = guarded
    made = make(desk, reply, tmp_path / "out", record=record, status=Status.FINAL)
    assert codes(made) == []
    assert made.folder
    for name in FILES:
        assert (made.folder / name).read_bytes() == (tmp_path / "access" / "svar" / name).read_bytes()


def test_a_record_holds_for_no_other_letter(desk, write, guarded, tmp_path):
    _, record = guarded
    reply = write("svar.yaml", REPLY, ("Nej, vi følger", "Jo, men vi følger"))
    refused(
        make(desk, reply, tmp_path / "out", record=record, status=Status.FINAL), "secrecy.record-other-file"
    )


def test_a_record_says_which_appendices_it_knows(desk, write, guarded, tmp_path):
    _, record = guarded
    reply = write("svar.yaml", REPLY, ("  - id: to-sager", "  - id: tre-sager"))
    made = make(desk, reply, tmp_path / "out", record=record, status=Status.FINAL)
    refused(made, "secrecy.record-other-appendix")


def test_what_is_no_record_is_refused(desk, write, tmp_path):
    record = write("record.json", "{}")
    reply = write("svar.yaml", REPLY)
    made = make(desk, reply, tmp_path / "out", record=record, status=Status.FINAL)
    refused(made, "secrecy.record-unreadable")


# Existing documents


def test_a_document_edited_since_is_looked_through(desk, write, tmp_path):
    made = make(desk, write("svar.yaml", REPLY), tmp_path / "out")
    assert made.folder
    edited = made.folder / "letter.txt"
    edited.write_text(edited.read_text(encoding="utf-8") + "\nYonas Tesfamariam\n", encoding="utf-8")
    against = desk.against([write("bilag-1.yaml", APPENDIX)], None)
    record = tmp_path / "record.json"
    found = guard_files([made.folder], against, desk.composer.library, case=None, record=record)
    assert {(p.code, p.place.file) for p in found} == {("secrecy.leak-name", str(edited))}
    assert not record.exists()


def test_a_record_is_never_written_over_another(desk, write, tmp_path):
    letter, record = write("brev.txt", "Et brev."), write("record.json", "min fil")
    against = desk.against([write("bilag-1.yaml", APPENDIX)], None)
    with pytest.raises(OutputError):
        guard_files([letter], against, desk.composer.library, case=None, record=record)
    assert record.read_text(encoding="utf-8") == "min fil"


def test_letters_of_the_same_name_are_told_apart(desk, write, tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        write(f"{name}/letter.txt", "Leyla Karimova" if name == "b" else "Et brev.")
    against = desk.against([write("bilag-1.yaml", APPENDIX)], None)
    folders = [tmp_path / "a", tmp_path / "b"]
    (found,) = guard_files(folders, against, desk.composer.library, case=None, record=None)
    assert found.place.file == str(tmp_path / "b" / "letter.txt")


def test_folders_in_a_folder_are_looked_through_but_no_confidential_one(desk, write, tmp_path):
    for name in ("alle/svar/bilag", "alle/bilag-1/confidential"):
        (tmp_path / name).mkdir(parents=True)
        write(f"{name}/letter.txt", "Leyla Karimova")
    against = desk.against([write("bilag-1.yaml", APPENDIX)], None)
    (found,) = guard_files([tmp_path / "alle"], against, desk.composer.library, case=None, record=None)
    assert found.place.file == str(tmp_path / "alle" / "svar" / "bilag" / "letter.txt")


def test_the_place_of_a_document_on_this_machine_is_no_leak(desk, write, tmp_path):
    (tmp_path / "Leyla Karimova").mkdir()
    letter = write("Leyla Karimova/letter.txt", "Et brev.")
    against = desk.against([write("bilag-1.yaml", APPENDIX)], None)
    assert guard_files([letter], against, desk.composer.library, case=None, record=None) == ()


def test_nothing_to_guard_is_told(desk, write, tmp_path):
    (tmp_path / "tom").mkdir()
    against = desk.against([write("bilag-1.yaml", APPENDIX)], None)
    with pytest.raises(CaseError) as raised:
        guard_files([tmp_path / "tom"], against, desk.composer.library, case=None, record=None)
    assert [p.code for p in raised.value.problems] == ["secrecy.nothing-to-guard"]
