"""The commands, their options and their help.

They are put together anew for each run, in the reader's language; each when it is asked for, with the module
that runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from letters import __version__
from letters.cli import commands, confidential
from letters.cli.batches.options import options as batch_options
from letters.cli.language import _

#: What it does, then the lines to type.
Example = tuple[str, ...]


class _Taught(click.Command):
    """A command whose help ends in examples: what it does, and the line to type."""

    examples: Sequence[Example] = ()

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Examples")):
            for number, (what, *lines) in enumerate(self.examples):
                if number:
                    formatter.write_paragraph()
                formatter.write_text(what)
                indent = formatter.current_indent + formatter.indent_increment
                formatter.write("".join(f"{'':{indent}}{line}\n" for line in lines))


class _TaughtGroup(_Taught, click.Group):
    """A group of such commands, in the order of use.

    Attributes:
        makers: a command's name -> what puts it together.
    """

    makers: Mapping[str, Callable[[], click.Command]]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.makers)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        # For a name that is none, click looks among all for what may be meant.
        for name in (cmd_name,) if cmd_name in self.makers else self.makers:
            if name not in self.commands:
                self.add_command(self.makers[name]())
        return super().get_command(ctx, cmd_name)


def app() -> click.Group:
    """The command `letters` in the reader's language."""
    group = _TaughtGroup(
        "letters",
        help=_(
            "Official letters for Danish municipalities: Word, PDF and text from one case file and one"
            " wording."
        ),
        params=[_version()],
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
    )
    group.examples = [
        (
            _("Begin a rejection, fill it in, look for faults, and make the draft:"),
            _NEW,
            "letters check 2021-0142.yaml",
            "letters draft 2021-0142.yaml --out breve",
        ),
        (_("More about one command:"), "letters draft --help"),
    ]
    group.makers = {
        "draft": _draft,
        "issue": _issue,
        "check": _check,
        "new": _new,
        "schema": _schema,
        "show": _show,
        "guard": _guard,
        "verify": _verify,
        "compare": _compare,
        "law": _law,
        "letterhead": _letterhead,
        "templates": _wording,
    }
    return group


_NEW = "letters new integrationsansvar --outcome rejected --out 2021-0142.yaml"


def _draft() -> click.Command:
    help_ = _(
        "Make drafts: per case the folder DIR/<name of the case file> with letter.docx, letter.pdf,"
        " letter.txt and manifest.json. A letter with faults is made where that is possible, and its faults"
        " are listed."
    )
    examples = [
        (_("The draft of one case, in breve/2021-0142:"), "letters draft 2021-0142.yaml --out breve"),
        (
            _("Every case file in a folder, replacing earlier drafts:"),
            "letters draft sager --out breve --force",
        ),
        (
            _("A letter for each row of a table (docs/batches.md):"),
            "letters draft sager.csv --mapping fletning.yaml --out breve",
        ),
        (_("The result as data:"), "letters draft 2021-0142.yaml --out breve --json"),
    ]
    return _command("draft", commands.draft, help_, _making(), examples)


def _issue() -> click.Command:
    help_ = _(
        "Make final letters, without the draft mark. A case with any error is refused; warnings are told. The"
        " files are those of `letters draft`."
    )
    examples = [
        (_("The final letter of one case:"), "letters issue 2021-0142.yaml --out endelige"),
        (_("All of September's cases:"), "letters issue sager/september --out endelige"),
    ]
    return _command("issue", commands.issue, help_, _making(), examples)


def _check() -> click.Command:
    help_ = _(
        "Report every fault of case files with its place and what to do. Nothing is written. A finished Word"
        " file or PDF, whoever made it, is checked for its citations and its language."
    )
    examples = [
        (_("One case:"), "letters check 2021-0142.yaml"),
        (_("Every case file in a folder, as data:"), "letters check sager --json"),
        (_("A letter of another system:"), "letters check afgoerelse.pdf --on 2026-03-12"),
    ]
    from letters.cli import law

    params = [_cases(), law.document_on_option(), _json(), _templates()]
    return _command("check", commands.check, help_, params, examples)


def _new() -> click.Command:
    help_ = _(
        "Write a commented case file to start from. It names each field, and each ground that may be chosen."
        " An outcome alone means a decision; without --matter and --outcome, the choices are listed."
    )
    params: list[click.Parameter] = [
        click.Argument(["case_type"], metavar=_("CASE_TYPE")),
        click.Option(
            ["--outcome"],
            type=click.Choice(["granted", "partly-granted", "rejected"]),
            help=_("What is decided; for a hearing, what is intended."),
        ),
        click.Option(
            ["--matter"], type=click.Choice(["decision", "hearing", "reply"]), help=_("The kind of letter.")
        ),
        click.Option(
            ["--out"],
            type=click.Path(dir_okay=False, path_type=Path),
            metavar=_("FILE"),
            help=_("Write to this file; left out, it is printed."),
        ),
        _force(_("Replace the file if it is there already.")),
        _templates(),
    ]
    examples = [
        (_("A rejection:"), _NEW),
        (
            _("The hearing before a rejection:"),
            "letters new integrationsansvar --matter hearing --outcome rejected",
        ),
        (_("A numbered reply:"), "letters new besvarelse --out svar.yaml"),
        (
            _("A confidential appendix, in a file that only you can read:"),
            "letters new appendix --out bilag-1.yaml",
        ),
    ]
    from letters.cli import starting

    return _command("new", starting.new, help_, params, examples)


def _schema() -> click.Command:
    help_ = _("Print the JSON Schema of case files, for editors and forms: of all, or of one kind of letter.")
    params: list[click.Parameter] = [
        click.Argument(
            ["matter"],
            type=click.Choice(["decision", "hearing", "reply", "appendix"]),
            required=False,
            metavar=_("[decision|hearing|reply|appendix]"),
        ),
        click.Option(
            ["--language"],
            type=click.Choice(["da", "en"]),
            default="da",
            show_default=True,
            help=_("The language of the fields' titles."),
        ),
        _templates(),
    ]
    examples = [
        (_("For an editor that completes and checks case files:"), "letters schema > sag.schema.json"),
        (_("The same for confidential appendices:"), "letters schema appendix > bilag.schema.json"),
    ]
    from letters.cli import starting

    return _command("schema", starting.schema, help_, params, examples)


def _show() -> click.Command:
    help_ = _("Print a case's letter as text, without writing any file.")
    params: list[click.Parameter] = [
        click.Argument(["case"], type=click.Path(path_type=Path), metavar=_("CASE")),
        click.Option(
            ["--dump"], is_flag=True, help=_("Show how the letter is built: every block and its role.")
        ),
        _templates(),
    ]
    examples = [
        (_("Read a letter before it is made:"), "letters show 2021-0142.yaml"),
        (_("See its structure:"), "letters show 2021-0142.yaml --dump"),
    ]
    return _command("show", commands.show, help_, params, examples)


def _guard() -> click.Command:
    return confidential.guard_command(_command, _json(), _templates())


def _verify() -> click.Command:
    from letters.cli import verify

    return verify.verify_command(_command, _json(), _templates())


def _compare() -> click.Command:
    from letters.cli import compare

    return compare.compare_command(_command, _json(), _templates())


def _letterhead() -> click.Command:
    from letters.cli import letterhead

    return letterhead.letterhead_group(_command, _json())


def _wording() -> click.Command:
    from letters.cli.templates import Kit, templates_group

    return templates_group(Kit(_command, _json, _templates, _force))


def _law() -> click.Group:
    from letters.cli import law
    from letters.cli.templates import Kit

    return law.law_group(Kit(_command, _json, _templates, _force))


def _command(
    name: str,
    callback: Callable[..., int],
    help_: str,
    params: list[click.Parameter],
    examples: Sequence[Example],
) -> click.Command:
    command = _Taught(
        name,
        callback=callback,
        help=help_,
        params=params,
        options_metavar=_("[OPTIONS]"),
        short_help=help_.partition(": ")[0].partition(". ")[0].rstrip("."),
    )
    command.examples = examples
    return command


# Parameters that several commands have


def _making() -> list[click.Parameter]:
    out = click.Option(
        ["--out"],
        required=True,
        type=click.Path(file_okay=False, path_type=Path),
        metavar=_("DIR"),
        help=_("The directory to write to; it is made when it is not there."),
    )
    force = _force(_("Replace letters that are there already."))
    return [_cases(), out, *confidential.options(), *batch_options(), force, _json(), _templates()]


def _cases() -> click.Argument:
    return click.Argument(
        ["cases"], nargs=-1, required=True, type=click.Path(path_type=Path), metavar=_("CASE") + "..."
    )


def _force(help_: str) -> click.Option:
    return click.Option(["--force"], is_flag=True, help=help_)


def _json() -> click.Option:
    return click.Option(
        ["--json", "as_json"], is_flag=True, help=_("Print one JSON object with results and problems.")
    )


def _templates() -> click.Option:
    return click.Option(
        ["--templates"],
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        envvar="LETTERS_TEMPLATES",
        show_envvar=True,
        metavar=_("DIR"),
        help=_("The wording library; left out, the one that came along."),
    )


def _version() -> click.Option:
    def show(context: click.Context, option: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(f"letters {__version__}")
            context.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=_("Show the version and exit."),
    )
