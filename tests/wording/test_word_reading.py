"""What a Word file's paragraphs become, and what Word does to tags that has to be mended."""

from __future__ import annotations

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import RGBColor
from word_documents import data, document, field, paragraph, run

from letters.wording.word.wording import read_wording


def body(made: object) -> str:
    """The Markdown that a document's body is read as."""
    text = read_wording(data(made), "afslag.docx").text  # type: ignore[arg-type]
    return text.split("---\n", 2)[2].strip("\n")


def test_headings_are_those_of_word() -> None:
    made = document()
    made.add_paragraph("Vi siger nej", style="Title")
    made.add_heading("Begrundelse", 1)
    made.add_heading("Netværk", 2)
    made.add_heading("Dybere", 3)
    assert body(made) == "# Vi siger nej\n\n## Begrundelse\n\n### Netværk\n\n#### Dybere"


def test_paragraphs_are_paragraphs_and_shift_enter_breaks_a_line() -> None:
    made = document()
    made.add_paragraph("Med venlig hilsen")
    made.add_paragraph("{{ signatory.name }}\n{{ signatory.title }}\n{{ afsender.unit }}")
    made.add_paragraph("Slut")
    assert body(made) == (
        "Med venlig hilsen\n\n{{ signatory.name }}\\\n{{ signatory.title }}\\\n{{ afsender.unit }}\n\nSlut"
    )


def test_bold_and_italics() -> None:
    made = document()
    p = made.add_paragraph("Du har ")
    p.add_run("ikke ").bold = True
    p.add_run("krav").italic = True
    p.add_run(" på det ")
    both = p.add_run("nu")
    both.bold = both.italic = True
    p.add_run(".")
    assert body(made) == "Du har **ikke** *krav* på det ***nu***."


def test_bold_around_tags_keeps_what_they_enclose() -> None:
    made = document()
    made.add_paragraph().add_run("{% if flere %}I alle{% endif %}").bold = True
    made.add_paragraph().add_run("Bemærk{% if flere %}: alle{% endif %}").bold = True
    made.add_paragraph().add_run("{% if a %}x{% endif %}{% if b %}y{% endif %}").bold = True
    assert [line for line in body(made).split("\n") if line] == [
        "{% if flere %}**I alle**{% endif %}",
        "**Bemærk{% if flere %}: alle{% endif %}**",
        "**{% if a %}x{% endif %}{% if b %}y{% endif %}**",
    ]


def test_bold_by_a_style() -> None:
    made = document()
    p = made.add_paragraph("Vi siger ")
    p.add_run("nej", style="Strong")
    p.add_run(" og ")
    p.add_run("farvel", style="Emphasis")
    assert body(made) == "Vi siger **nej** og *farvel*"


def test_a_heading_that_is_made_bold_stays_a_heading() -> None:
    made = document()
    made.add_heading("", 1).add_run("Regler").bold = True
    assert body(made) == "## Regler"


def test_lists_two_deep() -> None:
    made = document()
    made.add_paragraph("Det gælder:")
    made.add_paragraph("et", style="List Bullet")
    made.add_paragraph("inde i et", style="List Bullet 2")
    made.add_paragraph("to", style="List Bullet")
    made.add_paragraph("Og:")
    made.add_paragraph("først", style="List Number")
    made.add_paragraph("så", style="List Number")
    text = body(made)
    assert text.startswith("Det gælder:\n\n- et\n")
    assert text.endswith("- to\n\nOg:\n\n1. først\n2. så")


def test_loops_around_items_make_one_list() -> None:
    made = document()
    made.add_paragraph("{% for part in parts %}")
    made.add_paragraph("{{ part.title }}", style="List Bullet")
    made.add_paragraph("{% endfor %}")
    made.add_paragraph("Slut")
    assert body(made) == "{% for part in parts %}\n- {{ part.title }}\n{% endfor %}\n\nSlut"


def test_a_paragraph_that_ends_in_a_tag_stays_one() -> None:
    """Jinja takes the line end after a tag, which would join the next paragraph to this one."""
    made = document()
    made.add_paragraph("Vi siger nej{% if flere %} til jer{% endif %}")
    made.add_paragraph("Næste afsnit")
    assert body(made) == "Vi siger nej{% if flere %} til jer{% endif %}\n\n\nNæste afsnit"


def test_tables_with_a_loop_over_rows() -> None:
    made = document()
    made.add_paragraph("Her er dokumenterne.")
    table = made.add_table(rows=0, cols=2)
    for texts in (
        ("Dokument", "Antal | i alt"),
        ("{% for d in facts.documents %}", ""),
        ("{{ d.title }}", "{{ d.count|antal }}"),
        ("{% endfor %}", ""),
    ):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    for row in table.rows:
        row.cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    assert body(made) == (
        "Her er dokumenterne.\n\n| Dokument | Antal \\| i alt |\n| --- | ---: |\n"
        "{% for d in facts.documents %}\n| {{ d.title }} | {{ d.count|antal }} |\n{% endfor %}"
    )


def test_quotes() -> None:
    made = document()
    made.add_paragraph("Du skriver:")
    made.add_paragraph("Jeg er uenig.", style="Quote")
    made.add_paragraph("Meget.", style="Intense Quote")
    assert body(made) == "Du skriver:\n\n> Jeg er uenig.\n>\n> Meget."


def test_links_by_relation_by_field_and_bare() -> None:
    made = document()
    p = made.add_paragraph("Se ")
    ident = made.part.relate_to(
        "https://www.lindehoej.example/klag",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    shown = run("vejledningen", '<w:u w:val="single"/>')
    link = f'<w:hyperlink r:id="{ident}">{shown}</w:hyperlink>'
    paragraph(made, run("Se ") + link + run("."))
    paragraph(made, run("Eller ") + field('HYPERLINK "https://www.borger.dk"', "borger.dk") + run("."))
    p.add_run("https://www.lindehoej.example.")
    assert body(made) == (
        "Se https://www.lindehoej.example.\n\nSe [vejledningen](https://www.lindehoej.example/klag).\n\n"
        "Eller [borger.dk](https://www.borger.dk)."
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("{{ facts.town }}", "{{ facts.town }}"),
        ("{{\u00a0facts.town\u00a0}}", "{{ facts.town }}"),
        ("{% if act == “fvl” %}x{% endif %}", '{% if act == "fvl" %}x{% endif %}'),
        ("{% if act == ”fvl” %}x{% endif %}", '{% if act == "fvl" %}x{% endif %}'),
        ("{% if act == »fvl« %}x{% endif %}", '{% if act == "fvl" %}x{% endif %}'),
        ("{% if act == ’fvl’ %}x{% endif %}", '{% if act == "fvl" %}x{% endif %}'),
        ("{{ n|flertal(”sag”, ”sager”) }}", '{{ n|flertal("sag", "sager") }}'),
        ("{{ n|flertal(„én dag“, „flere dage“) }}", '{{ n|flertal("én dag", "flere dage") }}'),
        ("{% set n = 3 – 1 %}x", "{% set n = 3 - 1 %}x"),
        ("{%\u00a0If a %}x{% Else %}y{% Endif %}", "{% if a %}x{% else %}y{% endif %}"),
        ("{{ facts.\u00adtown }}", "{{ facts.town }}"),
        ("{{ facts.\u200btown }}", "{{ facts.town }}"),
        ('{{ n|flertal("2020–2021", "år") }}', '{{ n|flertal("2020–2021", "år") }}'),
        ("{{ x|flertal(\"Lars’ sag\", 'sager') }}", '{{ x|flertal("Lars’ sag", "sager") }}'),
    ],
)
def test_tags_that_word_has_corrected(typed: str, read: str) -> None:
    made = document()
    made.add_paragraph(typed)
    assert body(made) == read


def test_text_outside_of_tags_keeps_its_typography() -> None:
    made = document()
    made.add_paragraph("Vi kalder det ”program” – i 2020–2021 …")
    assert body(made) == "Vi kalder det ”program” – i 2020–2021 …"


def test_a_tag_split_over_runs_and_looks() -> None:
    made = document()
    p = made.add_paragraph("Kære ")
    for index, text in enumerate(["{", "{ recip", "ients|na", "vne }", "}", ", hej"]):
        p.add_run(text).bold = index in (1, 3)
    paragraph(
        made, run("{% i") + '<w:proofErr w:type="spellStart"/>' + run("f flere %}I{% else %}du{% endif %}")
    )
    assert body(made) == "Kære {{ recipients|navne }}, hej\n\n{% if flere %}I{% else %}du{% endif %}"


def test_a_tag_takes_the_look_of_its_first_character() -> None:
    made = document()
    p = made.add_paragraph("I ")
    p.add_run("{{ fac").bold = True
    p.add_run("ts.town }}")
    p.add_run(" her")
    assert body(made) == "I **{{ facts.town }}** her"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("5 * 3 og *ikke kursiv*", "5 \\* 3 og \\*ikke kursiv\\*"),
        ("- ingen liste", "\\- ingen liste"),
        ("1. juli 2021 trådte loven i kraft", "1\\. juli 2021 trådte loven i kraft"),
        ("# ingen overskrift", "\\# ingen overskrift"),
        ("> intet citat", "\\> intet citat"),
        ("{% if a %}- ingen liste{% endif %}", "{% if a %}\\- ingen liste{% endif %}"),
        ("<b>ikke fed</b>", "\\<b>ikke fed\\</b>"),
        ("&nbsp; og R&D", "\\&nbsp; og R&D"),
        ("sag_nummer og _understreget_", "sag_nummer og _understreget_"),
        ("C:\\mappe og \\* stjerne", "C:\\mappe og \\\\* stjerne"),
        ("[navn](her) og [x]", "\\[navn](her) og [x]"),
        ("`kode`", "\\`kode\\`"),
        ("---", "\\---"),
    ],
)
def test_what_is_typed_in_word_is_text(typed: str, written: str) -> None:
    made = document()
    made.add_paragraph(typed)
    assert body(made) == written


def test_comments_are_notes_and_never_in_the_wording() -> None:
    made = document()
    p = made.add_paragraph("Vi siger nej.")
    made.add_comment(p.runs, text="Spørg juraen om #} dette", author="Bo Lund", initials="BL")
    read = read_wording(data(made), "afslag.docx")
    assert "Spørg" not in read.text
    assert [(note.author, note.text) for note in read.notes] == [("Bo Lund", "Spørg juraen om #} dette")]


def test_colours_fonts_and_empty_paragraphs_are_layout() -> None:
    made = document()
    made.add_paragraph("Et")
    made.add_paragraph("")
    p = made.add_paragraph()
    p.add_run("To").font.color.rgb = RGBColor(255, 0, 0)
    assert [line for line in body(made).split("\n") if line] == ["Et", "To"]


@pytest.mark.parametrize("rule", ["---", "—-", "–-", "—"])
def test_the_head_may_be_typed_as_text(rule: str) -> None:
    made = docx.Document()
    for line in (rule, "title: Afslag", "lead: result", "sections:", "\tBegrundelse: reasons", rule):
        made.add_paragraph(line)
    made.add_paragraph("Tekst")
    text = read_wording(data(made), "afslag.docx").text
    assert text == "---\ntitle: Afslag\nlead: result\nsections:\n  Begrundelse: reasons\n---\n\nTekst\n"


def test_the_head_as_a_table_forgives_words_capitals() -> None:
    rows = (
        ("Felt", "Værdi"),
        ("Title", "Venner: et netværk"),
        ("Lead", "Reasons"),
        ("Outcomes", "[rejected, partly-granted]"),
        ("Sections / Sådan kan {{ du }} klage", "Guidance"),
        ("Fields / network / type", "Text"),
        ("Fields / network / title", "Netværket (fortsæt: ...)"),
    )
    made = document(rows)
    made.add_paragraph("Tekst")
    head = read_wording(data(made), "venner.docx").text.split("---\n")[1]
    assert head == (
        'title: "Venner: et netværk"\nlead: reasons\noutcomes: [rejected, partly-granted]\nsections:\n'
        '  "Sådan kan {{ du }} klage": guidance\nfields:\n  network:\n    type: text\n'
        '    title: "Netværket (fortsæt: ...)"\n'
    )
