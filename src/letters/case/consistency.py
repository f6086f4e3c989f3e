"""What a case file says must not contradict itself: dates in their order, a represented party named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from letters.case.fields import FieldError, iso_date, yes_no
from letters.case.forms import Form
from letters.case.spec import Matter
from letters.case.tree import Path, Tree, fatal, field_name
from letters.problems import N_, Problem

_DATE: Path = ("date",)


def check_consistency(tree: Tree, form: Form) -> Iterator[Problem]:
    """Compare the file's fields with each other; what is missing or no date is told elsewhere."""
    yield from _not_before(tree, _DATE, ("delivery", "sent"))
    yield from _last_day(tree, form)
    if form.matter is Matter.REPLY:
        yield from _not_before(tree, ("inquiry", "date"), _DATE)
        yield from _not_before(tree, ("inquiry", "received"), _DATE)
        yield from _not_before(tree, ("inquiry", "date"), ("inquiry", "received"))
        return
    yield from _not_before(tree, ("application", "received"), _DATE)
    yield from _hearing(tree, form)
    if tree.at(("representative",)) is not None and tree.at(("party",)) is None:
        yield fatal(
            "case.party-missing",
            N_("there is a representative, but no party whom the letter is about"),
            tree.place(("representative",)),
            help=N_("add `party:` with the name of the person who is represented"),
            see="forvaltningslovens § 8",
        )


def _last_day(tree: Tree, form: Form) -> Iterator[Problem]:
    """A last day can be named when the day of receipt is known: Digital Post that is sent on a known day."""
    wanted: Path = ("delivery", "last_day")
    if not _is_yes(tree.at(wanted)):
        return
    known = tree.at(("delivery", "channel")) == "digital-post" and tree.at(("delivery", "sent")) is not None
    if form.matter is not Matter.DECISION or not known:
        yield fatal(
            "case.last-day-unknown",
            N_("the last day for a complaint is not known"),
            tree.place(wanted),
            help=N_(
                "take `last_day` out; or, in a decision, give `channel: digital-post` and the day it is"
                " `sent`"
            ),
            see="lov om Digital Post § 10, nr. 1",
        )


def _is_yes(value: object) -> bool:
    try:
        return value is not None and yes_no(value)
    except FieldError:
        return False


def _hearing(tree: Tree, form: Form) -> Iterator[Problem]:
    deadline: Path = ("hearing", "deadline")
    reply: Path = ("hearing", "reply")
    if form.matter is Matter.HEARING:
        yield from _after(tree, _DATE, deadline)
    elif form.matter is Matter.DECISION:
        yield from _not_before(tree, reply, _DATE)
        if tree.at(reply) is None:
            # The deadline runs to the end of its day, so a decision on that very day comes too early.
            yield from _after(tree, deadline, _DATE)


def _not_before(tree: Tree, early: Path, late: Path) -> Iterator[Problem]:
    first, second = _day(tree, early), _day(tree, late)
    if first and second and second < first:
        message = N_("{late} ({second}) lies before {early} ({first})")
        yield _order(tree, early, late, message, first, second)


def _after(tree: Tree, early: Path, late: Path) -> Iterator[Problem]:
    first, second = _day(tree, early), _day(tree, late)
    if first and second and second <= first:
        message = N_("{late} ({second}) does not lie after {early} ({first})")
        yield _order(tree, early, late, message, first, second)


def _order(tree: Tree, early: Path, late: Path, message: str, first: dt.date, second: dt.date) -> Problem:
    """Told where the letter's own date is not, since that one is the likelier to be right."""
    return fatal(
        "case.date-order",
        message,
        tree.place(early if late == _DATE else late),
        help=N_("check the year and the order of day and month"),
        early=field_name(early),
        late=field_name(late),
        first=first.isoformat(),
        second=second.isoformat(),
    )


def _day(tree: Tree, path: Path) -> dt.date | None:
    try:
        return iso_date(tree.at(path))
    except FieldError:
        return None
