"""`--timings`: where the time went, stage by stage, for one letter or for all of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from letters.cli.language import _, decimal, ngettext
from letters.problems import N_

if TYPE_CHECKING:
    from letters.desk.timings import Stage

#: Stage (`letters.desk.timings.Stage`) -> what is done in it, in the order of the work.
_LABELS = {
    "read": N_("reading the case"),
    "compose": N_("composing the letter"),
    "letterhead": N_("opening letterheads"),
    "check": N_("checking"),
    "docx": N_("drawing the Word file"),
    "pdf": N_("drawing the PDF"),
    "measure": N_("measuring the PDF"),
    "text": N_("writing the text"),
    "manifest": N_("writing the record"),
    "guard": N_("looking for leaks"),
    "write": N_("saving the files"),
}


@dataclass(slots=True)
class Spent:
    """Adds up the seconds of each stage over letters, whichever process made them."""

    letters: int = 0
    _seconds: dict[str, float] = field(default_factory=dict)

    def add(self, timings: Mapping[Stage, float]) -> None:
        """Take in a letter's stages; a letter that was not made has none."""
        if not timings:
            return
        self.letters += 1
        for stage, seconds in timings.items():
            self._seconds[str(stage)] = self._seconds.get(str(stage), 0.0) + seconds

    def data(self) -> dict[str, object]:
        """As JSON has it: seconds of all letters together, by stage."""
        return {
            "letters": self.letters,
            "seconds": {stage: round(self._seconds[stage], 6) for stage in _LABELS if stage in self._seconds},
        }

    def tell(self) -> None:
        """Print the stages to stderr, with the milliseconds a letter and the share of the whole."""
        if not self.letters:
            return
        from rich.console import Console
        from rich.table import Table

        total = sum(self._seconds.values()) or 1.0
        head = ngettext("{count} letter", "{count} letters", self.letters).format(count=self.letters)
        grid = Table(box=None, pad_edge=False)
        grid.add_column(head)
        grid.add_column(_("ms a letter"), justify="right")
        grid.add_column(_("share"), justify="right")
        for stage, label in _LABELS.items():
            if stage in self._seconds:
                grid.add_row(_(label), *self._cells(self._seconds[stage], total))
        grid.add_row(_("together"), *self._cells(total, total))
        console = Console(stderr=True, highlight=False)
        click.echo(err=True)
        console.print(grid)

    def _cells(self, seconds: float, total: float) -> tuple[str, str]:
        return decimal(f"{1000 * seconds / self.letters:.1f}"), f"{100 * seconds / total:.0f} %"
