"""Case + wording -> Letter: roles, grounds, order, pronouns, terms, frame."""

from __future__ import annotations

from pathlib import Path

import pytest
from mini import FILES, REJECTION, REPLY, composer, letter, read

from letters.document.model import (
    Heading,
    Letter,
    List,
    Numbering,
    Role,
    Section,
    Signature,
    Status,
    Table,
    Text,
)
from letters.document.walk import blocks, inlines, plain
from letters.document.words import words
from letters.problems import LetterError, TemplateError


def text(found: Letter) -> str:
    return " ".join(words(found)).replace("\xa0", " ")


def section(found: Letter, role: Role, ground: str | None = None) -> Section:
    (one,) = [s for s in found.sections if s.role is role and s.ground == ground]
    return one


def test_roles_and_grounds_in_the_librarys_order(tmp_path: Path) -> None:
    made = letter(composer(tmp_path), REJECTION)
    assert [(s.role, s.ground) for s in made.sections] == [
        (Role.RESULT, None),
        (Role.REASONS, None),
        (Role.REASONS, "vejen"),
        (Role.REASONS, "venner"),
        (Role.CONSIDERATIONS, "venner"),
        (Role.ASSESSMENT, None),
        (Role.GUIDANCE, None),
        (Role.SIGNATURE, None),
    ]


def test_heading_levels_and_title(tmp_path: Path) -> None:
    made = letter(composer(tmp_path), REJECTION)
    assert made.heading is not None
    assert plain(made.heading) == "Vi siger nej til dig"
    levels = [(b.level, plain(b.children)) for b in blocks(made) if isinstance(b, Heading)]
    assert levels == [(1, "Begrundelse"), (2, "Vejen"), (2, "Venner"), (1, "Klage")]
    assert made.title == "Afslag"


def test_words_know_their_field(tmp_path: Path) -> None:
    made = letter(composer(tmp_path), REJECTION)
    ground = section(made, Role.REASONS, "venner")
    found = [i for b in ground.blocks for i in inlines(b) if isinstance(i, Text)]
    assert Text("gode venner", "reasons[0].facts.network") in found


def test_blocks_know_their_wording(tmp_path: Path) -> None:
    made = letter(composer(tmp_path), REJECTION)
    places = {
        plain(b.children): (b.wording.file.rsplit("/", 1)[1], b.wording.line)
        for b in blocks(made)
        if isinstance(b, Heading) and b.wording
    }
    assert places == {
        "Begrundelse": ("nej.md", 13),
        "Vejen": ("vejen.md", 10),
        "Venner": ("venner.md", 11),
        "Klage": ("klage.md", 6),
    }


def test_signature_is_one_block(tmp_path: Path) -> None:
    (block,) = section(letter(composer(tmp_path), REJECTION), Role.SIGNATURE).blocks
    assert isinstance(block, Signature)
    assert plain(block.greeting) == "Med venlig hilsen"
    assert [plain(line) for line in block.lines] == ["Bo Lund", "Sagsbehandler"]


def test_routes_follow_the_touched_parts(tmp_path: Path) -> None:
    both = text(letter(composer(tmp_path), REJECTION))
    assert "klage til Nævnet inden 4 uger" in both
    assert "klage til Boligrådet inden 4 uger" in both
    one = text(letter(composer(tmp_path), REJECTION.replace("  - ground: vejen\n", "")))
    assert "Boligrådet" not in one


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ((), "Vi siger nej til dig Kære Amal Haddad Du får ikke nyt program"),
        (
            ("application:", "  - name: Ivan Koval\napplication:"),
            "Vi siger nej til jer Kære Amal Haddad og Ivan Koval I får ikke nyt program",
        ),
        (
            ("application:", "party: {name: Lars Friis}\nrepresentative: {basis: fuldmagt}\napplication:"),
            "Vi siger nej til Lars Friis Kære Amal Haddad Lars Friis får ikke nyt program",
        ),
        (("date: 2026-03-02\nsender", "date: 2024-12-31\nsender"), "Du får ikke gammelt program"),
        (("date: 2026-03-02", "date: 2026-03-02\nlaw_date: 2024-12-31"), "Du får ikke gammelt program"),
        (("date: 2026-03-02", "date: 2026-03-02\nregime: overgang"), "Du får ikke gammelt program"),
    ],
)
def test_persons_and_terms(tmp_path: Path, change: tuple[str, str], expected: str) -> None:
    case = REJECTION.replace(*change) if change else REJECTION
    case = case.replace("received: 2026-02-02", "received: 2024-02-02")
    assert expected in text(letter(composer(tmp_path), case))


def test_the_newest_version_not_after_the_date_applies(tmp_path: Path) -> None:
    newer = FILES["proeve/nej.md"].replace("Vi siger nej", "Vi afslår")
    made = composer(tmp_path, {"proeve/nej@2026-03-02.md": newer})
    assert "Vi afslår" in text(letter(made, REJECTION))
    assert "Vi siger nej" in text(letter(made, REJECTION.replace("date: 2026-03-02", "date: 2026-03-01")))


def test_choice_prints_its_text(tmp_path: Path) -> None:
    head = "---\ntitle: T\nlead: result\n---\n"
    body = head + "{% if facts.way.kode == 'by-car' %}Kør {{ facts.way }}.{% endif %}\n"
    case = REJECTION.replace("facts: {town: Lindehøj}", "facts: {town: Lindehøj, way: by-car}")
    assert "Kør i bil." in text(letter(composer(tmp_path, {"proeve/nej.md": body}), case))


def test_amounts_and_numbers(tmp_path: Path) -> None:
    body = "---\ntitle: T\nlead: result\n---\n{{ facts.amount|kroner }} og {{ facts.count|antal }}\n"
    case = REJECTION.replace("{town: Lindehøj}", "{town: x, amount: '1234.50', count: '1200'}")
    assert "1.234,50 kr. og 1.200" in text(letter(composer(tmp_path, {"proeve/nej.md": body}), case))


def test_typography_leaves_case_text_alone(tmp_path: Path) -> None:
    body = "---\ntitle: T\nlead: result\n---\nI 2017-2021 gjaldt § {{ facts.town }}.\n"
    case = REJECTION.replace("{town: Lindehøj}", "{town: 18 fra 2017-2021}")
    found = " ".join(words(letter(composer(tmp_path, {"proeve/nej.md": body}), case)))
    assert (
        "I 2017–2021 gjaldt §\xa018 fra 2017-2021." in found
        or "I 2017–2021 gjaldt § 18 fra 2017-2021." in found
    )


def test_draft_is_marked_and_final_is_not(tmp_path: Path) -> None:
    made = composer(tmp_path)
    draft = letter(made, REJECTION, Status.DRAFT)
    assert draft.slots.mark == "UDKAST"
    assert draft.slots.notice.startswith("UDKAST")
    final = letter(made, REJECTION, Status.FINAL)
    assert (final.slots.mark, final.slots.notice) == ("", "")


def test_frame(tmp_path: Path) -> None:
    slots = letter(composer(tmp_path), REJECTION).slots
    assert [line.text for line in slots.address] == ["Amal Haddad", "Lindevej 12", "9990 Lindehøj"]
    assert slots.return_line == "Lindehøj Kommune, Rådhustorvet 1, 9990 Lindehøj"
    facts = {fact.label: [line.text for line in fact.lines] for fact in slots.column}
    assert facts["Dato"] == ["2.\xa0marts 2026"] or facts["Dato"] == ["2. marts 2026"]
    assert facts["Telefon"] == ["99 90 00 00"]


def test_nothing_of_the_frame_when_nothing_is_shown(tmp_path: Path) -> None:
    show = "show: {date: nej, case_number: nej, address: nej, contact: nej}\n"
    slots = letter(composer(tmp_path), REPLY + show).slots
    assert (slots.address, slots.column, slots.return_line, slots.running) == ((), (), "", "")


def problem_of(tmp_path: Path, case: str) -> tuple[str, int | None]:
    with pytest.raises(LetterError) as caught:
        letter(composer(tmp_path), case)
    (problem,) = caught.value.problems
    return problem.code, problem.place.line


def test_protected_address_is_not_shown_to_others(tmp_path: Path) -> None:
    case = REJECTION.replace("city: Lindehøj}", "city: Lindehøj}\n    protected: true\n  - name: Ivan Koval")
    assert "Lindevej" not in text(letter(composer(tmp_path), case))


def test_two_addresses_are_refused(tmp_path: Path) -> None:
    address = "{street: Elmevej 1, postcode: '9990', city: Lindehøj}"
    other = f"  - name: Ivan Koval\n    address: {address}\napplication:"
    assert problem_of(tmp_path, REJECTION.replace("application:", other)) == ("case.several-addresses", 7)


def test_an_address_too_long_for_the_window_is_refused(tmp_path: Path) -> None:
    names = "".join(f"  - name: Person {n}\n" for n in "ABCDEFG")
    assert (
        problem_of(tmp_path, REJECTION.replace("application:", names + "application:"))[0]
        == "case.address-too-long"
    )


def test_forbidden_prose_is_placed_in_the_case(tmp_path: Path) -> None:
    case = REJECTION.replace("assessment: Samlet set er svaret nej.", "assessment: Se <b>her</b>.")
    assert problem_of(tmp_path, case) == ("case.prose", 18)


def test_a_wording_without_lead_is_refused(tmp_path: Path) -> None:
    body = "---\ntitle: T\n---\nTekst.\n"
    with pytest.raises(TemplateError) as caught:
        letter(composer(tmp_path, {"proeve/nej.md": body}), REJECTION)
    assert caught.value.problems[0].code == "template.lead-missing"


def questions(reply: str, tmp_path: Path) -> List:
    (found,) = [
        b for b in section(letter(composer(tmp_path), reply), Role.QUESTIONS).blocks if isinstance(b, List)
    ]
    return found


def numbered(*questions_: str) -> str:
    head, tail = REPLY.split("questions:")[0], REPLY[REPLY.index("signatory:") :]
    return head + "questions:\n" + "".join(questions_) + tail


def test_plain_questions_are_counted(tmp_path: Path) -> None:
    found = questions(numbered("  - {text: A?, answer: B}\n", "  - {text: C?, answer: D}\n"), tmp_path)
    assert found.numbering is Numbering.DECIMAL
    assert [item.number for item in found.items] == [1, 2]


@pytest.mark.parametrize(
    ("labels", "numbering"),
    [(("1a", "1c"), Numbering.PARENT_LETTER), (("1.1", "1.3"), Numbering.PARENT_DECIMAL)],
)
def test_sub_questions_keep_their_senders_numbers(
    tmp_path: Path, labels: tuple[str, str], numbering: Numbering
) -> None:
    parts = "".join(f"      - {{number: '{label}', text: P?, answer: R}}\n" for label in labels)
    found = questions(numbered("  - text: A?\n    parts:\n" + parts), tmp_path)
    inner = found.items[0].blocks[1]
    assert isinstance(inner, List)
    assert inner.numbering is numbering
    assert [item.number for item in inner.items] == [1, 3]


def test_one_answer_serves_several_questions(tmp_path: Path) -> None:
    made = letter(
        composer(tmp_path),
        numbered(
            "  - {text: A?, answer: B}\n",
            "  - {text: C?, answered_with: '1'}\n",
            "  - {text: E?, answer: F}\n",
        ),
    )
    heads = [plain(b.children) for b in section(made, Role.ANSWERS).blocks if isinstance(b, Heading)]
    assert heads == ["Svar", "Ad 1 og 2:", "Ad 3:"]


def test_headings_in_an_answer_lie_below_its_own(tmp_path: Path) -> None:
    answer = "  - text: A?\n    answer: |\n      # Overskrift\n\n      Tekst.\n"
    made = letter(composer(tmp_path), numbered(answer))
    levels = [b.level for b in section(made, Role.ANSWERS).blocks if isinstance(b, Heading)]
    assert levels == [1, 2, 3]


def test_wordings_used_are_recorded(tmp_path: Path) -> None:
    made = composer(tmp_path)
    case = read(made, REJECTION)
    composed = made.compose(case.case, Status.FINAL, case.places.place)
    assert [name.rsplit("/", 1)[1] for name in composed.wordings] == [
        "vejen.md",
        "venner.md",
        "nej.md",
        "klage.md",
        "underskrift.md",
    ]


ROWS = FILES["proeve/sagstype.yaml"].replace(
    "grounds_order",
    """\
  letters:
    type: rows
    title: Breve
    required: false
    columns:
      title: {type: text, title: Titel}
      day: {type: date, title: Dag, required: false}
      answer: {type: choice, title: Svar, choices: {all: udleveres, none: udleveres ikke}}
grounds_order""",
)
TABLE = """\
---
title: T
lead: result
---
Her er brevene:

| Brev | Dag | Svar |
| --- | --- | --- |
{% for brev in facts.letters %}
| {{ brev.title }} | {% if brev.day %}{{ brev.day|dato }}{% endif %} | {{ brev.answer|stort }} |
{% endfor %}

{% for brev in facts.letters if brev.answer.kode == "none" %}
Ikke {{ brev.title }}.
{% endfor %}
"""


def test_rows_become_a_table(tmp_path: Path) -> None:
    made = composer(tmp_path, {"proeve/sagstype.yaml": ROWS, "proeve/nej.md": TABLE})
    rows = """\
facts:
  town: Lindehøj
  letters:
    - {title: a | b, day: 2026-01-02, answer: all}
    - {title: "**c**", answer: none}
"""
    composed = letter(made, REJECTION.replace("facts: {town: Lindehøj}\n", rows))
    (table,) = [block for block in blocks(composed) if isinstance(block, Table)]
    cells = [[plain(cell).replace("\xa0", " ") for cell in row] for row in table.rows]
    assert cells == [["a | b", "2. januar 2026", "Udleveres"], ["**c**", "", "Udleveres ikke"]]
    fields = {i.field for i in inlines(table) if isinstance(i, Text)}
    assert {"facts.letters[0].day", "facts.letters[1].title", "facts.letters[1].answer"} <= fields
    assert "Ikke **c**." in text(composed)


def test_rows_left_out_are_none(tmp_path: Path) -> None:
    body = "---\ntitle: T\nlead: result\n---\n{% if not facts.letters %}Ingen breve.{% endif %}\n"
    made = composer(tmp_path, {"proeve/sagstype.yaml": ROWS, "proeve/nej.md": body})
    assert "Ingen breve." in text(letter(made, REJECTION))


def test_the_case_chooses_the_route_of_a_part(tmp_path: Path) -> None:
    kind = FILES["proeve/sagstype.yaml"].replace(
        "hoved: {title: hovedsagen, route: almindelig}", "hoved: {title: hovedsagen, route_from: body}"
    )
    kind = kind.replace(
        "grounds_order",
        "  body: {type: choice, title: Hvem, choices: {almindelig: Nævnet, bolig: Rådet}}\ngrounds_order",
    )
    made = composer(tmp_path, {"proeve/sagstype.yaml": kind})
    case = REJECTION.replace("  - ground: vejen\n", "")
    for code, body, other in (("almindelig", "Nævnet", "Boligrådet"), ("bolig", "Boligrådet", "Nævnet")):
        found = text(letter(made, case.replace("{town: Lindehøj}", f"{{town: Lindehøj, body: {code}}}")))
        assert f"klage til {body} inden" in found
        assert other not in found


@pytest.mark.parametrize(
    ("assessment", "body", "code"),
    [
        ("Et afsnit.\n\n  Og et til.", "Vi mener {{ assessment }}.", "case.prose-place"),
        ("| a |\n  |---|\n  | b |", "> {{ assessment }}", "case.prose-place"),
        ("# A\n\n  ## B\n\n  ### C", "### Nej\n\n{{ assessment }}", "case.prose-heading"),
    ],
)
def test_prose_that_does_not_fit_is_the_case_files_fault(
    tmp_path: Path, assessment: str, body: str, code: str
) -> None:
    """It is the case file that can be mended; whoever writes it may not touch the library."""
    wording = FILES["proeve/nej.md"].replace("{{ assessment }}", body)
    case = REJECTION.replace("assessment: Samlet set er svaret nej.", f"assessment: |\n  {assessment}")
    made = composer(tmp_path, {"proeve/nej.md": wording})
    with pytest.raises(LetterError) as caught:
        letter(made, case)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert (problem.place.file, problem.place.field) == ("sag.yaml", "assessment")
    assert problem.place.line == case.split("\n").index("assessment: |") + 1
    assert problem.help
