"""`letters templates check`: everything that is wrong with the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from letters.cli.language import _, ngettext
from letters.cli.places import case_files, library, samples_of
from letters.cli.report import print_problem, problem_data, shown_path
from letters.cli.templates import Kit
from letters.cli.templates.told import exit_code, print_json, told
from letters.problems import Problem, Severity


def samples_option() -> click.Option:
    """The option `--samples`, which several commands have."""
    return click.Option(
        ["--samples"],
        multiple=True,
        type=click.Path(exists=True, path_type=Path),
        metavar=_("CASE"),
        help=_("Take these sample cases, or those in this folder; left out, the library's own."),
    )


def sample_files(given: Sequence[Path], root: Path) -> list[Path]:
    """The sample cases that were named, or those of the library."""
    return case_files(given) if given else samples_of(root)


def _check(kit: Kit) -> click.Command:
    help_ = _(
        "Look for everything that is wrong with the library, before any letter is: Jinja and Markdown that"
        " cannot be read, names that no case has, text that no letter comes to, fields that are asked for in"
        " vain, gaps between versions, citations that are wrong on any day that the text applies, complaint"
        " guidance that is missing, and Danish that is hard to read. The sample cases are tried, too. Nothing"
        " is written."
    )
    issued = click.Option(
        ["--issued"],
        multiple=True,
        type=click.Path(exists=True, path_type=Path),
        metavar=_("DIR"),
        help=_("Look for final letters in this directory: no text that one was made with may be edited."),
    )
    params: list[click.Parameter] = [issued, samples_option(), kit.json(), kit.templates()]
    examples = [
        (_("After every change of the wording:"), "letters templates check"),
        (
            _("Your own library, with samples of your own:"),
            "letters templates check --templates da --samples sager",
        ),
        (
            _("Before a release, with every letter that has gone out:"),
            "letters templates check --issued endelige/2025 --issued endelige/2026",
        ),
        (_("As data, for another program:"), "letters templates check --json"),
    ]
    return kit.command("check", check, help_, params, examples)


def check(issued: tuple[Path, ...], samples: tuple[Path, ...], as_json: bool, templates: Path | None) -> int:
    """Check the library; the exit code is 1 when anything is more than a warning."""

    def work() -> int:
        from letters.desk.maintaining.checking import check_templates

        root = library(templates)
        found = check_templates(root, sample_files(samples, root), issued)
        code = exit_code(found.problems)
        if as_json:
            print_json(
                {
                    "exit_code": code,
                    "library": str(root),
                    "texts": found.texts,
                    "letters": found.letters,
                    "samples": len(found.samples),
                    "problems": [problem_data(problem) for problem in found.problems],
                }
            )
            return code
        for problem in found.problems:
            print_problem(problem)
        if found.texts:
            read = ngettext("{count} text", "{count} texts", found.texts).format(count=found.texts)
            tried = ngettext("{count} sample", "{count} samples", len(found.samples))
            counts = f"{read}, {tried.format(count=len(found.samples))}"
            click.echo(f"{shown_path(root)}: {counts}: {_count(found.problems)}")
        return code

    return told(work, as_json)


def _count(problems: Sequence[Problem]) -> str:
    wrong = sum(problem.severity is not Severity.WARNING for problem in problems)
    counts = []
    if wrong:
        counts.append(ngettext("{count} problem", "{count} problems", wrong).format(count=wrong))
    if warned := len(problems) - wrong:
        counts.append(ngettext("{count} warning", "{count} warnings", warned).format(count=warned))
    return ", ".join(counts) or _("no problems")


COMMANDS: dict[str, Callable[[Kit], click.Command]] = {"check": _check}
