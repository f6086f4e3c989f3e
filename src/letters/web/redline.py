"""The page of `letters templates impact --html`: one file, without scripts or anything from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
from msgspec import Struct

from letters.desk.maintaining.impact import Impact
from letters.problems import Problem

_PAGES = Path(__file__).parent / "pages"


class Words(Struct, frozen=True):
    """The words of the page in the reader's language.

    Attributes:
        say: translates a message.
        message: a problem's message, filled in.
        summary: "this edit changes 14 letters".
        language: BCP 47, of the page; the letters are Danish.
    """

    say: Callable[[str], str]
    message: Callable[[str, Problem], str]
    summary: str
    language: str


def redline_page(impact: Impact, words: Words) -> str:
    """Every changed letter in full, with what went and what came."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"_": words.say}
    page = environment.get_template("redline.html")
    return page.render(changed=impact.changed, letters=impact.letters, words=words)
