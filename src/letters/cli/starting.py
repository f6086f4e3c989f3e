"""`letters new` and `letters schema`: what a case file is started from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.cli.codes import DONE, OUTSIDE, PROBLEMS
from letters.cli.commands import open_desk
from letters.cli.files import write_file
from letters.cli.language import _, translator
from letters.cli.report import print_problem, shown_path
from letters.problems import LettersError, OutputError

if TYPE_CHECKING:
    from letters.case.spec import CaseTypeSpec, Matter, Outcome


def new(
    case_type: str,
    outcome: str | None,
    matter: str | None,
    out: Path | None,
    force: bool,
    templates: Path | None,
) -> int:
    """Write a commented case file."""
    try:
        desk = open_desk(templates)
        if case_type == APPENDIX and case_type not in desk.composer.library.spec().case_types:
            if outcome or matter:
                raise click.UsageError(_("an appendix has neither --matter nor --outcome"))
            _put(desk.confidential().skeleton(_), out, force, mode=0o600)
            return DONE
        desk.composer.library.refuse_faulty(case_type)
        spec = _case_type(desk.composer.library.spec().case_types, case_type)
        text = desk.skeleton(case_type, *_form(spec, matter, outcome), _)
        _put(text, out, force)
    except LettersError as error:
        return _told(error)
    return DONE


def schema(matter: str | None, language: str, templates: Path | None) -> int:
    """Print the JSON Schema of case files."""
    from letters.case.spec import Matter

    try:
        desk = open_desk(templates)
        if matter == APPENDIX:
            text = desk.confidential().schema(translator(language))
        else:
            text = desk.schema(Matter(matter) if matter else None, translator(language))
    except LettersError as error:
        return _told(error)
    click.echo(text.encode(), nl=False)
    return DONE


#: What is written in place of a case type or a matter for a confidential appendix.
APPENDIX = "appendix"


def _told(error: LettersError) -> int:
    for problem in error.problems:
        print_problem(problem)
    there_already = all(problem.code == "output.exists" for problem in error.problems)
    return OUTSIDE if isinstance(error, OutputError) and not there_already else PROBLEMS


def _case_type(known: Mapping[str, CaseTypeSpec], wished: str) -> CaseTypeSpec:
    if wished in known:
        return known[wished]
    from letters.case.tree import nearest

    message = _('"{name}" is no case type. Known are: {known}')
    known_words = sorted({*known, APPENDIX})
    message = message.format(name=wished, known=", ".join(known_words))
    if near := nearest(wished, known_words):
        message += "\n" + _("Did you mean {near}?").format(near=near)
    raise click.UsageError(message, click.get_current_context())


def _form(spec: CaseTypeSpec, matter: str | None, outcome: str | None) -> tuple[Matter, Outcome | None]:
    """The matter and the outcome: as wished, else the only ones there are.

    An outcome alone means a decision, not the hearing before it.

    Raises:
        click.UsageError: there are several such letters, or none.
    """
    choices = _choices(spec)
    fitting = [
        (m, o) for m, o in choices if matter in (None, m.value) and outcome in (None, o.value if o else None)
    ]
    if len(fitting) > 1 and outcome:
        fitting = [(m, o) for m, o in fitting if m.value == "decision"]
    if len(fitting) == 1:
        return fitting[0]
    asked = _("Say which letter to begin:") if fitting else _("The case type has no such letter. It has:")
    lines = [asked, *(f"  {_command(spec.code, m, o)}" for m, o in fitting or choices)]
    raise click.UsageError("\n".join(lines), click.get_current_context())


def _choices(spec: CaseTypeSpec) -> list[tuple[Matter, Outcome | None]]:
    """Every letter of the case type: decisions and hearings have an outcome, replies none."""
    from letters.case.spec import Matter, Outcome

    found: list[tuple[Matter, Outcome | None]] = []
    for matter in (m for m in Matter if m in spec.matters):
        if matter is Matter.REPLY:
            found.append((matter, None))
            continue
        outcomes = [o for o in Outcome if o in spec.outcomes]
        if matter is Matter.HEARING:
            outcomes = [o for o in outcomes if o is not Outcome.GRANTED]
        found += [(matter, outcome) for outcome in outcomes]
    return found


def _command(code: str, matter: Matter, outcome: Outcome | None) -> str:
    words = ["letters new", code, f"--matter {matter.value}", f"--outcome {outcome.value}" if outcome else ""]
    return " ".join(word for word in words if word)


def _put(text: str, out: Path | None, force: bool, mode: int = 0o644) -> None:
    """Write the file whole or not at all; without a name, print it.

    Args:
        mode: who may read the file, as for `chmod`.
    Raises:
        OutputError: the file is there already and `force` is not given, or the disk refuses.
    """
    if out is None:
        click.echo(text.encode(), nl=False)
        return
    write_file(text.encode(), out, force, mode)
    click.echo(shown_path(out))
