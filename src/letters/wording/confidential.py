"""Appendix + wording -> Letter: the confidential half of composing.

It uses the same engine as the open letters, with an environment of its own. What an extract for one person is
made from holds that person alone (`ConfidentialAppendix.alone`), so nothing of anybody else can reach it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from letters.case.confidential import Basis, ConfidentialAppendix, Person
from letters.danish import dato
from letters.document.model import Fact, Letter, Slots, Status, Text
from letters.problems import N_, LetterError, Place, Problem, Severity, TemplateError
from letters.wording.compose import Composed, Composer
from letters.wording.library import Library
from letters.wording.source import library_problem, open_group
from letters.wording.typography import set_typography
from letters.wording.values import Merged, Record
from letters.wording.view import View

#: The library's file that only confidential appendices need.
FILE = "fortrolighed.yaml"
_APPENDIX, _EXTRACT = "appendix", "extract"
_CLASSES = ("confidential", "sensitive")
# These are in the case file for the leak guard alone.
_NEVER_PRINTED = ("other_names", "address", "phone", "email", "protected")


class Confidentiality(Struct, frozen=True):
    """What the library says of appendices.

    Attributes:
        classifications: code -> the words on every page.
        wordings: "appendix" and "extract" -> name of the wording.
    """

    classifications: Mapping[str, str]
    wordings: Mapping[str, str]


def load_confidentiality(library: Library) -> Confidentiality:
    """Read fortrolighed.yaml.

    Raises:
        TemplateError: it is missing or at fault, or names a wording that is not there.
    """
    path = Path(library.root) / FILE
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        message = N_("the file cannot be read, and without it no confidential appendix is made")
        raise TemplateError([library_problem("library.unreadable", message, Place(str(path)))]) from None
    problems: list[Problem] = []
    head = open_group(source, str(path), problems)
    group = head.group("classifications")
    classes = {code: group.text(code) for code in _CLASSES}
    group.finish()
    group = head.group("wordings")
    wordings = {name: group.choice(name, library.files) for name in (_APPENDIX, _EXTRACT)}
    group.finish()
    head.finish()
    if problems:
        raise TemplateError(problems)
    return Confidentiality(classes, wordings)


class AppendixComposer(Composer):
    """Makes Letters of confidential appendices.

    Raises:
        TemplateError: on making one, when the library lacks what appendices need.
    """

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._confidentiality = load_confidentiality(library)

    def appendix(self, case: ConfidentialAppendix, status: Status, place: Callable[[str], Place]) -> Composed:
        """The whole appendix.

        Args:
            place: where a field of the case file stands, for problems.
        Raises:
            LetterError: prose holds what a letter cannot show.
            TemplateError: the wording is at fault.
        """
        return self._letter(case, _APPENDIX, status, place)

    def extracts(
        self, case: ConfidentialAppendix, status: Status, place: Callable[[str], Place]
    ) -> tuple[Composed, ...]:
        """One extract for each person, in the file's order; none when the appendix may not be shared.

        Raises:
            LetterError, TemplateError: as `appendix`.
        """
        if case.sharing != "people-concerned":
            return ()
        return tuple(
            self._letter(case.alone(index), _EXTRACT, status, _placed_at(place, index))
            for index in range(len(case.people))
        )

    def _letter(
        self, case: ConfidentialAppendix, kind: str, status: Status, place: Callable[[str], Place]
    ) -> Composed:
        view = _AppendixView(case, self.library)
        context = view.names()
        if view.problems:
            raise LetterError(_placed(problem, place) for problem in view.problems)
        chosen = self.library.at(case.date)
        name = self._confidentiality.wordings[kind]
        if name not in chosen:
            raise TemplateError([_not_yet(self.library, name, case)])
        blocks = self._blocks(self._environment(chosen), name, context, place)
        heading, body = self._sections(blocks, place)
        letter = Letter(
            title=f"{chosen[name].title}: {case.title}",
            status=status,
            date=case.date.isoformat(),
            letterhead=self.library.senders[case.sender].letterhead,
            slots=_slots(case, self.library, self._confidentiality, status),
            sections=tuple(body),
            heading=heading,
            language=self.library.language,
        )
        return Composed(set_typography(letter), tuple(sorted({self._used(b) for b in blocks} - {""})), name)


class _AppendixView(View):
    """An appendix as its wording sees it. Uses of `View` only what knows no kind of case."""

    def __init__(self, case: ConfidentialAppendix, library: Library) -> None:
        self.library, self.sender = library, library.senders[case.sender]
        self.problems = []
        self._appendix = case

    def names(self) -> dict[str, object]:
        """Every name that the wording of an appendix may use."""
        receivers = self._appendix.recipients
        several = len(receivers) > 1 or any(receiver.organisation for receiver in receivers)
        return {**self.fields(self._appendix, ""), "afsender": self.sender_record(), "flere": several}

    def value(self, value: object, path: str, is_prose: bool = False) -> object:
        if isinstance(value, Person):
            shown = self.fields(value, f"{path}.")
            return Record({name: shown[name] for name in shown if name not in _NEVER_PRINTED})
        if isinstance(value, Basis):
            return Record({**self.fields(value, f"{path}."), "people": self._covered(value, path)})
        if isinstance(value, int) and not isinstance(value, bool):
            return None  # the number of a person, which `_covered` turns into the person
        return super().value(value, path, is_prose)

    def _covered(self, basis: Basis, path: str) -> list[object]:
        """The people whom a basis holds for, by name: that is all a list of receivers needs."""
        return [
            Record({"name": Merged(person.name, f"people[{number - 1}].name")})
            for number, person in enumerate(self._appendix.people, 1)
            if basis.covers(number)
        ]


def _slots(case: ConfidentialAppendix, library: Library, words: Confidentiality, status: Status) -> Slots:
    """The frame. No address: the appendix lies in the envelope of the letter it belongs to."""
    sender, labels, draft = library.senders[case.sender], library.labels, status is Status.DRAFT
    facts = [
        Fact(labels["date"], (Text(dato(case.date), "date"),)),
        Fact(labels["case_number"], (Text(case.case_number, "case_number"),)),
        Fact(labels["unit"], (Text(sender.unit), *(Text(line) for line in sender.address))),
    ]
    for part, label in (("name", "contact"), ("phone", "phone"), ("email", "email")):
        if text := getattr(case.contact, part) if case.contact else sender.texts.get(part):
            facts.append(Fact(labels[label], (Text(text, f"contact.{part}" if case.contact else None),)))
    return Slots(
        sender=sender.authority,
        page_label=labels["page"],
        logo_alt=sender.logo_alt,
        notice=labels["draft_notice"] if draft else "",
        mark=labels["draft"] if draft else "",
        classification=words.classifications[case.classification],
        running=case.case_number,
        column=tuple(facts),
    )


def _placed_at(place: Callable[[str], Place], index: int) -> Callable[[str], Place]:
    """An extract counts its one person as the first; the file does not."""
    return lambda field: place(field.replace("people[0]", f"people[{index}]", 1))


def _placed(problem: Problem, place: Callable[[str], Place]) -> Problem:
    where = place(problem.place.field or "")
    return Problem(
        problem.code, problem.severity, problem.message, where, problem.args, problem.help, problem.see
    )


def _not_yet(library: Library, name: str, case: ConfidentialAppendix) -> Problem:
    return Problem(
        "template.not-yet",
        Severity.FATAL,
        N_("the wording {name} has no version that applies on {date}"),
        Place(library.root),
        {"name": name, "date": case.date.isoformat()},
        N_("check the letter's date, or add an earlier version"),
    )
