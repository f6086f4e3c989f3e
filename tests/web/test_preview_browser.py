"""The preview in a real browser: by keyboard, with live reload, and judged by axe.

Its pictures lie in `build/preview` after the run.
"""

from __future__ import annotations

import json
import shutil
import threading

import pytest
from playwright.sync_api import sync_playwright
from preview_library import REJECTION, edit, library_copy, preview_app

from examples import ROOT
from letters.web.server import PreviewServer

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "build" / "preview"
# A sandbox cannot be had by root, and a browser that calls home cannot be had without a network.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="module")
def browser():
    programs = ("chromium", "chromium-browser", "google-chrome")
    program = next(found for name in programs if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def templates(tmp_path):
    return library_copy(tmp_path)


@pytest.fixture
def address(templates):
    with PreviewServer(preview_app(templates)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server.address
        server.shutdown()
        thread.join()


@pytest.fixture
def page(browser, address):
    """The preview's page; a test that leaves an error on the browser's console fails."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="da-DK")
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    yield page
    context.close()
    assert said == []


def keep(page, name):
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def violations(page):
    """What axe finds, with what it could not decide."""
    # Not as a script of the page: its policy allows none but its own.
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    assert len(found["passes"]) > 20
    return [
        f"{rule['id']}: {node['html']}: {node['failureSummary']}"
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        for node in rule["nodes"]
    ]


def force(page, templates):
    page.get_by_role("link", name="ingen prøvesag går her; vis det alligevel").first.click()
    assert page.get_by_text("En gren er tvunget.").is_visible()


def break_it(page, templates):
    edit(templates, "{% if assessment %}", "{% if asessment %}")
    page.get_by_text("Der kan ikke laves et brev").wait_for()


def pages(page, templates):
    page.get_by_role("link", name="Sider").click()
    page.locator("img.page").first.wait_for()


def narrow(page, templates):
    page.set_viewport_size({"width": 390, "height": 844})


STATES = {
    "tekst": lambda page, templates: None,
    "sider": pages,
    "tvunget": force,
    "fejl": break_it,
    "smal": narrow,
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(page, templates, state):
    STATES[state](page, templates)
    keep(page, state)
    found = violations(page)
    (PICTURES / f"{state}.axe.json").write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
    assert found == []


def test_the_page_follows_what_is_saved_and_keeps_its_place(page, templates):
    letter = page.locator("#brev")
    letter.evaluate("section => section.scrollTop = 200")
    edit(templates, "Vi vurderer, at vi ikke har pligt", "Vi vurderer nu, at vi ikke har pligt")
    page.locator("article.words").get_by_text("Vi vurderer nu, at vi ikke har pligt").wait_for()
    assert letter.evaluate("section => section.scrollTop") == 200
    assert page.get_by_role("status").inner_text().startswith("Siden blev opdateret.")


def test_everything_can_be_done_with_the_keyboard(page, templates):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Gå til brevet"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "sag"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**sag=1**")
    assert page.title().startswith("integrationsansvar/01-afslag-tre-grunde")
    reached = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.className + ' ' + document.activeElement.textContent")
        reached.add(name.strip())
    assert {"Sider", "PDF", "Næste", "Forrige"} <= reached
    assert any(name.startswith("value ") for name in reached)
    assert any(name.startswith("source ") for name in reached)


def test_a_value_leads_to_its_field(page, templates):
    page.get_by_role("link", name="Yusuf Abdi Warsame").first.click()
    row = page.locator("table.values tr:target")
    line = REJECTION.read_text("utf-8").partition("Yusuf Abdi Warsame")[0].count("\n") + 1
    assert row.inner_text().split() == ["recipients[0].name", str(line)]


def test_a_paragraph_leads_to_its_line(page, templates):
    source = page.locator("a.source").first
    name = source.inner_text()
    source.click()
    target = page.locator("table.lines tr:target")
    assert target.is_visible()
    assert target.locator("th").inner_text() == name.rpartition(":")[2]


def test_words_of_the_page_are_the_letters(page, templates):
    words = page.locator("article.words").inner_text()
    assert "Med venlig hilsen" in words
    assert "Ankestyrelsen" in words
