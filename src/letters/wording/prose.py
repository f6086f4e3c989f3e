"""Problems of a case file's prose, in the words of `markdown.FORBIDDEN`."""

from __future__ import annotations

from letters.problems import N_, Place, Problem, Severity
from letters.wording.refusals import FORBIDDEN, Refused

_ONE_PARAGRAPH = N_("write it as one paragraph, without lists, tables, quotes and headings")


def prose_problem(refused: Refused, field: str) -> Problem:
    """What a prose field holds that a letter cannot show, or cannot show where the wording prints it.

    The caller adds file and line (`Place.field` is set).
    """
    if refused.field:
        message = N_("the wording prints this text where only one paragraph can stand")
        place = Place("", field=refused.field)
        return Problem("case.prose-place", Severity.FATAL, message, place, help=_ONE_PARAGRAPH)
    return Problem(
        "case.prose",
        Severity.FATAL,
        N_("the text holds {what} (“{snippet}”), which a letter cannot show"),
        Place("", field=field),
        {"what": FORBIDDEN[refused.what], "snippet": refused.snippet, "line_in_field": refused.line + 1},
        N_("correct it, or write it as plain text with a backslash before a mark that is meant as it stands"),
    )


def deep_heading(field: str) -> Problem:
    """A prose field's heading would lie below the letter's third level; the caller adds file and line."""
    return Problem(
        "case.prose-heading",
        Severity.FATAL,
        N_("a heading of this text lies too deep here"),
        Place("", field=field),
        help=N_("write it with fewer levels of headings, or as a paragraph in bold"),
    )
