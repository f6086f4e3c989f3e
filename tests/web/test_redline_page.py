"""The redline's page in a real browser, judged by axe. Its picture lies in `build/redline` after the run."""

from __future__ import annotations

import shutil

from playwright.sync_api import sync_playwright

from examples import ROOT, example_cases
from letters.cli.language import _
from letters.cli.report import filled
from letters.desk.maintaining.impact import impact
from letters.web.redline import Words, redline_page

TEMPLATES = ROOT / "templates" / "da"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "build" / "redline"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def test_axe_finds_nothing(tmp_path):
    library = shutil.copytree(TEMPLATES, tmp_path / "da")
    guide = library / "standardtekster" / "klagevejledning.md"
    text = guide.read_text("utf-8").replace(
        "Skriv gerne, hvad der bør ændres.", "Skriv gerne & <hvorfor>, hvad vi bør ændre."
    )
    guide.write_text(text.replace("<hvorfor>", "hvorfor"), "utf-8")
    found = impact(library, str(TEMPLATES), example_cases())
    assert len(found.changed) > 3
    page_file = tmp_path / "side.html"
    page_file.write_text(redline_page(found, Words(_, filled, "denne rettelse ændrer breve", "da")), "utf-8")
    program = next(
        p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 900, "height": 1000})
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(page_file.as_uri())
        assert asked == [page_file.as_uri()]
        assert page.locator("ins").first.inner_text().startswith("nye ord")
        new = page.locator("article ins").first.text_content()
        assert new == "[nyt: gerne & hvorfor, hvad vi bør ændre.]"
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.locator("article").first.screenshot(path=PICTURES / "brev.png")
        page.evaluate(AXE.read_text("utf-8"))
        result = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
        browser.close()
    assert len(result["passes"]) > 15
    assert [rule["id"] for kind in ("violations", "incomplete") for rule in result[kind]] == []
