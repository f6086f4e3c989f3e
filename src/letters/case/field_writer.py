"""The fields of a model as lines of a commented case file: what every skeleton is made with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping

from letters.case.fields import YesNo
from letters.case.models import Model
from letters.case.shapes import is_list, is_prose, models_in
from letters.problems import N_
from letters.records import Field, choices, fields_of

Translate = Callable[[str], str]
Lines = list[str]

WRITE_HERE = N_("[Write here]")
_BARE = re.compile(r"[A-Za-zÆØÅæøå][A-Za-zÆØÅæøåé0-9 ,./()§-]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS_OF_YAML = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


class FieldWriter:
    """Writes required fields with an example, all others as comments, each with its title.

    Args:
        translate: from the English titles of the models to the reader's language.
        senders: the codes of the library's sender profiles.
        examples: a field's place ("people.name") -> what stands there.
    """

    def __init__(self, translate: Translate, senders: Collection[str], examples: Mapping[str, str]) -> None:
        self.translate = translate
        self._senders, self._examples = senders, examples

    def group(self, model: type[Model], path: str, skipped: tuple[str, ...] = ()) -> Lines:
        lines: Lines = []
        for name, field in fields_of(model).items():
            if name not in skipped:
                where = f"{path}.{name}" if path else name
                lines += self._field(name, field, where)
        return lines

    def _field(self, name: str, field: Field, path: str) -> Lines:
        models = models_in(field.type)
        if not models:
            lines = self._scalar(name, field, path)
        elif is_list(field.type):
            lines = [f"{name}:  # {self._label(field)}", *item(self.group(models[0], path))]
        else:
            lines = self._alternatives(name, field, models, path)
        return lines if self._is_needed(field, path) else commented(lines)

    def _is_needed(self, field: Field, path: str) -> bool:
        return field.required

    def _alternatives(self, name: str, field: Field, models: tuple[type[Model], ...], path: str) -> Lines:
        head = f"{name}:  # {self._label(field)}"
        lines = [head, *indented(awake(self.group(models[0], path)))]
        for model in models[1:]:
            lines.append(f"# {self.translate(N_('or'))}:")
            lines += commented([f"{name}:", *indented(self.group(model, path))])
        return lines

    def _label(self, field: Field) -> str:
        title = self.translate(field.title)
        return f"{title}: {self.translate(field.description)}" if field.description else title

    def _scalar(self, name: str, field: Field, path: str) -> Lines:
        label = self._label(field)
        words = self._words(field, path)
        if len(words) > 1:
            label += f" ({', '.join(words)})"
        value = words[0] if words else self._example(field, path)
        if is_list(field.type):
            return [f"{name}:  # {label}", f"  - {quoted(value)}"]
        if field.type == YesNo:
            return [f"{name}: {'true' if field.default else 'false'}  # {label}"]
        return prose(name, value, label) if is_prose(field.type) else [f"{name}: {quoted(value)}  # {label}"]

    def _words(self, field: Field, path: str) -> tuple[str, ...]:
        return tuple(sorted(self._senders)) if path == "sender" else choices(field.type)

    def _example(self, field: Field, path: str) -> str:
        return self._examples.get(path) or self.translate(WRITE_HERE)


def prose(name: str, value: str, label: str) -> Lines:
    return [f"{name}: |  # {label}", f"  {value}"]


def quoted(value: str) -> str:
    """A text as YAML, in quotes where an editor would take it for something else."""
    if _DATE.fullmatch(value) or (_BARE.fullmatch(value) and value.lower() not in _WORDS_OF_YAML):
        return value
    return json.dumps(value, ensure_ascii=False)


def indented(lines: Lines) -> Lines:
    return [f"  {line}" for line in lines]


def item(lines: Lines) -> Lines:
    """An entry of a list: its first field that is no comment takes the dash, comments before it follow."""
    first = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    end = first + 1
    while end < len(lines) and lines[end].startswith(" "):
        end += 1
    rest = lines[first + 1 : end] + lines[:first] + lines[end:]
    return [f"  - {lines[first]}", *(f"    {line}" for line in rest)]


def awake(lines: Lines) -> Lines:
    """A group of optional fields alone would be empty, so its comments are taken away."""
    return [line[2:] for line in lines] if all(line.startswith("#") for line in lines) else lines


def commented(lines: Lines) -> Lines:
    """Comment lines out at their common indentation, so that removing "# " brings them back."""
    depth = min(len(line) - len(line.lstrip()) for line in lines)
    return [f"{line[:depth]}# {line[depth:]}" for line in lines]
