"""What an appendix's case file is started from: a commented example, and the JSON Schema of its fields.

The confidential half of `skeleton` and `schema`: neither of those knows an appendix.
"""

from __future__ import annotations

from collections.abc import Collection

from letters.case.confidential import ConfidentialAppendix
from letters.case.field_writer import FieldWriter, Translate
from letters.case.schema import DIALECT, Schema, definitions_of
from letters.case.shapes import models_under, titles_of
from letters.problems import N_

TITLE = N_("Confidential appendix")
_ADVICE = (
    N_("Fill in and replace the examples. A line that begins with # is left out."),
    N_("Only id, title and sharing stand in the open case file, too, and they name nobody."),
    N_("What is never printed is looked for in the open letters: fill it in all the same."),
)

# Invented, and nobody's: the title names no one, the dates fit each other.
_EXAMPLES = {
    "id": "bilag-1",
    "title": "gennemgang af en sag",
    "case_number": "2021-0000001-1",
    "date": "2021-09-10",
    "recipients.name": "Freja Lindegaard",
    "recipients.title": "formand",
    "recipients.organisation": "Foreningen Grønt Lindehøj",
    "recipients.basis.date": "2021-08-20",
    "recipients.basis.provision": "forvaltningslovens § 9",
    "recipients.basis.people": "1",
    "people.name": "Amal Hassan",
    "people.other_names": "Amal Haddad",
    "people.cpr": "DDMMÅÅ-NNNN",
    "people.case_number": "2021-0000002-1",
    "people.address.street": "Lindevej 12, 3. th",
    "people.address.postcode": "9990",
    "people.address.city": "Lindehøj",
    "people.address.co": "Jensen",
    "people.address.place": "Lindegården",
    "people.address.country": "Sverige",
    "people.phone": "99 90 00 01",
    "people.email": "amal@post.example",
    "people.legal_basis": "integrationslovens § 18, stk. 2",
    "signatory.name": "Bente Holm",
    "signatory.title": "Kontorchef",
    "contact.name": "Bente Holm",
    "contact.phone": "99 90 00 00",
    "contact.email": "post@lindehoej.example",
    "allowed.word": "Hassan Allé",
}


def appendix_skeleton(senders: Collection[str], translate: Translate) -> str:
    """Write an appendix's case file with examples in it; it is valid as it stands.

    Args:
        senders: the codes of the library's sender profiles.
        translate: from the English titles of the fields to the reader's language.
    """
    writer = FieldWriter(translate, senders, _EXAMPLES)
    lines = [
        *(f"# {translate(text)}" for text in (TITLE, *_ADVICE)),
        "",
        "matter: appendix",
        *writer.group(ConfidentialAppendix, "", ("matter",)),
    ]
    return "\n".join(lines) + "\n"


def appendix_schema(senders: Collection[str], translate: Translate) -> Schema:
    """The JSON Schema of appendices' case files; arguments as for `appendix_skeleton`."""
    name = ConfidentialAppendix.__name__
    return {
        "$schema": DIALECT,
        "title": translate(TITLE),
        "type": "object",
        "properties": {"matter": {"enum": ["appendix"]}, "sender": {"enum": sorted(senders)}},
        "required": ["matter"],
        "allOf": [{"$ref": f"#/$defs/{name}"}],
        "$defs": definitions_of(ConfidentialAppendix, translate),
    }


def appendix_message_ids() -> tuple[str, ...]:
    """The English titles and descriptions of an appendix's fields, for the message extractor."""
    return titles_of(models_under((ConfidentialAppendix,)))
