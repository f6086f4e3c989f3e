"""What the lawfulness rules must know of a case besides its finished Letter.

A small value that the desk makes from the case and the library. The rules read the Letter itself for what is
said in it, so that wording edited by legal staff cannot lose what the law asks for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from msgspec import Struct

from letters.case.spec import Matter, Outcome


class GroundFacts(Struct, frozen=True):
    """A ground that the case names.

    Attributes:
        path: where it stands in the case file, `reasons[0]`.
        discretionary: whether its rule leaves discretion, so that the main considerations are needed.
        printed: the fields of the case file whose contents the letter must print.
    """

    code: str
    title: str
    path: str
    discretionary: bool
    printed: tuple[str, ...]


class RouteFacts(Struct, frozen=True):
    """Where one complains of the touched parts that share a route.

    Attributes:
        parts: the Danish names of the parts.
        body: who decides the complaint; None when the library has no version of the route for the date.
        deadline: "4 uger"; empty when the law sets none.
        competence: what the body can decide on, when its competence is limited; otherwise empty.
        last_day: for a complaint, when the case file asks for it; None when the rule alone is printed.
    """

    parts: tuple[str, ...]
    body: str | None
    deadline: str = ""
    competence: str = ""
    last_day: dt.date | None = None


class TermFacts(Struct, frozen=True):
    """A dated term.

    Attributes:
        right: its text and forms on the date of the law, the first one the text itself.
        others: those of other periods and regimes, without those that are right.
    """

    right: tuple[str, ...]
    others: tuple[str, ...]


class Historic(Struct, frozen=True):
    """A citation that the case file declares to be of the law as it was.

    Attributes:
        field: where it stands in the case file.
    """

    citation: str
    as_of: dt.date
    field: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules know of a case.

    Attributes:
        outcome: in a hearing the intended one; None in a reply.
        law_date: the date whose law applies.
        wording: the file of the wording that the letter began with; what is missing is told of it.
        authority: the sender's name.
        handed_in: the ways to reach the sender, one of which a complaint guidance must name.
        signatory: name and title.
        routes: the complaint routes of the touched parts; empty when none of them can be appealed.
        bodies: every complaint body that the library knows.
        hearing: the fields of the case file that say how the party was heard; empty when it says nothing.
        views: how many arguments of the party the case has.
        assessment: whether the case has an overall assessment.
        party: the name of the party when somebody else reads the letter; otherwise empty.
        several: whether several recipients are addressed.
        number: the party's CPR number in ten figures; empty when it is not known.
    """

    matter: Matter
    outcome: Outcome | None
    law_date: dt.date
    wording: str
    authority: str
    handed_in: tuple[str, ...]
    signatory: tuple[str, str]
    regime: str | None = None
    grounds: tuple[GroundFacts, ...] = ()
    routes: tuple[RouteFacts, ...] = ()
    bodies: frozenset[str] = frozenset()
    hearing: tuple[str, ...] = ()
    views: int = 0
    assessment: bool = False
    party: str = ""
    several: bool = False
    number: str = field(default="", repr=False)
    terms: tuple[TermFacts, ...] = ()
    historic: tuple[Historic, ...] = ()

    @property
    def reader_is_party(self) -> bool:
        return not self.party

    @property
    def against(self) -> bool:
        """Whether the party does not get everything: a partial approval or a rejection."""
        return self.matter is Matter.DECISION and self.outcome is not Outcome.GRANTED
