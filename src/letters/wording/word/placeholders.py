"""The fill-ins of a municipality's old templates: `[navn]`, `{navn}`, `<navn>`, merge fields, form fields.

Each becomes a name of the wording language, a field that the case type shall ask for, or is told as something
that a lawyer must write anew. Nothing is guessed quietly: whatever was made of a fill-in is listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from letters.problems import N_

#: What a fill-in looks like in text. Doubled braces and braces with % are tags already.
FILL_IN = re.compile(
    r"\[(?P<square>[^\[\]\n]{1,90})\]|(?<!\{)\{(?P<curly>[^{}%#\n]{1,90})\}(?!\})|<(?P<angle>[^<>\n]{1,60})>"
    r"|«(?P<double>[^«»\n]{1,60})»|(?P<line>_{3,}|\.{4,}|…{2,}|X{3,})"
)
_FORM = re.compile(r"(?:MERGEFIELD|FORMTEXT|SDT|DOCPROPERTY|DOCVARIABLE)\s+\"?([^\"\\]+)", re.IGNORECASE)
_INSTRUCTION = re.compile(
    r"(?:indsæt|skriv|beskriv|angiv|udfyld|tilføj|klik her for at (?:angive|skrive))\s+(?:her\s+)?(.+)",
    re.IGNORECASE,
)
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u", "ö": "oe", "ä": "ae"})
_WORDS = 6

_KNOWN: Mapping[str, tuple[str, ...]] = {
    "{{ recipients|navne }}": ("navn", "modtager", "modtagers_navn", "modtagerens_navn", "fulde_navn"),
    "{{ parten }}": (
        "part",
        "partens_navn",
        "borger",
        "borgers_navn",
        "borgerens_navn",
        "ansoeger",
        "ansoegers_navn",
    ),
    "{{ date|dato }}": ("dato", "dags_dato", "brevdato", "dagsdato"),
    "{{ case_number }}": ("sagsnr", "sagsnummer", "sags_nr", "journalnummer", "journalnr", "j_nr"),
    "{{ application.received|dato }}": ("ansoegningsdato", "dato_for_ansoegning", "ansoegning_modtaget"),
    "{{ signatory.name }}": ("sagsbehandler", "sagsbehandlers_navn", "medarbejder", "underskrift"),
    "{{ signatory.title }}": ("titel", "stilling", "stillingsbetegnelse"),
    "{{ afsender.authority }}": ("kommune", "kommunens_navn", "myndighed"),
    "{{ afsender.unit }}": ("afdeling", "enhed", "forvaltning"),
    "{{ afsender.phone }}": ("telefon", "tlf", "telefonnummer"),
    "{{ afsender.email }}": ("email", "e_mail", "mail"),
    "{{ du }}": ("du_i",),
    "{{ Du }}": (),
    "{{ dig }}": ("dig_jer",),
    "{{ din }}": ("din_jeres",),
    "{{ dit }}": ("dit_jeres",),
    "{{ dine }}": ("dine_jeres",),
}
_NAMES = {name: tag for tag, names in _KNOWN.items() for name in names}
_ADDRESS = ("adresse", "vej", "postnr", "postnummer", "by", "post_nr_by", "postnr_by")
_CPR = re.compile(r"(?:^|_)(?:cpr|personnummer)")
_TYPES = (
    ("date", "|dato", re.compile(r"(?:^|_)(?:dato|dag)|dato(?:_|$)")),
    ("kroner", "|kroner", re.compile(r"beloeb|kroner|(?:^|_)kr(?:_|$)|udgift|indkomst")),
    ("number", "|antal", re.compile(r"(?:^|_)antal(?:_|$)")),
)


class FillIn(Struct, frozen=True):
    """What a fill-in was taken for.

    Attributes:
        tag: what stands in its place in the wording; the fill-in itself where it was not understood.
        name: the field of the case type; empty when the language has a name for it, or it was not understood.
        type: of the field.
        title: what the old template called it.
        reason: why it was not understood, an untranslated message; else empty.
    """

    tag: str
    name: str = ""
    type: str = ""
    title: str = ""
    reason: str = ""


def understood(text: str, instruction: str = "") -> FillIn:
    """What a fill-in means.

    Args:
        text: what stands there.
        instruction: of Word's field or the name of its control; empty for one that is typed.
    """
    match = FILL_IN.fullmatch(text.strip())
    if instruction:
        form = _FORM.match(instruction)
        if not form:
            return FillIn(text, reason=N_("a field that Word works out ({fill_in})"))
        inside = form[1]
    elif match is None or match["line"]:
        return FillIn(text, reason=N_("a line to fill in ({fill_in})"))
    else:
        inside = next(filter(None, match.group("square", "curly", "angle", "double")))
    return _named(" ".join(inside.split()), text)


def _named(words: str, text: str) -> FillIn:
    if told := _INSTRUCTION.fullmatch(words):
        words = told[1]
    name = slug(words)
    if tag := _NAMES.get(name):
        return FillIn(_as_written(tag, words), title=words)
    if _CPR.search(name):
        return FillIn(text, reason=N_("a CPR number ({fill_in}), which a letter's wording does not print"))
    if name in _ADDRESS:
        return FillIn(text, reason=N_("an address ({fill_in}), which the letterhead prints"))
    if not name or not name[0].isalpha():
        return FillIn(text, reason=N_("a fill-in without a name ({fill_in})"))
    if "/" in words:
        return FillIn(text, reason=N_("a choice between words ({fill_in}); write it with if"))
    if len(words.split()) > _WORDS:
        return FillIn(text, reason=N_("an instruction ({fill_in})"))
    for kind, filter_, pattern in _TYPES:
        if pattern.search(name):
            return FillIn(f"{{{{ facts.{name}{filter_} }}}}", name, kind, words)
    return FillIn(f"{{{{ facts.{name} }}}}", name, "text", words)


def _as_written(tag: str, words: str) -> str:
    """`Du` where the template has a capital."""
    return "{{ Du }}" if tag == "{{ du }}" and words.startswith("Du") else tag


def slug(words: str) -> str:
    """A name for a field: small letters a to z, digits and underlines."""
    return re.sub(r"[^a-z0-9]+", "_", words.lower().translate(_LETTERS)).strip("_")[:40].strip("_")
