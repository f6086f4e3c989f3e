"""YAML text -> tree, through PyYAML's stream of events.

No YAML value is built by PyYAML: every scalar is text until a field says otherwise, so a CPR number keeps
its zero and `nej` stays a word. What can explode or run (aliases, tags, merge keys) is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from letters.case.tree import Path, Position, Recorder, Tree, shown
from letters.problems import N_, CaseError

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(text: str, file: str) -> Tree:
    """Read one YAML document.

    Args:
        text: with `\\n` as its only line end.
        file: the file as the user named it.

    Raises:
        CaseError: on anything that is not plain YAML.
    """
    return _Reader(text, file).read()


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self._record = Recorder(file)
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def read(self) -> Tree:
        try:
            return self._document()
        except yaml.YAMLError as error:
            raise self._syntax(error) from None

    def _document(self) -> Tree:
        root: object = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._several(event)
            elif not isinstance(event, yaml.StreamStartEvent | yaml.DocumentEndEvent | yaml.StreamEndEvent):
                root = self._value(event, (), None)
        return self._record.tree(root)

    def _value(self, event: yaml.Event, path: Path, key: Position | None) -> object:
        here = _position(event)
        container = isinstance(event, yaml.CollectionStartEvent)
        self._record.node(path, key if container and key else here)
        self._refuse_extras(event, here, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path, key or here)
        return None

    def _mapping(self, path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            name, position = self._key(event, path), _position(event)
            child = (*path, name)
            fresh = self._record.key(child, position)
            place = child if fresh else (*path, f"{name} ({position.line})")
            value = self._value(next(self._events), place, position)
            if fresh:
                found[name] = value
        return found

    def _sequence(self, path: Path) -> list[object]:
        found: list[object] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, (*path, len(found)), None))
        return found

    def _scalar(self, event: yaml.ScalarEvent, path: Path, key: Position) -> str | None:
        if event.value == "" and event.implicit[0]:
            self._record.blank(path, key)
            return None
        return str(event.value)

    def _key(self, event: yaml.Event, path: Path) -> str:
        here = _position(event)
        self._refuse_extras(event, here, path)
        if not isinstance(event, yaml.ScalarEvent) or event.value == "":
            raise self._record.stop(
                "case.key-not-text",
                N_("a key must be a word; here is something else"),
                here,
                help=N_(
                    "look for a stray question mark, bracket or colon; put a text that has them in quotes"
                ),
            )
        if event.value == "<<" and event.implicit[0]:
            raise self._refused("case.yaml-merge", N_("merge keys (`<<`) may not be used"), here)
        return str(event.value)

    def _refuse_extras(self, event: yaml.Event, here: Position, path: Path) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._refused("case.yaml-alias", N_("aliases (`*name`) may not be used"), here)
        if getattr(event, "anchor", None) is not None:
            raise self._refused("case.yaml-anchor", N_("anchors (`&name`) may not be used"), here)
        if getattr(event, "tag", None) is not None:
            raise self._refused("case.yaml-tag", N_("tags (`!name`) may not be used"), here)

    def _refused(self, code: str, message: str, here: Position) -> CaseError:
        help = N_("write the value itself; a text that begins with `*`, `&` or `!` stands in quotes")
        return self._record.stop(code, message, here, help=help)

    def _several(self, event: yaml.Event) -> CaseError:
        return self._record.stop(
            "case.several-documents",
            N_("the file holds several documents (`---`)"),
            _position(event),
            help=N_("use one file a letter"),
        )

    def _syntax(self, error: yaml.YAMLError) -> CaseError:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        position = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        return self._record.stop(
            "case.yaml-syntax",
            N_("this is not valid YAML: {reason}"),
            position,
            help=N_(
                "the fault may lie on the line before; put a text with a colon, `#` or quotation marks in "
                "quotes, and indent with spaces, never with tabs"
            ),
            reason=shown(getattr(error, "problem", None) or "?"),
        )


def _position(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
