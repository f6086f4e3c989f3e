"""What the guard found, as problems that never repeat a secret."""

from __future__ import annotations

from msgspec import Struct

from letters.problems import N_, Place, Problem, Severity
from letters.secrecy.secrets import Kind

CPR_LIKE = "cpr-like"
UNREADABLE = "unreadable"

_MESSAGES = {
    Kind.NAME.value: N_("the name of {owner} stands in it: {where}"),
    Kind.NAME_PART.value: N_("a part of the name of {owner} stands in it: {where}"),
    Kind.INITIALS.value: N_("the initials of {owner} may stand in it: {where}"),
    Kind.CPR.value: N_("the CPR number of {owner} stands in it: {where}"),
    Kind.BIRTH_DATE.value: N_("the birth date of {owner} stands in it: {where}"),
    Kind.ADDRESS.value: N_("the address of {owner} stands in it: {where}"),
    Kind.PHONE.value: N_("the telephone number of {owner} stands in it: {where}"),
    Kind.EMAIL.value: N_("the e-mail address of {owner} stands in it: {where}"),
    Kind.CASE_NUMBER.value: N_("the case number of {owner} stands in it: {where}"),
    Kind.ACCOUNT_RUN.value: N_(
        "seven or more words in a row from the account of {owner} stand in it: {where}"
    ),
    CPR_LIKE: N_("a number that looks like a CPR number stands in it: {where}"),
    UNREADABLE: N_("it cannot be guarded, since a part of it cannot be read ({reason}): {where}"),
}
#: Why something cannot be read; see `channels.Unreadable`.
REASONS = (
    N_("encrypted"), N_("damaged"), N_("too large"), N_("nested too deep"), N_("too many revisions"),
    N_("packed"), N_("macros"),
)  # fmt: skip
#: What owners and places are put together from: "page 1, line 3", "earlier revision 2: tag tree (object 5)".
PLACES = (
    N_("person"), N_("appendix"), N_("file"), N_("file name"), N_("text"), N_("line"), N_("page"), N_("part"),
    N_("attributes"), N_("hidden or deleted text"), N_("names of parts"), N_("between the parts"),
    N_("comments and extra fields"), N_("unlisted"), N_("stream"), N_("names of streams"), N_("picture data"),
    N_("in Base64"), N_("object"), N_("objects"), N_("outside the objects"), N_("trailer"), N_("names"),
    N_("drawn text"), N_("earlier revision"), N_("attached file"), N_("tag tree"), N_("form field"),
    N_("link"), N_("annotation"), N_("font"), N_("document properties"), N_("bookmark"),
)  # fmt: skip
_NAMES = (Kind.NAME.value, Kind.NAME_PART.value, Kind.INITIALS.value)
_HELP_NAME = N_("take it out; if it is an ordinary word here, allow it in the open case file with a reason")
_HELP_UNREADABLE = N_("guard the file before it is encrypted, or make it anew")
_HELP = N_("take it out of the letter")
_HELP_CPR = N_("take it out, or write in front of the number what it is, such as P-nr.")
_LAW = "forvaltningsloven § 27"
_LAW_CPR = "databeskyttelsesloven § 11"


class Finding(Struct, frozen=True):
    """Something confidential in an open document.

    Attributes:
        kind: a `Kind`'s value, `CPR_LIKE` or `UNREADABLE`.
        owner: whose it is ("person 2 (appendix bilag-1)"); empty when nobody knows.
        document: the document's name, or its number when the name itself holds a secret.
        where: the place in the document.
        sure: False for a warning.
        reason: why it cannot be read; empty for all other kinds.
    """

    kind: str
    owner: str
    document: str
    where: str
    sure: bool
    reason: str = ""

    def problem(self) -> Problem:
        """The finding for the reader; nothing in it repeats the secret."""
        return Problem(
            f"secrecy.{'' if self.kind in (CPR_LIKE, UNREADABLE) else 'leak-'}{self.kind}",
            Severity.ERROR if self.sure else Severity.WARNING,
            _MESSAGES[self.kind],
            Place(self.document),
            {"owner": self.owner, "where": self.where, "reason": self.reason},
            help=_help(self.kind),
            see=_LAW_CPR if self.kind == CPR_LIKE else _LAW,
        )


def _help(kind: str) -> str:
    if kind == UNREADABLE:
        return _HELP_UNREADABLE
    if kind == CPR_LIKE:
        return _HELP_CPR
    return _HELP_NAME if kind in _NAMES else _HELP
