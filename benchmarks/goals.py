"""What is aimed at, as ratios of CPU seconds in one run: letters of one core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

#: Kind of letter, share of new text, contender, stage -> CPU seconds.
Value = Callable[[str, float, str, str], float | None]


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio that is measured and the number it is held against.

    Attributes:
        above: whether the ratio should be at least `wanted`; at most otherwise.
        measured: None when a tool is not installed.
    """

    name: str
    kind: str
    measured: float | None
    wanted: float
    above: bool = True

    @property
    def met(self) -> bool | None:
        if self.measured is None:
            return None
        return self.measured >= self.wanted if self.above else self.measured <= self.wanted


def goals(kind: str, value: Value) -> Iterator[Goal]:
    """The goals for a kind of letter."""

    def ratio(above: float | None, below: float | None) -> float | None:
        return above / below if above and below else None

    def ours(share: float) -> float | None:
        return value(kind, share, "ours", "letter")

    def plain(share: float) -> float | None:
        return value(kind, share, "plain", "both")

    yield Goal("5 % new text: plain ÷ ours", kind, ratio(plain(0.05), ours(0.05)), 3.5)
    yield Goal("30 % new text: plain ÷ ours", kind, ratio(plain(0.3), ours(0.3)), 2.7)
    yield Goal("all new text: plain ÷ ours", kind, ratio(plain(1.0), ours(1.0)), 1.5)
    office = value(kind, 0.05, "libreoffice kept", "both")
    yield Goal("5 % new text: LibreOffice kept running ÷ ours", kind, ratio(office, ours(0.05)), 3.5)
    pdf = value(kind, 0.05, "ours", "PDF")
    yield Goal(
        "PDF: Chromium kept running ÷ ours", kind, ratio(value(kind, 0.05, "chromium kept", "PDF"), pdf), 2.0
    )
    yield Goal("PDF: ours ÷ Typst", kind, ratio(pdf, value(kind, 0.05, "typst", "PDF")), 3.5, above=False)
    word = value(kind, 0.05, "ours", "DOCX")
    yield Goal("DOCX: docxtpl ÷ ours", kind, ratio(value(kind, 0.05, "plain", "DOCX"), word), 15.0)
    judged = value(kind, 0.05, "ours", "checks and guard")
    yield Goal("checks and guard ÷ plain", kind, ratio(judged, plain(0.05)), 0.10, above=False)
    fresh = ratio(value(kind, 0.05, "ours", "fresh process"), value(kind, 0.05, "plain", "fresh process"))
    yield Goal("one letter as a fresh process: ours ÷ plain", kind, fresh, 0.75, above=False)
