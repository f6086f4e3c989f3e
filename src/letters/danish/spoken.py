"""Abbreviations as they are read aloud. Speech programs read "stk." as three letters or as a full stop."""

from __future__ import annotations

import re

#: Abbreviation -> what is said.
#: Source: Retskrivningsordbogen (Dansk Sprognævn 2012) on each; "stk." and "pkt." as statutes use them.
SPOKEN = {
    "§§": "paragrafferne",
    "§": "paragraf",
    "bl.a.": "blandt andet",
    "ca.": "cirka",
    "dvs.": "det vil sige",
    "evt.": "eventuelt",
    "f.eks.": "for eksempel",
    "hhv.": "henholdsvis",
    "jf.": "jævnfør",
    "kl.": "klokken",
    "kr.": "kroner",
    "m.v.": "med videre",
    "mv.": "med videre",
    "nr.": "nummer",
    "osv.": "og så videre",
    "pkt.": "punktum",
    "stk.": "stykke",
    "tlf.": "telefon",
    "vedr.": "vedrørende",
}

_PATTERN = "|".join(re.escape(short) for short in SPOKEN)
#: An abbreviation in a text. "§" alone is none here: speech programs know it.
ABBREVIATION = re.compile(rf"(?<![\w.])(?:{'|'.join(re.escape(s) for s in SPOKEN if '§' not in s)})")
_ALL = re.compile(rf"(?<![\w.])(?:{_PATTERN})")


def spoken(text: str) -> str:
    """The text with its abbreviations written out.

    >>> spoken("integrationslovens § 18, stk. 2, nr. 1")
    'integrationslovens paragraf 18, stykke 2, nummer 1'
    """
    return _ALL.sub(lambda found: SPOKEN[found[0]], text)
