"""The numbering part of a letterhead, to which each letter adds its lists."""

from __future__ import annotations

from msgspec import Struct

from letters.render.docx.numbering import Numberer


class NumberingPart(Struct, frozen=True):
    """The part, ready for the lists of a letter.

    Attributes:
        unchanged: the part without any more.
        pieces: XML before the definitions, between them and the instances, and after these.
    """

    unchanged: bytes
    pieces: tuple[str, str, str]

    def with_lists(self, numberer: Numberer) -> bytes:
        """The part with a letter's definitions and instances."""
        before, between, after = self.pieces
        definitions, instances = "".join(numberer.definitions()), "".join(numberer.instances())
        return f"{before}{definitions}{between}{instances}{after}".encode()
