"""A letter that comes later than the law allows must say why."""

from __future__ import annotations

from collections.abc import Iterator

from letters.case.models import Case, Reply
from letters.law.deadlines import Calendar, add_working_days
from letters.problems import N_, Place, Problem, Severity
from letters.wording.library import AnswerWithin


def unexplained(case: Case, rule: AnswerWithin | None) -> Iterator[Problem]:
    """The letter is dated after the deadline, and the field that explains it is left out.

    Which days are closed is in doubt, so the deadline counted is the later one.
    """
    received = case.inquiry.received if isinstance(case, Reply) else case.application.received
    if rule is None or received is None or case.facts.get(rule.explained_by):
        return
    last = add_working_days(received, rule.working_days, Calendar.EXTRA_DAYS)
    if case.date > last:
        yield Problem(
            "case.late-unexplained",
            Severity.FATAL,
            N_("the request of {received} was due by {last}, and the letter does not say why it is late"),
            Place("", field=f"facts.{rule.explained_by}"),
            {
                "last": last.isoformat(),
                "received": received.isoformat(),
                "days": rule.working_days,
                "field": rule.explained_by,
            },
            N_("add `{field}:` under `facts:`, or check the date on which the request came"),
        )
