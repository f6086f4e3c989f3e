"""A case as its wording sees it: the names that `docs/wording.md` promises, and nothing else.

In: a `Case` and the library. Out: the context for Jinja. The prose fields are parsed here, all of them, so
    that every forbidden construct of a case file is told at once, whether the wording prints the field or
    not.
"""

from __future__ import annotations

import datetime as dt
import functools
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from letters.case.fields import CivilNumber
from letters.case.models import Case, Granted, Hearing, Model, PartlyGranted, Reason, Rejected, Reply
from letters.case.shapes import is_prose
from letters.case.spec import FieldSpec, FieldType
from letters.danish import ejefald, liste
from letters.document.model import Block, Heading
from letters.law.deadlines import Channel, printable_last_day
from letters.problems import Problem
from letters.records import fields_of
from letters.wording.library import CaseType, Library, RouteVersion, Sender, TermVersion
from letters.wording.lookalikes import escape_lookalikes
from letters.wording.markdown import read_blocks
from letters.wording.prose import prose_problem
from letters.wording.questions import answers, question_list
from letters.wording.refusals import Refused
from letters.wording.tokens import Values
from letters.wording.values import CaseDate, CaseNumber, Merged, Prose, Record, Term

# Headings inside prose get their level from where the prose is printed; until then they count from here.
PROSE_LEVEL = 100


def law_date(case: Case) -> dt.date:
    """The date whose law and terms apply."""
    return case.law_date or case.date


def wording_key(case: Case) -> str:
    """The key of `wordings:` in sagstype.yaml that the case asks for."""
    match case:
        case Granted() | PartlyGranted() | Rejected():
            return case.outcome
        case Hearing() | Reply():
            return case.matter
        case _:
            typing.assert_never(case)


class View:
    """Builds the context for one case; collects the problems of its prose in `problems`."""

    def __init__(self, case: Case, library: Library) -> None:
        self.case, self.library = case, library
        self.case_type: CaseType = library.case_types[case.case_type]
        self.sender: Sender = library.senders[case.sender]
        self.problems: list[Problem] = []

    def context(self) -> dict[str, object]:
        """Every name that a wording may use."""
        case = self.case
        names: dict[str, object] = {**_LEFT_OUT, **self.fields(case, "")}
        reasons = self.reasons()
        parts = self.parts(reasons)
        names |= {
            "outcome": self.outcome(),
            "facts": self.facts(case.facts, self.case_type.spec.fields, "facts"),
            "reasons": reasons,
            "parts": parts,
            "routes": self.routes(parts),
            "ord": Record({name: self.term(versions) for name, versions in self.library.terms.items()}),
            "afsender": self.sender_record(),
            "modtager_er_part": self.reader_is_party,
            "flere": self.several,
            "parten": self.party_name(),
            **self.pronouns(),
        }
        if isinstance(case, Reply):
            prose = dict(self.question_prose(case))
            names["questions"] = [Record({"number": Merged(q.number or "")}) for q in case.questions]
            names["spoergsmaal"] = question_list(case, prose, self.problems)
            names["svarene"] = answers(case, prose)
        return names

    # The case's own fields

    def fields(self, model: Model, path: str) -> dict[str, object]:
        return {
            name: self.value(getattr(model, name), f"{path}{name}", name in prose_fields(type(model)))
            for name in model.__struct_fields__
            if path or name not in ("facts", "reasons", "questions")
        }

    def value(self, value: object, path: str, is_prose: bool = False) -> object:
        match value:
            case Model():
                return Record(self.fields(value, f"{path}."))
            case CivilNumber():
                return Merged(value.hidden, path)  # a party who has one is not the one who reads the letter
            case str():
                return self.prose(value, path) if is_prose else Merged(value, path)
            case dt.date():
                return CaseDate(value, path)
            case bool() | None:
                return value
            case int() | Decimal():
                return CaseNumber(value, path)
            case tuple() | list():
                return [self.value(item, f"{path}[{index}]") for index, item in enumerate(value)]
            case _:
                raise TypeError(f"a case holds a {type(value).__name__} at {path}")

    def prose(self, source: str, path: str) -> Prose:
        try:
            blocks = read_blocks(escape_lookalikes(source), Values(), field=path)
        except Refused as refused:
            self.problems.append(prose_problem(refused, path))
            return Prose((), path)
        return Prose(tuple(_levelled(blocks)), path)

    def facts(self, facts: Mapping[str, object], specs: Mapping[str, FieldSpec], path: str) -> Record:
        """Facts by their specs; what an optional field left out is none."""
        values: dict[str, object] = dict.fromkeys(specs)
        for name, value in facts.items():
            values[name] = self.fact(value, specs[name], f"{path}.{name}")
        return Record(values)

    def fact(self, value: object, spec: FieldSpec, field: str) -> object:
        if spec.type is FieldType.CHOICE:
            return Term.of(spec.choices[str(value)], {"kode": str(value)}, field)
        if spec.type is FieldType.ROWS and isinstance(value, tuple):
            return [self.facts(row, spec.columns, f"{field}[{index}]") for index, row in enumerate(value)]
        return self.value(value, field, spec.type is FieldType.PROSE)

    # Reasons, parts, routes

    def outcome(self) -> Merged | None:
        case = self.case
        if isinstance(case, Hearing):
            return Merged(case.hearing.intended)
        return None if isinstance(case, Reply) else Merged(case.outcome)

    def reasons(self) -> list[Record]:
        """In the library's order, never in the file's: the reasoning is one text."""
        given: Sequence[Reason] = () if isinstance(self.case, Reply) else self.case.reasons
        order = {code: place for place, code in enumerate(self.case_type.grounds_order)}
        numbered = sorted(enumerate(given), key=lambda pair: order.get(pair[1].ground, len(order)))
        return [self.reason(index, reason) for index, reason in numbered]

    def reason(self, index: int, reason: Reason) -> Record:
        path = f"reasons[{index}]"
        spec = self.case_type.spec.grounds[reason.ground]
        considerations = reason.considerations
        return Record(
            {
                "ground": Merged(reason.ground),
                "title": Merged(spec.title),
                "provision": Merged(spec.provision),
                "part": Merged(spec.part),
                "discretionary": spec.discretionary,
                "facts": self.facts(reason.facts, spec.fields, f"{path}.facts"),
                "considerations": self.prose(considerations, f"{path}.considerations")
                if considerations
                else None,
                "wording": Merged(self.case_type.ground_names[reason.ground]),
            }
        )

    def parts(self, reasons: Sequence[Record]) -> list[Record]:
        parts = []
        for code, title in self.case_type.parts.titles.items():
            own = [reason for reason in reasons if reason["part"] == code]
            if own:
                route = self.route(self.route_code(code))
                names = {"code": Merged(code), "title": Merged(title), "reasons": own, "route": route}
                parts.append(Record(names))
        return parts

    def route_code(self, part: str) -> str | None:
        return self.case_type.parts.route(part, self.case.facts)

    def route(self, code: str | None) -> Record | None:
        version = applicable(self.library.routes.get(code or "", ()), law_date(self.case))
        if version is None:
            return None
        texts: dict[str, object] = {name: Merged(text) for name, text in version.texts.items()}
        day = last_day(self.case, version)
        return Record(texts | {"last_day": CaseDate(day, LAST_DAY) if day else None})

    def routes(self, parts: Sequence[Record]) -> list[Record]:
        """Each complaint route of the touched parts once."""
        by_code: dict[str, list[Record]] = {}
        for part in parts:
            code = self.route_code(str(part["code"]))
            if code and part["route"] is not None:
                by_code.setdefault(code, []).append(part)
        routes = []
        for own in by_code.values():
            route = own[0]["route"]
            if isinstance(route, Record):
                routes.append(Record({**{name: route[name] for name in route}, "parts": own}))
        return routes

    # Words of the library

    def term(self, versions: tuple[TermVersion, ...]) -> Term | None:
        version = term_version(versions, self.case)
        return Term.of(version.text, version.forms) if version else None

    def sender_record(self) -> Record:
        sender = self.sender
        texts: dict[str, object] = {name: Merged(text) for name, text in sender.texts.items()}
        return Record(
            texts
            | {
                "authority": Merged(sender.authority),
                "unit": Merged(sender.unit),
                "address": [Merged(line) for line in sender.address],
            }
        )

    # Whom the letter addresses

    @property
    def reader_is_party(self) -> bool:
        return isinstance(self.case, Reply) or self.case.party is None

    @property
    def several(self) -> bool:
        return len(self.case.recipients) > 1

    def party_name(self) -> Merged:
        if not isinstance(self.case, Reply) and self.case.party is not None:
            return Merged(self.case.party.name, "party.name")
        return Merged(liste([recipient.name for recipient in self.case.recipients]), "recipients[0].name")

    def pronouns(self) -> dict[str, object]:
        if not self.reader_is_party:
            name = self.party_name()
            genitive = Merged(ejefald(name), name.field)
            own = {word: Merged(word) for word in ("sig", "sin", "sit", "sine")}
            return {
                "Du": name,
                "du": name,
                "dig": name,
                **dict.fromkeys(("din", "dit", "dine"), genitive),
                **own,
            }
        words = _PLURAL if self.several else _SINGULAR
        return {name: Merged(word) for name, word in words.items()}

    # Questions

    def question_prose(self, case: Reply) -> Iterable[tuple[str, Prose]]:
        for index, question in enumerate(case.questions):
            path = f"questions[{index}]"
            yield from self.prose_pair(path, question.text, question.answer)
            for number, part in enumerate(question.parts):
                yield from self.prose_pair(f"{path}.parts[{number}]", part.text, part.answer)

    def prose_pair(self, path: str, text: str, answer: str | None) -> Iterable[tuple[str, Prose]]:
        yield f"{path}.text", self.prose(text, f"{path}.text")
        if answer is not None:
            yield f"{path}.answer", self.prose(answer, f"{path}.answer")


LAST_DAY = "delivery.last_day"
"""The field that the last day for a complaint is printed for."""


def last_day(case: Case, route: RouteVersion) -> dt.date | None:
    """The last day for a complaint by a route, when the case file asks for it; None when the rule will do."""
    delivery = case.delivery
    if isinstance(case, Hearing | Reply) or delivery is None or not delivery.last_day:
        return None
    return printable_last_day(Channel(delivery.channel), delivery.sent, route.texts.get("deadline", ""))


_SINGULAR = {
    "Du": "Du",
    "du": "du",
    "dig": "dig",
    "din": "din",
    "dit": "dit",
    "dine": "dine",
    "sig": "dig",
    "sin": "din",
    "sit": "dit",
    "sine": "dine",
}
_PLURAL = {
    "Du": "I",
    "du": "I",
    "dig": "jer",
    "din": "jeres",
    "dit": "jeres",
    "dine": "jeres",
    "sig": "jer",
    "sin": "jeres",
    "sit": "jeres",
    "sine": "jeres",
}
# What some kind of case file has and others lack: a shared clause may ask for it in every letter.
_LEFT_OUT: Mapping[str, object] = dict.fromkeys(
    (
        "party",
        "representative",
        "application",
        "decision",
        "hearing",
        "assessment",
        "inquiry",
        "salutation",
        "opening",
        "before_questions",
        "closing",
        "attachments",
    )
) | {"views": [], "appendices": [], "headings": Record({"title": None, "questions": None, "answers": None})}


@functools.cache
def prose_fields(model: type[Model]) -> frozenset[str]:
    """The fields of a model that hold prose."""
    return frozenset(name for name, field in fields_of(model).items() if is_prose(field.type))


_Version = typing.TypeVar("_Version", TermVersion, RouteVersion)


def applicable(versions: Sequence[_Version], date: dt.date) -> _Version | None:
    """The newest version not after a date; None when all begin later. `versions` rise by date."""
    return next((version for version in reversed(versions) if version.since <= date), None)


def term_version(versions: Sequence[TermVersion], case: Case) -> TermVersion | None:
    """The version of a term that a case is written with: its regime's own, or the plain one of the date."""
    under = [version for version in versions if case.regime in version.regimes]
    plain = [version for version in versions if not version.regimes]
    date = law_date(case)
    return applicable(under, date) or applicable(plain, date)


def _levelled(blocks: Sequence[Block]) -> Iterable[Block]:
    """Headings of prose counted from `PROSE_LEVEL`, so that the first level used becomes the next below."""
    top = min((block.level for block in blocks if isinstance(block, Heading)), default=0)
    for block in blocks:
        yield replace(block, level=PROSE_LEVEL + block.level - top) if isinstance(block, Heading) else block
