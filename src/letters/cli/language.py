"""The reader's language. English is the source; Danish comes from the catalogue beside this package.

click asks the same functions of the standard library for its own words, so one domain serves both.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from pathlib import Path

DOMAIN = "letters"
LOCALES = Path(__file__).resolve().parents[1] / "locale"

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_ENGLISH = ("en", "C", "POSIX")


def use_language(environ: Mapping[str, str]) -> None:
    """Speak the language that the user's locale asks for.

    `gettext` finds it by itself, with one exception: English has no catalogue, so `LANGUAGE=en:da` would give
    Danish. The domain is left unset then.
    """
    gettext.bindtextdomain(DOMAIN, str(LOCALES))
    gettext.textdomain(DOMAIN if _first_known(environ) == "da" else "messages")


def _first_known(environ: Mapping[str, str]) -> str:
    wished = next((environ[name] for name in _VARIABLES if environ.get(name)), "")
    for tag in wished.split(":"):
        language = tag.partition(".")[0].partition("@")[0].partition("_")[0]
        if language == "da":
            return "da"
        if language in _ENGLISH:
            return "en"
    return "en"


def _(message: str) -> str:
    """The message in the reader's language. An empty one stays empty; gettext has its head there."""
    return gettext.gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The message for a count."""
    return gettext.ngettext(one, many, count)


def decimal(number: str) -> str:
    """A number as the reader's language writes it: `1.5` is 1,5 in Danish."""
    return number.replace(".", ",") if gettext.textdomain() == DOMAIN else number


def translator(language: str) -> Callable[[str], str]:
    """What translates into a language whatever the locale is; what has no catalogue stays English."""
    found = gettext.translation(DOMAIN, str(LOCALES), languages=[language], fallback=True)
    return lambda message: found.gettext(message) if message else ""
