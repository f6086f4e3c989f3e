"""The relationships of the document part, to which each letter adds its links."""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.opc.rel import Relationships

from letters.render.docx.xml import attribute

_MARK = "x:letters"  # an address that no letterhead has


class LinkParts:
    """A letterhead's own relationships, ready for the links of a letter.

    Args:
        part: the document part, not filled yet.
    """

    def __init__(self, part: Part) -> None:
        uri = part.partname.baseURI
        own = Relationships(uri)
        for relation in part.rels.values():
            own.add_relationship(relation.reltype, relation._target, relation.rId, relation.is_external)
        self.taken = frozenset(own)
        self.known = {
            r.target_ref: r.rId for r in reversed(own.values()) if r.is_external and r.reltype == RT.HYPERLINK
        }
        self.unchanged = _bytes(own.xml)
        ident = own.get_or_add_ext_rel(RT.HYPERLINK, _MARK)
        self.before, self._after = _bytes(own.xml).decode().split(_link(ident, _MARK))

    def xml(self, links: list[str]) -> bytes:
        """The part with links that `Links` wrote."""
        return f"{self.before}{''.join(links)}{self._after}".encode() if links else self.unchanged


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
            self._written.append(_link(found, address))
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


def _link(ident: str, address: str) -> str:
    target = f'Target="{attribute(address)}" TargetMode="External"'
    return f'<Relationship Id="{ident}" Type="{RT.HYPERLINK}" {target}/>'


def _bytes(xml: str | bytes) -> bytes:
    return xml if isinstance(xml, bytes) else xml.encode()
