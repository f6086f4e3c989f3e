"""`letters templates list`, `show` and `fields`: what the library holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.cli.codes import DONE
from letters.cli.language import _
from letters.cli.report import shown_path, visible
from letters.cli.templates import Kit
from letters.cli.templates.told import open_library, print_json, print_table, told
from letters.problems import N_

if TYPE_CHECKING:
    import datetime as dt

    from letters.case.spec import FieldSpec
    from letters.upkeep.contents import Field, Text
    from letters.wording.library import WordingFile

_KINDS = {"letter": N_("letter"), "ground": N_("ground"), "clause": N_("clause")}


# letters templates list


def _list(kit: Kit) -> click.Command:
    help_ = _(
        "List the texts of the library: the letters of each case type, their clauses and grounds, and what"
        " all letters share. A text with several versions names the dates from which they apply."
    )
    params: list[click.Parameter] = [
        click.Argument(["folder"], required=False, metavar=_("[FOLDER]")),
        kit.json(),
        kit.templates(),
    ]
    examples = [
        (_("Everything:"), "letters templates list"),
        (_("The texts of one case type:"), "letters templates list integrationsansvar"),
    ]
    return kit.command("list", list_texts, help_, params, examples)


def list_texts(folder: str | None, as_json: bool, templates: Path | None) -> int:
    """List the texts of the library."""

    def work() -> int:
        from letters.upkeep.contents import find_case_type, texts

        library = open_library(templates)
        found = texts(library)
        if folder is not None and not any(one.name.startswith(f"{folder}/") for one in found):
            find_case_type(library, folder)
        found = tuple(one for one in found if folder is None or one.name.startswith(f"{folder}/"))
        if as_json:
            print_json({"exit_code": DONE, "texts": [_text_data(one) for one in found]})
            return DONE
        for name in dict.fromkeys(one.name.split("/")[0] for one in found):
            case_type = library.case_types.get(name)
            click.echo(f"{name}: {case_type.title}" if case_type else name)
            print_table(_row(one) for one in found if one.name.split("/")[0] == name)
        return DONE

    return told(work, as_json)


def _row(text: Text) -> tuple[str, str, str]:
    keys = f" ({', '.join(text.keys)})" if text.keys else ""
    dates = [f"@{_since(version)}" for version in text.versions if _since(version)]
    return text.name.split("/", 1)[1], _(_KINDS[text.kind]), f"{text.title}{keys} {' '.join(dates)}".rstrip()


def _since(version: WordingFile) -> str:
    """The first day of a version; empty for the first one."""
    return version.since.isoformat() if version.since.year > 1 else ""


def _text_data(text: Text) -> dict[str, object]:
    return {
        "name": text.name,
        "kind": text.kind,
        "title": text.title,
        "for": list(text.keys),
        "versions": [{"file": one.path, "from": _since(one) or None} for one in text.versions],
    }


# letters templates fields


def _fields(kit: Kit) -> click.Command:
    help_ = _(
        "Name every field that a case type and its grounds ask for: as a wording names it, its type, and"
        " whether it may be left out."
    )
    params: list[click.Parameter] = [
        click.Argument(["case_type"], metavar=_("CASE_TYPE")),
        kit.json(),
        kit.templates(),
    ]
    examples = [
        (_("Before you write a sentence with a fact in it:"), "letters templates fields integrationsansvar"),
        (_("As data:"), "letters templates fields aktindsigt --json"),
    ]
    return kit.command("fields", list_fields, help_, params, examples)


def list_fields(case_type: str, as_json: bool, templates: Path | None) -> int:
    """Name the fields of a case type."""

    def work() -> int:
        from letters.upkeep.contents import fields, find_case_type

        found = list(fields(find_case_type(open_library(templates), case_type)))
        if as_json:
            print_json({"exit_code": DONE, "case_type": case_type, "fields": [_field_data(f) for f in found]})
            return DONE
        for ground in dict.fromkeys(one.ground for one in found):
            click.echo(_("ground {ground}").format(ground=ground) if ground else case_type)
            print_table(_field_row(one) for one in found if one.ground == ground)
        return DONE

    return told(work, as_json)


def _field_row(field: Field) -> tuple[str, str, str, str]:
    spec = field.spec
    need = _("needed") if spec.required else _("may be left out")
    return field.name, spec.type.value, need, " ".join(_said_of(spec))


def _said_of(spec: FieldSpec) -> Iterator[str]:
    yield spec.title
    if spec.choices:
        yield f"[{', '.join(spec.choices)}]"
    if spec.example:
        yield _("(such as: {example})").format(example=spec.example)


def _field_data(field: Field) -> dict[str, object]:
    return {
        "name": field.name,
        "ground": field.ground,
        "type": field.spec.type.value,
        "required": field.spec.required,
        "title": field.spec.title,
        "example": field.spec.example or None,
        "choices": dict(field.spec.choices) or None,
    }


# letters templates show


def _show(kit: Kit) -> click.Command:
    help_ = _(
        "Print a text of the library as it applies on a date, with its versions. NAME is the text's name in"
        " `letters templates list`, or only its last part."
    )
    params: list[click.Parameter] = [
        click.Argument(["name"], metavar=_("NAME")),
        click.Option(
            ["--at"],
            type=click.DateTime(["%Y-%m-%d"]),
            metavar=_("DATE"),
            help=_("The date of the letters that it is for; left out, the newest version is shown."),
        ),
        kit.json(),
        kit.templates(),
    ]
    examples = [
        (_("The complaint guidance:"), "letters templates show klagevejledning"),
        (
            _("A ground as letters of March 2025 had it:"),
            "letters templates show integrationsansvar/grunde/netvaerk --at 2025-03-01",
        ),
    ]
    return kit.command("show", show, help_, params, examples)


def show(name: str, at: dt.datetime | None, as_json: bool, templates: Path | None) -> int:
    """Print a text of the library."""

    def work() -> int:
        from letters.upkeep.contents import find_text, version_at

        text = find_text(open_library(templates), name)
        version = version_at(text, at.date() if at else None)
        if as_json:
            shown = {"file": version.path, "from": _since(version) or None, "body": version.body}
            print_json({"exit_code": DONE, **_text_data(text), "shown": shown})
            return DONE
        click.echo(f"{text.name}: {visible(version.title)}")
        for one in text.versions:
            mark = "*" if one is version else " "
            since = _("from {date}").format(date=_since(one)) if _since(one) else _("first version")
            click.echo(f" {mark} {shown_path(Path(one.path))}: {since}")
        click.echo()
        click.echo(version.body.strip("\n"))
        return DONE

    return told(work, as_json)


COMMANDS: dict[str, Callable[[Kit], click.Command]] = {"list": _list, "fields": _fields, "show": _show}
