"""A directory -> `Library`, strictly: every fault of every file at once, at its line.

The files and their keys are described in `docs/wording.md` and `templates/da/LÆSMIG.md`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from letters.case.spec import CaseTypeSpec, FieldSpec, Matter
from letters.document.model import Role
from letters.problems import N_, Place, Problem, TemplateError
from letters.wording.asked import read_answer_within, read_fields, read_ground, read_parts, read_terms
from letters.wording.files import Files
from letters.wording.library import (
    MATTERS,
    OUTCOMES,
    CaseType,
    Library,
    RouteVersion,
    Sender,
    TermVersion,
    WordingFile,
)
from letters.wording.source import Group, library_problem, open_group
from letters.wording.tokens import MAX_LINES

LABELS = (
    "date",
    "case_number",
    "unit",
    "contact",
    "phone",
    "email",
    "page",
    "draft",
    "draft_notice",
)
_ROLES = {role.value: role for role in Role}
_NAME = re.compile(r"(?P<stem>[a-z0-9][a-z0-9-]*)(?:@(?P<since>\d{4}-\d\d-\d\d))?\.(?:md|docx)")
_HEADING = re.compile(r"##\s+(.*?)\s*#*\s*")
_MAX_WORDING = 250_000  # bytes; the longest letter that anybody has written is a fifth of it
_NOT_CASE_TYPES = frozenset({"brevpapir", "love", "standardtekster"})
_LOCK_FILES = ("~$", ".~lock.")
_OTHER_WORD_FILES = (".doc", ".docm", ".dot", ".dotx", ".dotm", ".rtf", ".odt", ".pdf")
_MENTIONS = ("short", "full")


def _in_word(problem: Problem, paragraphs: Sequence[int], texts: Mapping[int, str]) -> Problem:
    """A problem at a line of what a Word file was read as, at the paragraph that the line came from."""
    line = problem.place.line
    if problem.place.text or line is None or not paragraphs:
        return problem
    from letters.wording.word.model import shortened  # only where a wording is written in Word

    number = paragraphs[min(line, len(paragraphs)) - 1]
    return replace(
        problem, place=replace(problem.place, line=number, column=None, text=shortened(texts.get(number, "")))
    )


def load_library(root: Path, check_codes: Collection[str] | None = None) -> Library:
    """Read and check a wording library.

    A case type at fault stops no letters but its own: its problems come in `Library.faults`.

    Args:
        check_codes: the warnings that the library may make errors of (`checks:`); None takes any.
    Raises:
        TemplateError: with every problem, when something that all letters share is at fault.
    """
    if not (root / "bibliotek.yaml").is_file():
        message = N_("{root} is not a wording library: it has no bibliotek.yaml")
        help_ = N_("name the library with --templates DIR or LETTERS_TEMPLATES")
        raise TemplateError(
            [library_problem("library.missing", message, Place(str(root)), help_, {"root": str(root)})]
        )
    loader = _Loader(root, [], check_codes)
    library = loader.library()
    if loader.problems:
        raise TemplateError([*loader.problems, *chain.from_iterable(library.faults.values())])
    return library


class _Asking(Struct, frozen=True):
    """The case type that grounds belong to: its parts and its own fields."""

    parts: Mapping[str, str]
    fields: Mapping[str, FieldSpec]


class _Loader(Files):
    def __init__(
        self, root: Path, problems: list[Problem], check_codes: Collection[str] | None = None
    ) -> None:
        super().__init__(root, problems)
        self.check_codes = check_codes

    # The whole

    def library(self) -> Library:
        head = self.open(self.root / "bibliotek.yaml")
        language = head.text("language")
        labels = head.group("labels")
        words = {name: labels.text(name) for name in LABELS}
        self.page_label(labels, words["page"])
        labels.finish()
        checks = head.group("checks", required=False)
        errors = frozenset(checks.texts("error", known=self.check_codes))
        checks.finish()
        citations = head.group("citations", required=False)
        first_mention = citations.choice("first_mention", _MENTIONS, default="short")
        citations.finish()
        head.finish()
        regimes, terms = self.terms()
        routes = self.routes()
        files = self.wordings("standardtekster")
        case_types: dict[str, CaseType] = {}
        faults: dict[str, tuple[Problem, ...]] = {}
        for folder in sorted(self.root.iterdir()):
            if not (folder / "sagstype.yaml").is_file() or folder.name in _NOT_CASE_TYPES:
                continue
            shared, self.problems = self.problems, []
            own: dict[str, list[WordingFile]] = {}
            case_type = self.case_type(folder, routes, own)
            found, self.problems = self.problems, shared
            if found:
                faults[folder.name] = tuple(found)
            else:
                case_types[folder.name] = case_type
                files.update(own)
        return Library(
            str(self.root),
            language,
            words,
            terms,
            regimes,
            routes,
            self.senders(),
            case_types,
            {name: tuple(versions) for name, versions in files.items()},
            self.numbered(files),
            faults,
            errors,
            first_mention == "full",
        )

    def page_label(self, labels: Group, page: str) -> None:
        if page and ("{page}" not in page or "{pages}" not in page):
            labels.report("library.page-label", N_("the page label lacks {{page}} or {{pages}}"), "page")

    def numbered(self, files: Mapping[str, list[WordingFile]]) -> dict[str, int]:
        """Give each line of wording a number of its own in the whole library."""
        first_lines: dict[str, int] = {}
        total = 0
        for version in (version for versions in files.values() for version in versions):
            first_lines[version.path] = total
            total += version.body.count("\n") + 4
        if total > MAX_LINES:
            self.note("library.too-many-lines", N_("the library has too many lines"), Place(str(self.root)))
        return first_lines

    # ordliste.yaml, klageveje.yaml

    def terms(self) -> tuple[dict[str, str], dict[str, tuple[TermVersion, ...]]]:
        head = self.open(self.root / "ordliste.yaml")
        regimes = {}
        for code, group in head.groups("regimes", required=False):
            regimes[code] = group.text("title")
            group.text("source")
            group.flag("verified", default=False)
            group.finish()
        terms = {}
        for code, group in head.groups("terms", required=False):
            group.text("title")
            group.text("source")
            group.flag("verified")
            terms[code] = tuple(sorted(self.term_versions(group, regimes), key=lambda version: version.since))
            group.finish()
        head.finish()
        return regimes, terms

    def term_versions(self, term: Group, regimes: Mapping[str, str]) -> Iterator[TermVersion]:
        names: frozenset[str] | None = None
        for version in term.items("versions"):
            forms = version.group("forms", required=False)
            texts = forms.rest()
            if names is not None and names != frozenset(texts):
                version.report("library.term-forms", N_("the versions of a term have different forms"))
            names = frozenset(texts)
            under = version.texts("regimes", known=regimes)
            yield TermVersion(version.date("from"), version.text("text"), texts, frozenset(under))
            version.finish()

    def routes(self) -> dict[str, tuple[RouteVersion, ...]]:
        head = self.open(self.root / "klageveje.yaml")
        routes = {}
        for code, group in head.groups("routes", required=False):
            group.text("title")
            versions = []
            for version in group.items("versions"):
                since = version.date("from")
                version.text("body"), version.text("basis")
                version.asked -= {"body", "basis"}
                versions.append(RouteVersion(since, version.rest()))
            routes[code] = tuple(sorted(versions, key=lambda version: version.since))
            group.finish()
        head.finish()
        return routes

    # brevpapir/*/afsender.yaml

    def senders(self) -> dict[str, Sender]:
        senders: dict[str, Sender] = {}
        for folder in sorted((self.root / "brevpapir").glob("*/afsender.yaml")):
            head = self.open(folder)
            authority, logo_alt = head.text("authority"), head.text("logo_alt")
            return_address = head.text("return_address")
            for code, group in head.groups("profiles"):
                if code in senders:
                    group.report(
                        "library.duplicate-sender", N_("the sender {code} is there twice"), code=code
                    )
                unit, address = group.text("unit"), group.texts("address", required=True)
                senders[code] = Sender(
                    code, folder.parent.name, authority, logo_alt, return_address, unit, address, group.rest()
                )
            head.finish()
        if not senders:
            place = Place(str(self.root / "brevpapir"))
            self.note("library.no-sender", N_("no letterhead has a sender profile (afsender.yaml)"), place)
        return senders

    # <case type>/sagstype.yaml

    def case_type(
        self, folder: Path, routes: Mapping[str, object], files: dict[str, list[WordingFile]]
    ) -> CaseType:
        head = self.open(folder / "sagstype.yaml")
        code = head.choice("code", [folder.name])
        title = head.text("title")
        matters = frozenset(
            MATTERS[m] for m in head.texts("matters", required=True, known=MATTERS) if m in MATTERS
        )
        fields = read_fields(head)
        parts = read_parts(head, routes, fields)
        own = self.wordings(folder.name)
        grounds = self.wordings(f"{folder.name}/grunde", _Asking(parts.titles, fields))
        files.update(own)
        files.update(grounds)
        wordings = self.named_wordings(head, folder.name, own)
        specs = {
            name.rsplit("/", 1)[1]: versions[-1].ground
            for name, versions in grounds.items()
            if versions[-1].ground
        }
        assessed = head.texts("assessment", known=OUTCOMES)
        order = head.texts("grounds_order", required=bool(specs), known=specs)
        for missing in sorted(specs.keys() - set(order)):
            message = N_("the ground {ground} has no place in grounds_order")
            head.report("library.ground-order", message, "grounds_order", ground=missing)
        spec = CaseTypeSpec(
            code,
            title,
            matters,
            frozenset(OUTCOMES[key] for key in wordings if key in OUTCOMES),
            fields,
            {key: ground for key, ground in specs.items() if ground},
            parts.titles,
            frozenset(OUTCOMES[word] for word in assessed if word in OUTCOMES),
            read_terms(head),
        )
        answer_within = read_answer_within(head, fields)
        head.finish()
        names = {name.rsplit("/", 1)[1]: name for name in grounds}
        return CaseType(code, title, matters, wordings, parts, spec, order, names, answer_within)

    def named_wordings(
        self, head: Group, folder: str, own: Mapping[str, list[WordingFile]]
    ) -> dict[str, str]:
        group = head.group("wordings")
        stems = [name.rsplit("/", 1)[1] for name in own]
        wordings = {
            key: f"{folder}/{group.choice(key, stems)}"
            for key in (*OUTCOMES, Matter.HEARING.value, Matter.REPLY.value)
            if key in group
        }
        group.finish()
        return wordings

    # *.md, *.docx

    def wordings(self, folder: str, asking: _Asking | None = None) -> dict[str, list[WordingFile]]:
        """The wordings of a folder; of grounds when `asking` is given."""
        files: dict[str, list[WordingFile]] = {}
        for path in self.wording_paths(folder):
            if not path.is_file():  # a folder, a pipe, a link to nothing
                self.note("library.unreadable", N_("the file cannot be read"), Place(self.name(path)))
                continue
            match = _NAME.fullmatch(path.name)
            if not match:
                help_ = N_("small letters a to z, digits and hyphens: afslag.md, afslag@2025-01-01.md")
                self.note(
                    "library.file-name", N_("this is no name of a wording"), Place(self.name(path)), help_
                )
                continue
            since = self.since(match["since"], path)
            file = self.wording(path, f"{folder}/{match['stem']}", since, asking)
            versions = files.setdefault(file.name, [])
            if twin := next((version for version in versions if version.since == since), None):
                message = N_("the wording is there twice: {first} and {second}")
                help_ = N_("keep the one that is edited and delete the other")
                first, second = Path(twin.path).name, path.name
                self.note("library.two-formats", message, Place(twin.path), help_, first=first, second=second)
            versions.append(file)
        for versions in files.values():
            versions.sort(key=lambda version: version.since)
        return files

    def wording_paths(self, folder: str) -> list[Path]:
        """The files of a folder that hold wordings; those that Word cannot save a wording as are told."""
        found = []
        for path in sorted((self.root / folder).glob("*")):
            if path.name.startswith(_LOCK_FILES):  # Word and LibreOffice put them beside an open document
                continue
            if path.suffix in (".md", ".docx"):
                found.append(path)
            elif path.suffix.lower() in _OTHER_WORD_FILES or path.suffix.lower() in (".md", ".docx"):
                help_ = N_("save it in Word as .docx, in small letters")
                message = N_("a wording is a .md or a .docx file")
                self.note("library.word-format", message, Place(self.name(path)), help_)
        return found

    def since(self, word: str | None, path: Path) -> dt.date:
        if word is None:
            return dt.date.min
        try:
            return dt.date.fromisoformat(word)
        except ValueError:
            message = N_("{word} is no date; write 2025-01-01")
            self.note("library.wrong-date", message, Place(self.name(path)), word=word)
            return dt.date.min

    def wording(self, path: Path, name: str, since: dt.date, asking: _Asking | None) -> WordingFile:
        before = len(self.problems)
        text, paragraphs, texts = self.wording_text(path)
        told = len(self.problems)
        head_text, body, body_line = self.split(text, path)
        head = open_group(head_text, self.name(path), self.problems)
        title = head.text("title")
        lead = _ROLES.get(head.choice("lead", _ROLES)) if "lead" in head else None
        roles = self.roles(head, body, body_line)
        if paragraphs:
            roles = {paragraphs[line - 1]: role for line, role in roles.items()}
        code = name.rsplit("/", 1)[1]
        ground = read_ground(head, code, title, asking.parts, asking.fields) if asking else None
        head.finish()
        if not text and told > before:  # what cannot be read lacks everything; say only why
            del self.problems[told:]
        if path.suffix == ".docx":
            self.problems[before:] = [_in_word(p, paragraphs, texts) for p in self.problems[before:]]
        return WordingFile(
            name, self.name(path), since, title, lead, body, body_line, roles, ground, paragraphs, texts
        )

    def wording_text(self, path: Path) -> tuple[str, tuple[int, ...], Mapping[int, str]]:
        """A wording's text; of a Word file with the paragraph of each line and the paragraphs' texts."""
        if path.suffix != ".docx":
            return self.text(path, _MAX_WORDING), (), {}
        from letters.wording.word.package import MAX_BYTES
        from letters.wording.word.wording import read_wording

        data = self.data(path, MAX_BYTES)
        if data is None:
            return "", (), {}
        try:
            read = read_wording(data, self.name(path))
        except TemplateError as error:
            self.problems.extend(error.problems)
            return "", (), {}
        text = self.sound(read.text, path)
        return text, read.numbers if text else (), read.texts

    def split(self, text: str, path: Path) -> tuple[str, str, int]:
        """Head, body, and the line on which the body begins. The head keeps its line numbers."""
        lines = text.split("\n")
        if lines[0].rstrip() == "---":
            for number, line in enumerate(lines[1:], 1):
                if line.rstrip() == "---":
                    return "\n".join(["", *lines[1:number]]), "\n".join(lines[number + 1 :]), number + 2
        if text:
            help_ = N_("begin the file with a line ---, the head, and a line ---")
            self.note("library.head-missing", N_("the file has no head"), Place(self.name(path), 1), help_)
        return "title: x\n", text, 1

    def roles(self, head: Group, body: str, body_line: int) -> dict[int, Role]:
        """The role of each section heading, by its line."""
        group = head.group("sections", required=False)
        named = {key: _ROLES.get(group.choice(key, _ROLES)) for key in group.names()}
        roles: dict[int, Role] = {}
        used = set()
        for offset, line in enumerate(body.split("\n")):
            match = _HEADING.fullmatch(re.sub(r"^\{%.*?%\}", "", line))
            if not match:
                continue
            used.add(match[1])
            role = named.get(match[1])
            if match[1] not in named:
                message = N_("the head gives the section {heading} no role")
                help_ = N_("add it under sections: in the head, written exactly as the heading")
                place = Place(head.file, body_line + offset)
                self.note("template.section-role", message, place, help_, heading=match[1])
            elif role:
                roles[body_line + offset] = role
        for name in named.keys() - used:
            help_ = N_("write the heading as it stands under sections:, or take it out there")
            message = N_("there is no section {heading}")
            group.report("template.section-unused", message, name, help_, heading=name)
        return roles
