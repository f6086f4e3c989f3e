"""Problems of a case file's prose, in the words of `markdown.FORBIDDEN`."""

from __future__ import annotations

from letters.problems import N_, Place, Problem, Severity
from letters.wording.markdown import FORBIDDEN, Refused


def prose_problem(refused: Refused, field: str) -> Problem:
    """What a prose field holds that a letter cannot show.

    The caller adds file and line (`Place.field` is set).
    """
    return Problem(
        "case.prose",
        Severity.FATAL,
        N_("the text holds {what} (“{snippet}”), which a letter cannot show"),
        Place("", field=field),
        {"what": FORBIDDEN[refused.what], "snippet": refused.snippet, "line_in_field": refused.line + 1},
        N_("write it as plain text; put a backslash before a mark that is meant as it stands"),
    )
