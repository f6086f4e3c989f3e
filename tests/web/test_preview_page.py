"""The page of the preview, as HTML, without a browser."""

from __future__ import annotations

import html
import re
import shutil
from http import HTTPStatus
from urllib.parse import parse_qs

import pytest
from preview_library import REJECTION, edit, library_copy, preview_app

from examples import ROOT


@pytest.fixture
def templates(tmp_path):
    return library_copy(tmp_path)


@pytest.fixture
def app(templates):
    return preview_app(templates)


def page(app, **query):
    answer = app.respond(
        "", {name: value if isinstance(value, list) else [value] for name, value in query.items()}
    )
    assert answer.status is HTTPStatus.OK
    return answer.body.decode()


def row(text, number, file=1):
    """The wording's row of this line."""
    return re.search(rf'<tr id="fil-{file}-{number}".*?</tr>', text, re.DOTALL)[0]


def test_every_line_of_the_wording_stands_beside_its_number(app, templates):
    text = page(app)
    lines = (templates / "integrationsansvar" / "afslag.md").read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        shown = re.search(r'class="text">(.*?)</td>', row(text, number), re.DOTALL)[1]
        assert html.unescape(shown).strip() == line.strip()


def test_each_value_is_marked_with_its_field_and_its_line(app):
    text = page(app)
    number = re.search(r'href="#vaerdi-(\d+)" title="recipients\[0\].name">Yusuf Abdi Warsame</a>', text)[1]
    target = re.search(rf'<tr id="vaerdi-{number}">.*?</tr>', text)[0]
    line = next(
        n
        for n, line in enumerate(REJECTION.read_text("utf-8").splitlines(), 1)
        if "Yusuf Abdi Warsame" in line
    )
    assert "<code>recipients[0].name</code>" in target
    assert f"<td>{line}</td>" in target


def test_each_block_leads_to_its_line_of_the_wording(app):
    text = page(app)
    sources = re.findall(r'<a class="source" href="#(fil-\d+-\d+)">', text)
    assert len(sources) > 20
    assert all(f'<tr id="{source}"' in text for source in sources)


def test_a_fault_stands_at_its_line(app, templates):
    line = edit(templates, "{% if assessment %}", "{% if asessment %}")
    text = page(app)
    assert "template.undefined" in row(text, line)
    assert "mente du assessment?" in row(text, line)
    assert "Der kan ikke laves et brev" in text


def test_the_library_is_read_again_when_a_file_changes(app, templates):
    before = app.stamp()
    assert "med det samme" not in page(app)
    edit(templates, "Vi vurderer, at vi ikke har pligt", "Vi vurderer med det samme, at vi ikke har pligt")
    assert app.stamp() != before
    assert "Vi vurderer med det samme" in page(app)


def test_a_library_that_cannot_be_opened_still_shows_what_was_used(app, templates):
    page(app)
    (templates / "bibliotek.yaml").write_text("language: [\n", "utf-8")
    text = page(app)
    assert "Der kan ikke laves et brev" in text
    assert "bibliotek.yaml" in text
    assert "Vi vurderer, at vi ikke har pligt" in text
    shutil.copy(ROOT / "templates" / "da" / "bibliotek.yaml", templates)
    assert "Der kan ikke laves et brev" not in page(app)


def test_a_branch_that_no_sample_goes_can_be_shown(app):
    text = page(app)
    link = re.search(r'<a href="(\?[^"]*)">ingen prøvesag går her; vis det alligevel</a>', text)[1]
    forced = page(app, **parse_qs(html.unescape(link).removeprefix("?")))
    assert "En gren er tvunget." in forced
    assert "tvunget <a" in forced
    assert "‹" in re.search(r'<article class="words".*?</article>', forced, re.DOTALL)[0]


def test_a_branch_that_another_sample_goes_leads_there(app):
    text = page(app)
    assert re.search(r'<a href="\?sag=1&amp;vis=tekst">integrationsansvar/01-afslag-tre-grunde</a>', text)


def test_pages_are_pictures_with_a_text_for_those_who_cannot_see_them(app):
    text = page(app, vis="sider")
    sources = [html.unescape(found) for found in re.findall(r'<img class="page" src="([^"]+)"', text)]
    assert len(sources) >= 2
    assert f"Side 1 af {len(sources)} i brevet." in text
    first = app.respond(sources[0].partition("?")[0], {"vis": ["sider"]})
    assert (first.status, first.media) == (HTTPStatus.OK, "image/png")
    assert first.body.startswith(b"\x89PNG")
    beyond = app.respond(f"side-{len(sources) + 1}.png", {})
    assert beyond.status is HTTPStatus.NOT_FOUND


def test_the_pdf_is_the_letter(app):
    answer = app.respond("brev.pdf", {})
    assert answer.media == "application/pdf"
    assert answer.body.startswith(b"%PDF-")


def test_what_a_case_says_is_never_markup(templates, tmp_path):
    sample = tmp_path / "sag.yaml"
    hostile = "<script>alert(1)</script> \"' & {{ 7 }}"
    text = REJECTION.read_text("utf-8").replace("Yusuf Abdi Warsame", hostile.replace('"', "”"))
    sample.write_text(text, "utf-8")
    shown = page(preview_app(templates, [sample]))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


@pytest.mark.parametrize(
    "path", ["../pyproject.toml", "side.html", "side-x.png", "side-0.png", "%2e%2e/x", "nix"]
)
def test_nothing_else_is_served(app, path):
    assert app.respond(path, {}).status is HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "query", [{"sag": "99999999"}, {"sag": "x"}, {"vis": "nix"}, {"gren": "nix"}, {"gren": "a=b"}]
)
def test_a_query_that_asks_for_nothing_known_shows_a_sample(app, query):
    assert "Yusuf Abdi Warsame" in page(app, **query) or "03-godkendelse" in page(app, **query)


def test_the_page_speaks_the_readers_language(templates, monkeypatch):
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    english = page(preview_app(templates, language="en"))
    assert '<html lang="en">' in english
    assert "Where the values come from" in english
    assert '<article class="words" lang="da">' in english
