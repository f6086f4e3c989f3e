"""A commented case file to start from, for `letters new`.

It is a valid case: required fields carry example values, all others stand as comments. Each field has its
title, each ground that the outcome may rest on its provision, its facts and whether it needs considerations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pydantic.fields import FieldInfo

from letters.case.forms import form_of
from letters.case.models import Model
from letters.case.shapes import is_list, is_prose, literals_in, models_in
from letters.case.spec import CaseTypeSpec, FieldSpec, FieldType, GroundSpec, LibrarySpec, Matter, Outcome
from letters.problems import N_

Translate = Callable[[str], str]
Lines = list[str]

_BARE = re.compile(r"[A-Za-zÆØÅæøå][A-Za-zÆØÅæøåé0-9 ,./()§-]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS_OF_YAML = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}

_WRITE_HERE = N_("[Write here]")

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


@dataclass(frozen=True)
class _Writer:
    spec: CaseTypeSpec
    matter: Matter
    outcome: Outcome | None
    library: LibrarySpec
    translate: Translate

    def write(self) -> str:
        head = self.translate(N_("Fill in and replace the examples. A line that begins with # is left out."))
        lines = [f"# {self.spec.title}", f"# {head}", ""]
        lines += [f"matter: {self.matter.value}", f"case_type: {self.spec.code}"]
        if self.matter is Matter.DECISION and self.outcome:
            lines.append(f"outcome: {self.outcome.value}")
        lines += self._group(form_of(self.matter, self.outcome), "", ("matter", "case_type", "outcome"))
        return "\n".join(lines) + "\n"

    def _group(self, model: type[Model], path: str, skipped: tuple[str, ...] = ()) -> Lines:
        lines: Lines = []
        for name, field in model.model_fields.items():
            if name not in skipped:
                where = f"{path}.{name}" if path else name
                lines += self._field(name, field, where)
        return lines

    def _field(self, name: str, field: FieldInfo, path: str) -> Lines:
        if path == "facts":
            return self._facts(self.spec.fields, self.translate(field.title or ""))
        if path == "reasons":
            return self._reasons(self._label(field), required=field.is_required())
        models = models_in(field.annotation)
        needed = field.is_required() or path in _ALWAYS or self._library_needs(path)
        if not models:
            lines = self._scalar(name, field, path)
        elif is_list(field.annotation):
            lines = [f"{name}:  # {self._label(field)}", *_item(self._group(models[0], path))]
        else:
            lines = self._alternatives(name, field, models, path)
        return lines if needed else _commented(lines)

    def _library_needs(self, path: str) -> bool:
        if path == "assessment":
            return self.outcome in self.spec.assessment
        if self.matter is not Matter.DECISION or self.outcome is None:
            return False
        terms = self.spec.terms.get(self.outcome, ())
        return bool(terms) and path in ("decision", *(f"decision.{name}" for name in terms))

    def _alternatives(self, name: str, field: FieldInfo, models: tuple[type[Model], ...], path: str) -> Lines:
        head = f"{name}:  # {self._label(field)}"
        lines = [head, *_indented(_awake(self._group(models[0], path)))]
        for model in models[1:]:
            lines.append(f"# {self.translate(N_('or'))}:")
            lines += _commented([f"{name}:", *_indented(self._group(model, path))])
        return lines

    def _label(self, field: FieldInfo) -> str:
        title = self.translate(field.title or "")
        return f"{title}: {self.translate(field.description)}" if field.description else title

    def _scalar(self, name: str, field: FieldInfo, path: str) -> Lines:
        label = self._label(field)
        words = self._words(field, path)
        if len(words) > 1:
            label += f" ({', '.join(words)})"
        value = words[0] if words else self._example(field, path)
        if is_list(field.annotation):
            return [f"{name}:  # {label}", f"  - {_quoted(value)}"]
        if field.annotation is bool:
            return [f"{name}: {'true' if field.default else 'false'}  # {label}"]
        return _prose(name, value, label) if is_prose(field) else [f"{name}: {_quoted(value)}  # {label}"]

    def _words(self, field: FieldInfo, path: str) -> tuple[str, ...]:
        if path == "sender":
            return tuple(sorted(self.library.senders))
        if path == "regime":
            return tuple(sorted(self.library.regimes))
        if path == "hearing.intended" and self.outcome:
            return (self.outcome.value,)
        return literals_in(field.annotation)

    def _example(self, field: FieldInfo, path: str) -> str:
        if path == "hearing.deadline" and self.matter is Matter.HEARING:
            return _HEARING_DEADLINE
        return _EXAMPLES.get(path) or self.translate(_WRITE_HERE)

    # What the library asks for

    def _facts(self, fields: Mapping[str, FieldSpec], title: str = "") -> Lines:
        if not fields:
            return []
        needed = any(spec.required for spec in fields.values())
        lines = [f"facts:  # {title}" if title else "facts:"]
        for spec in fields.values():
            fact = _indented(self._fact(spec))
            lines += fact if spec.required or not needed else _commented(fact)
        return lines if needed else _commented(lines)

    def _fact(self, spec: FieldSpec) -> Lines:
        label = spec.title
        if spec.choices:
            label += f" ({', '.join(f'{code}: {text}' for code, text in spec.choices.items())})"
        value = spec.example or _FACTS.get(spec.type) or next(iter(spec.choices), self.translate(_WRITE_HERE))
        if spec.type is FieldType.TEXTS:
            return [f"{spec.name}:  # {label}", f"  - {_quoted(value)}"]
        if spec.type is FieldType.PROSE:
            return _prose(spec.name, value, label)
        if spec.type is FieldType.ROWS:
            return [f"{spec.name}:  # {label}", *_item(self._row(spec.columns))]
        bare = spec.type in (FieldType.NUMBER, FieldType.KRONER, FieldType.YES_NO)
        return [f"{spec.name}: {value if bare else _quoted(value)}  # {label}"]

    def _row(self, columns: Mapping[str, FieldSpec]) -> Lines:
        lines: Lines = []
        for spec in columns.values():
            lines += self._fact(spec) if spec.required else _commented(self._fact(spec))
        return _awake(lines)

    def _reasons(self, label: str, *, required: bool) -> Lines:
        grounds = [g for g in self.spec.grounds.values() if self.outcome in g.outcomes]
        if not grounds:
            return []
        lines = [f"reasons:  # {label}"]
        for position, ground in enumerate(grounds):
            lines += _indented([f"# {text}" for text in self._about(ground)])
            reason = _item(self._reason(ground))
            lines += reason if position == 0 else _commented(reason)
        return lines if required else _commented(lines)

    def _about(self, ground: GroundSpec) -> Iterator[str]:
        part = self.spec.parts.get(ground.part, ground.part)
        yield f"{ground.title} ({ground.provision}; {part})"
        if self._weighs(ground):
            yield self.translate(N_("The rule leaves discretion: the main considerations must be given."))

    def _weighs(self, ground: GroundSpec) -> bool:
        return ground.discretionary and self.outcome is not Outcome.GRANTED

    def _reason(self, ground: GroundSpec) -> Lines:
        label = self.translate(N_("Main considerations"))
        weighs = _prose("considerations", self.translate(_WRITE_HERE), label)
        facts = self._facts(ground.fields)
        return [f"ground: {ground.code}", *facts, *(weighs if self._weighs(ground) else _commented(weighs))]


def _prose(name: str, value: str, label: str) -> Lines:
    return [f"{name}: |  # {label}", f"  {value}"]


def _quoted(value: str) -> str:
    """A text as YAML, in quotes where an editor would take it for something else."""
    if _DATE.fullmatch(value) or (_BARE.fullmatch(value) and value.lower() not in _WORDS_OF_YAML):
        return value
    return json.dumps(value, ensure_ascii=False)


def _indented(lines: Lines) -> Lines:
    return [f"  {line}" for line in lines]


def _item(lines: Lines) -> Lines:
    """An entry of a list: its first field that is no comment takes the dash, comments before it follow."""
    first = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    end = first + 1
    while end < len(lines) and lines[end].startswith(" "):
        end += 1
    rest = lines[first + 1 : end] + lines[:first] + lines[end:]
    return [f"  - {lines[first]}", *(f"    {line}" for line in rest)]


def _awake(lines: Lines) -> Lines:
    """A group of optional fields alone would be empty, so its comments are taken away."""
    return [line[2:] for line in lines] if all(line.startswith("#") for line in lines) else lines


def _commented(lines: Lines) -> Lines:
    """Comment lines out at their common indentation, so that removing "# " brings them back."""
    depth = min(len(line) - len(line.lstrip()) for line in lines)
    return [f"{line[:depth]}# {line[depth:]}" for line in lines]
