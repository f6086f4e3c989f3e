"""The relationships of the document part, to which each letter adds its links."""

from __future__ import annotations

from msgspec import Struct

from letters.render.docx.xml import attribute

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


class LinkParts(Struct, frozen=True):
    """A letterhead's own relationships, ready for the links of a letter.

    Attributes:
        taken: their ids.
        known: address -> id of each link among them.
        unchanged: the part without any more.
        before: the part up to where links go; `after` what follows them.
    """

    taken: frozenset[str]
    known: dict[str, str]
    unchanged: bytes
    before: str
    after: str

    def xml(self, links: list[str]) -> bytes:
        """The part with links that `Links` wrote."""
        return f"{self.before}{''.join(links)}{self.after}".encode() if links else self.unchanged


class Links:
    """The links of one letter; counts their ids as python-docx does."""

    def __init__(self, parts: LinkParts) -> None:
        self._parts = parts
        self._idents: dict[str, str] = {}
        self._written: list[str] = []
        self._last = 0

    def relate(self, address: str) -> str:
        """The id of the relationship to an address."""
        found = self._parts.known.get(address) or self._idents.get(address)
        if found is None:
            found = self._idents[address] = self._next()
            self._written.append(link(found, address))
        return found

    def _next(self) -> str:
        """The lowest id that is free."""
        while True:
            self._last += 1
            ident = f"rId{self._last}"
            if ident not in self._parts.taken:
                return ident

    def xml(self) -> bytes:
        """The part word/_rels/document.xml.rels."""
        return self._parts.xml(self._written)


def link(ident: str, address: str) -> str:
    """The relationship to an address."""
    target = f'Target="{attribute(address)}" TargetMode="External"'
    return f'<Relationship Id="{ident}" Type="{HYPERLINK}" {target}/>'
