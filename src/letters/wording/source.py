"""Reading the library's YAML strictly: what a file must hold, at its line, all problems at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from letters.case.reader import read_tree
from letters.case.tree import Path, Tree
from letters.problems import N_, CaseError, Place, Problem, Severity, TemplateError


def library_problem(
    code: str, message: str, place: Place, help: str = "", args: Mapping[str, object] | None = None
) -> Problem:
    """A problem of the library: no letter is made with it."""
    return Problem(code, Severity.FATAL, message, place, args or {}, help)


def read_yaml(text: str, file: str) -> Tree:
    """Read YAML of the library with the same strict reader as case files.

    Raises:
        TemplateError: when it is no plain YAML.
    """
    try:
        return read_tree(text.encode(), file if file.endswith((".yaml", ".yml")) else file + ".yaml")
    except CaseError as error:
        raise TemplateError(_at_file(problem, file) for problem in error.problems) from None


def _at_file(problem: Problem, file: str) -> Problem:
    place = Place(file, problem.place.line, problem.place.column, problem.place.field)
    return Problem(
        problem.code, problem.severity, problem.message, place, problem.args, problem.help, problem.see
    )


@dataclass
class Group:
    """A mapping of a library file, being read. What is never asked for is an unknown key.

    Faults are collected in `problems`; a faulty value is replaced by an empty one so that reading goes on.
    """

    tree: Tree
    file: str
    problems: list[Problem]
    path: Path = ()
    asked: set[str] = field(default_factory=set)

    def _values(self) -> dict[str, object]:
        value = self.tree.at(self.path)
        return value if isinstance(value, dict) else {}

    def __contains__(self, name: str) -> bool:
        self.asked.add(name)
        return name in self._values()

    def names(self) -> tuple[str, ...]:
        return tuple(self._values())

    def place(self, name: str | None = None, *, key: bool = False) -> Place:
        place = self.tree.place((*self.path, name) if name else self.path, key=key)
        return Place(self.file, place.line, place.column, place.field)

    def report(
        self, code: str, message: str, key: str | None = None, help: str = "", /, **args: object
    ) -> None:
        """Note a problem at a key of the group, or at the group itself."""
        self.problems.append(library_problem(code, message, self.place(key), help, args))

    def _get(self, name: str, kind: type | tuple[type, ...], what: str, required: bool) -> object:
        self.asked.add(name)
        value = self._values().get(name)
        if isinstance(value, kind):
            return value
        if name in self._values():
            if value is not None:  # the reader has told of an empty value already
                self.report("library.wrong-type", N_("{name} is not {what}"), name, name=name, what=what)
        elif required:
            self.report(
                "library.missing-key",
                N_("{name} is missing here"),
                None,
                N_("add it: {what}"),
                name=name,
                what=what,
            )
        return None

    def text(self, name: str, *, required: bool = True) -> str:
        """A text; empty when it is left out or at fault."""
        value = self._get(name, str, N_("a text"), required)
        return value if isinstance(value, str) else ""

    def flag(self, name: str, default: bool | None = None) -> bool:
        """true or false; required when there is no default."""
        word = self.text(name, required=default is None)
        if word and word not in ("true", "false"):
            self.report("library.wrong-type", N_("{name} is not {what}"), name, name=name, what="true, false")
        return word == "true" if word else bool(default)

    def date(self, name: str) -> dt.date:
        word = self.text(name)
        try:
            return dt.date.fromisoformat(word)
        except ValueError:
            if word:
                self.report("library.wrong-date", N_("{word} is no date; write 2025-01-01"), name, word=word)
            return dt.date.min

    def choice(self, name: str, known: Iterable[str], *, default: str = "") -> str:
        word = self.text(name, required=not default) or default
        self.known(name, word, known)
        return word

    def texts(
        self, name: str, *, required: bool = False, known: Iterable[str] | None = None
    ) -> tuple[str, ...]:
        value = self._get(name, list, N_("a list"), required)
        words = tuple(word for word in value if isinstance(word, str)) if isinstance(value, list) else ()
        for word in words if known is not None else ():
            self.known(name, word, known or ())
        return words

    def known(self, name: str, word: str, known: Iterable[str]) -> None:
        """Report a word that is not among those known."""
        names = sorted(known)
        if word and word not in names:
            import difflib  # only a slip needs it

            near = difflib.get_close_matches(word, names, n=1)
            help_ = N_("did you mean {near}?") if near else N_("known here: {known}") if names else ""
            self.report(
                "library.unknown-name",
                N_("{name}: there is no {word}"),
                name,
                help_,
                name=name,
                word=word,
                near="".join(near),
                known=", ".join(names),
            )

    def group(self, name: str, *, required: bool = True) -> Group:
        self._get(name, dict, N_("a group of keys"), required)
        return Group(self.tree, self.file, self.problems, (*self.path, name))

    def groups(self, name: str, *, required: bool = True) -> Iterator[tuple[str, Group]]:
        """The groups of a group: name -> group."""
        outer = self.group(name, required=required)
        for key, value in outer._values().items():
            if not isinstance(value, dict):
                outer.report(
                    "library.wrong-type",
                    N_("{name} is not {what}"),
                    key,
                    name=key,
                    what=N_("a group of keys"),
                )
                continue
            yield key, outer.group(key)

    def items(self, name: str) -> Iterator[Group]:
        """The groups of a list."""
        value = self._get(name, list, N_("a list"), True)
        for index, item in enumerate(value if isinstance(value, list) else ()):
            inner = Group(self.tree, self.file, self.problems, (*self.path, name, index))
            if isinstance(item, dict):
                yield inner
            else:
                self.report(
                    "library.wrong-type",
                    N_("{name} is not {what}"),
                    name,
                    name=name,
                    what=N_("a group of keys"),
                )

    def rest(self) -> dict[str, str]:
        """Every text that was not asked for by name; for files whose owners add keys of their own."""
        return {name: self.text(name) for name in self.names() if name not in self.asked}

    def finish(self) -> None:
        """Report the keys that nobody asked for."""
        for name in self.names():
            if name in self.asked:
                continue
            import difflib  # only a slip needs it

            near = difflib.get_close_matches(name, sorted(self.asked), n=1)
            help_ = N_("did you mean {near}?") if near else N_("known here: {known}")
            place = self.place(name, key=True)
            self.problems.append(
                library_problem(
                    "library.unknown-key",
                    N_("the key {name} is not known here"),
                    place,
                    help_,
                    {"name": name, "near": "".join(near), "known": ", ".join(sorted(self.asked))},
                )
            )


def open_group(text: str, file: str, problems: list[Problem]) -> Group:
    """The outermost mapping of a library file; empty, with its problems noted, when it cannot be read."""
    try:
        tree = read_yaml(text, file)
    except TemplateError as error:
        problems.extend(error.problems)
        tree = Tree(file, {}, {}, {}, frozenset(), ())
        return Group(tree, file, [])
    problems.extend(_at_file(problem, file) for problem in tree.problems)
    return Group(tree, file, problems)
