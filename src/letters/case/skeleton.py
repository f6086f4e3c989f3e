"""A commented case file to start from, for `letters new`.

It is a valid case: required fields carry example values, all others stand as comments. Each field has its
title, each ground that the outcome may rest on its provision, its facts and whether it needs considerations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from letters.case.field_writer import (
    WRITE_HERE,
    FieldWriter,
    Lines,
    Translate,
    awake,
    commented,
    indented,
    item,
    prose,
    quoted,
)
from letters.case.forms import form_of
from letters.case.spec import CaseTypeSpec, FieldSpec, FieldType, GroundSpec, LibrarySpec, Matter, Outcome
from letters.problems import N_
from letters.records import Field

# Invented. Dates fit each other: received, heard, decided within seven working days, in force.
_EXAMPLES = {
    "case_number": "2021-0000001-1",
    "date": "2021-09-02",
    "law_date": "2021-09-02",
    "recipients.name": "Amal Hassan",
    "recipients.title": "formand",
    "recipients.organisation": "Foreningen Grønt Lindehøj",
    "recipients.address.street": "Lindevej 12, 3. th",
    "recipients.address.postcode": "9990",
    "recipients.address.city": "Lindehøj",
    "recipients.address.co": "Jensen",
    "recipients.address.place": "Lindegården",
    "recipients.address.country": "Sverige",
    "signatory.name": "Bente Holm",
    "signatory.title": "Kontorchef",
    "contact.name": "Bente Holm",
    "contact.phone": "99 90 00 00",
    "contact.email": "post@lindehoej.example",
    "delivery.sent": "2021-09-02",
    "delivery.last_day": "nej",
    "party.name": "Amal Hassan",
    "party.cpr": "DDMMÅÅ-NNNN",
    "representative.basis": "fuldmagt af 3. juni 2021",
    "application.received": "2021-08-24",
    "decision.effective": "2021-10-01",
    "hearing.deadline": "2021-08-30",
    "hearing.reply": "2021-08-27",
    "inquiry.date": "2021-08-13",
    "inquiry.received": "2021-08-16",
    "questions.number": "1",
    "questions.parts.number": "1a",
    "questions.answered_with": "1",
    "questions.parts.answered_with": "1a",
    "appendices.id": "bilag-1",
}
_HEARING_DEADLINE = "2021-09-16"
_FACTS = {
    FieldType.DATE: "2021-06-01",
    FieldType.NUMBER: "1",
    FieldType.KRONER: "100.00",
    FieldType.YES_NO: "ja",
}
# Optional in the model, but what the letter is for.
_ALWAYS = frozenset({"questions.answer", "questions.parts.answer"})


def skeleton(
    spec: CaseTypeSpec, matter: Matter, outcome: Outcome | None, library: LibrarySpec, translate: Translate
) -> str:
    """Write a case file of a case type, with examples in it.

    Args:
        outcome: of a decision; for a hearing the intended one; not asked for a reply. None: a rejection where
            there is wording for it.
        translate: from the English titles of the models to the reader's language; the library's own titles
            are Danish and stay.
    """
    if outcome is None and matter is not Matter.REPLY:
        outcome = [one for one in Outcome if one in spec.outcomes or matter is Matter.HEARING][-1]
    return _Writer(spec, matter, outcome, library, translate).write()


class _Writer(FieldWriter):
    def __init__(
        self,
        spec: CaseTypeSpec,
        matter: Matter,
        outcome: Outcome | None,
        library: LibrarySpec,
        translate: Translate,
    ) -> None:
        super().__init__(translate, library.senders, _EXAMPLES)
        self.spec, self.matter, self.outcome, self.library = spec, matter, outcome, library

    def write(self) -> str:
        head = self.translate(N_("Fill in and replace the examples. A line that begins with # is left out."))
        lines = [f"# {self.spec.title}", f"# {head}", ""]
        lines += [f"matter: {self.matter.value}", f"case_type: {self.spec.code}"]
        if self.matter is Matter.DECISION and self.outcome:
            lines.append(f"outcome: {self.outcome.value}")
        lines += self.group(form_of(self.matter, self.outcome), "", ("matter", "case_type", "outcome"))
        return "\n".join(lines) + "\n"

    def _field(self, name: str, field: Field, path: str) -> Lines:
        if path == "facts":
            return self._facts(self.spec.fields, self.translate(field.title))
        if path == "reasons":
            return self._reasons(self._label(field), required=field.required)
        return super()._field(name, field, path)

    def _is_needed(self, field: Field, path: str) -> bool:
        return field.required or path in _ALWAYS or self._library_needs(path)

    def _library_needs(self, path: str) -> bool:
        if path == "assessment":
            return self.outcome in self.spec.assessment
        if self.matter is not Matter.DECISION or self.outcome is None:
            return False
        terms = self.spec.terms.get(self.outcome, ())
        return bool(terms) and path in ("decision", *(f"decision.{name}" for name in terms))

    def _words(self, field: Field, path: str) -> tuple[str, ...]:
        if path == "regime":
            return tuple(sorted(self.library.regimes))
        if path == "hearing.intended" and self.outcome:
            return (self.outcome.value,)
        return super()._words(field, path)

    def _example(self, field: Field, path: str) -> str:
        if path == "hearing.deadline" and self.matter is Matter.HEARING:
            return _HEARING_DEADLINE
        return super()._example(field, path)

    # What the library asks for

    def _facts(self, fields: Mapping[str, FieldSpec], title: str = "") -> Lines:
        if not fields:
            return []
        needed = any(spec.required for spec in fields.values())
        lines = [f"facts:  # {title}" if title else "facts:"]
        for spec in fields.values():
            fact = indented(self._fact(spec))
            lines += fact if spec.required or not needed else commented(fact)
        return lines if needed else commented(lines)

    def _fact(self, spec: FieldSpec) -> Lines:
        label = spec.title
        if spec.choices:
            label += f" ({', '.join(f'{code}: {text}' for code, text in spec.choices.items())})"
        value = spec.example or _FACTS.get(spec.type) or next(iter(spec.choices), self.translate(WRITE_HERE))
        if spec.type is FieldType.TEXTS:
            return [f"{spec.name}:  # {label}", f"  - {quoted(value)}"]
        if spec.type is FieldType.PROSE:
            return prose(spec.name, value, label)
        if spec.type is FieldType.ROWS:
            return [f"{spec.name}:  # {label}", *item(self._row(spec.columns))]
        bare = spec.type in (FieldType.NUMBER, FieldType.KRONER, FieldType.YES_NO)
        return [f"{spec.name}: {value if bare else quoted(value)}  # {label}"]

    def _row(self, columns: Mapping[str, FieldSpec]) -> Lines:
        lines: Lines = []
        for spec in columns.values():
            lines += self._fact(spec) if spec.required else commented(self._fact(spec))
        return awake(lines)

    def _reasons(self, label: str, *, required: bool) -> Lines:
        grounds = [g for g in self.spec.grounds.values() if self.outcome in g.outcomes]
        if not grounds:
            return []
        lines = [f"reasons:  # {label}"]
        for position, ground in enumerate(grounds):
            lines += indented([f"# {text}" for text in self._about(ground)])
            reason = item(self._reason(ground))
            lines += reason if position == 0 else commented(reason)
        return lines if required else commented(lines)

    def _about(self, ground: GroundSpec) -> Iterator[str]:
        part = self.spec.parts.get(ground.part, ground.part)
        yield f"{ground.title} ({ground.provision}; {part})"
        if self._weighs(ground):
            yield self.translate(N_("The rule leaves discretion: the main considerations must be given."))

    def _weighs(self, ground: GroundSpec) -> bool:
        return ground.discretionary and self.outcome is not Outcome.GRANTED

    def _reason(self, ground: GroundSpec) -> Lines:
        label = self.translate(N_("Main considerations"))
        weighs = prose("considerations", self.translate(WRITE_HERE), label)
        facts = self._facts(ground.fields)
        return [f"ground: {ground.code}", *facts, *(weighs if self._weighs(ground) else commented(weighs))]
