"""What the models' annotations say, for those who describe the models: problems, schema, skeleton."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args, get_origin

from letters.case.fields import prose_text
from letters.case.models import Granted, Hearing, Model, PartlyGranted, Rejected, Reply
from letters.records import fields_of, read_by

ROOTS: tuple[type[Model], ...] = (Granted, PartlyGranted, Rejected, Hearing, Reply)


def models_in(annotation: object) -> tuple[type[Model], ...]:
    """The models that an annotation may hold, those of a union in its order."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return (annotation,)
    return tuple(model for inner in get_args(annotation) for model in models_in(inner))


def is_list(annotation: object) -> bool:
    """Whether the file holds a list here."""
    return get_origin(annotation) is tuple or any(is_list(inner) for inner in get_args(annotation))


def is_prose(annotation: object) -> bool:
    """Whether a value, or what a list holds, is read as prose."""
    return read_by(annotation) is prose_text


def all_models() -> tuple[type[Model], ...]:
    """Every model that an open case file may hold, each once."""
    return models_under(ROOTS)


def models_under(roots: Iterable[type[Model]]) -> tuple[type[Model], ...]:
    """Some models and all that they may hold, each once."""
    found: dict[type[Model], None] = {}
    waiting: list[type[Model]] = list(roots)
    while waiting:
        model = waiting.pop(0)
        if model not in found:
            found[model] = None
            waiting += [inner for field in fields_of(model).values() for inner in models_in(field.type)]
    return tuple(found)


def message_ids() -> tuple[str, ...]:
    """The English titles and descriptions of all fields, for the message extractor."""
    return titles_of(all_models())


def titles_of(models: Iterable[type[Model]]) -> tuple[str, ...]:
    """The titles and descriptions of the models' fields, each once."""
    fields = (field for model in models for field in fields_of(model).values())
    return tuple(dict.fromkeys(text for field in fields for text in (field.title, field.description) if text))
