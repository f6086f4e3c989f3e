"""`letters templates convert` and `import`: wordings from Markdown to Word and back, and old templates."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from letters.cli.codes import DONE
from letters.cli.files import read_file, write_file
from letters.cli.language import _
from letters.cli.report import print_problem, problem_data, shown_path, visible
from letters.cli.templates import Kit
from letters.cli.templates.told import print_json, print_table, told
from letters.problems import N_, Place, Problem, Severity, TemplateError

_FORMATS = {".md": "docx", ".docx": "md"}
_LARGEST = 5_000_000


def _convert(kit: Kit) -> click.Command:
    help_ = _(
        "Convert a wording from Markdown to Word or back: the same letter comes of both. The new file lies"
        " beside the old one and has its name. Comments in Word become notes."
    )
    params: list[click.Parameter] = [
        click.Argument(
            ["files"], nargs=-1, required=True, type=click.Path(path_type=Path), metavar=_("FILE") + "..."
        ),
        click.Option(
            ["--to", "form"],
            type=click.Choice(["md", "docx"]),
            help=_("The format wished for; left out, the one that the file has not."),
        ),
        click.Option(
            ["--out"],
            type=click.Path(dir_okay=False, path_type=Path),
            metavar=_("FILE"),
            help=_("Where to write a single file."),
        ),
        click.Option(
            ["--replace"],
            is_flag=True,
            help=_("Delete the old file, so that the library has the wording once."),
        ),
        kit.force(_("Replace a file that is there already.")),
        kit.json(),
    ]
    examples = [
        (
            _("To go on with a wording in Word:"),
            "letters templates convert templates/da/integrationsansvar/afslag.md --to docx --replace",
        ),
        (
            _("And back:"),
            "letters templates convert templates/da/integrationsansvar/afslag.docx --to md --replace",
        ),
    ]
    return kit.command("convert", convert, help_, params, examples)


def convert(
    files: tuple[Path, ...], form: str | None, out: Path | None, replace: bool, force: bool, as_json: bool
) -> int:
    """Convert wordings; the first that cannot be converted stops."""
    if out is not None and len(files) > 1:
        raise click.UsageError(_("--out takes one file"))

    def work() -> int:
        written = []
        for path in files:
            data, target = _converted(path, form)
            target = out or target
            write_file(data, target, force)
            if replace and target != path:
                path.unlink()
            written.append({"from": str(path), "to": str(target)})
            if not as_json:
                click.echo(shown_path(target))
        if as_json:
            print_json({"exit_code": DONE, "files": written})
        return DONE

    return told(work, as_json)


def _converted(path: Path, form: str | None) -> tuple[bytes, Path]:
    """The file in its other format, and the name that it gets.

    Raises:
        TemplateError: it is no wording, is in the wished format already, or cannot be converted.
    """
    from letters.wording.word.convert import to_markdown, to_word

    wished = form or _FORMATS.get(path.suffix)
    if path.suffix not in _FORMATS or wished != _FORMATS[path.suffix]:
        message = N_("this is no file to convert to .{form}")
        help_ = N_("name a .md file for Word, or a .docx file for Markdown")
        problem = Problem(
            "convert.format", Severity.FATAL, message, Place(str(path)), {"form": wished or ""}, help_
        )
        raise TemplateError([problem])
    data = read_file(path, _LARGEST)
    if wished == "md":
        return to_markdown(data, str(path)).encode(), path.with_suffix(".md")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem(
            "library.not-utf8",
            Severity.FATAL,
            N_("the file is not UTF-8"),
            Place(str(path), line),
            help=N_("save the file as UTF-8"),
        )
        raise TemplateError([problem]) from None
    return to_word(text, str(path)), path.with_suffix(".docx")


# letters templates import


def _import(kit: Kit) -> click.Command:
    help_ = _(
        "Propose a wording for an old Word template: bracketed fill-ins, merge fields and form fields become"
        " names of the wording language or fields of the case type. What was not understood is listed, and"
        " stays in the proposal as it is."
    )
    params: list[click.Parameter] = [
        click.Argument(["file"], type=click.Path(path_type=Path), metavar=_("FILE")),
        click.Option(
            ["--to", "form"],
            type=click.Choice(["md", "docx"]),
            default="md",
            show_default=True,
            help=_("The format of the proposal."),
        ),
        click.Option(
            ["--out"],
            type=click.Path(dir_okay=False, path_type=Path),
            metavar=_("FILE"),
            help=_("Where to write it; left out, beside the template."),
        ),
        kit.force(_("Replace a file that is there already.")),
        kit.json(),
    ]
    examples = [
        (
            _("To begin a wording with what there is:"),
            "letters templates import gammel-skabelon.docx --out templates/da/integrationsansvar/afslag.md",
        ),
    ]
    return kit.command("import", import_template, help_, params, examples)


def import_template(file: Path, form: str, out: Path | None, force: bool, as_json: bool) -> int:
    """Write the proposal and list its fields and what was not understood."""

    def work() -> int:
        from letters.wording.word.convert import to_word
        from letters.wording.word.imported import import_wording

        found = import_wording(read_file(file, _LARGEST), str(file), file.stem)
        target = out or file.with_name(f"{file.stem}-forslag.docx" if form == "docx" else f"{file.stem}.md")
        data = to_word(found.text, str(target)) if form == "docx" else found.text.encode()
        write_file(data, target, force)
        if as_json:
            print_json(
                {
                    "exit_code": DONE,
                    "file": str(target),
                    "fields": {
                        name: {"type": one.type, "title": one.title} for name, one in found.fields.items()
                    },
                    "names": found.names,
                    "problems": [problem_data(problem) for problem in found.problems],
                }
            )
            return DONE
        for problem in found.problems:
            print_problem(problem)
        click.echo(shown_path(target))
        if found.names:
            click.echo(_("Fill-ins that the wording language has a name for:"))
            print_table((text, tag) for text, tag in found.names.items())
        if found.fields:
            click.echo(_("Fields to add under fields: in sagstype.yaml:"))
            for name, one in found.fields.items():
                title = json.dumps(one.title, ensure_ascii=False)
                click.echo(f"  {name}: {{type: {one.type}, title: {visible(title)}}}")
        return DONE

    return told(work, as_json)


COMMANDS: Mapping[str, Callable[[Kit], click.Command]] = {"convert": _convert, "import": _import}
