"""A PDF's tag tree: what veraPDF cannot see in it, such as a table without any header cell."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pikepdf

from judges.findings import Finding, error, note, warning

FILLER = re.compile(r"\.(png|jpe?g|svg|gif)$|^(image|billede|picture|logo\d*)$", re.IGNORECASE)


class Tree:
    """The structure tree with its role map applied."""

    def __init__(self, root: pikepdf.Dictionary) -> None:
        self.root = root
        self.roles = root.get("/RoleMap", pikepdf.Dictionary())

    def role(self, element: pikepdf.Dictionary) -> str:
        """The standard type of an element, without the slash."""
        role, seen = str(element.get("/S", "")), set()
        while role in self.roles and role not in seen:
            seen.add(role)
            role = str(self.roles[role])
        return role.removeprefix("/")

    def below(self, element: pikepdf.Dictionary, *wanted: str) -> list[pikepdf.Dictionary]:
        """Descendants of these types; a table inside is another table's business."""
        found = []
        for child in elements(element):
            if self.role(child) in wanted:
                found.append(child)
            if self.role(child) != "Table":
                found += self.below(child, *wanted)
        return found

    def walk(self, element: pikepdf.Dictionary) -> Iterator[tuple[str, pikepdf.Dictionary]]:
        for child in elements(element):
            yield self.role(child), child
            yield from self.walk(child)


def children(element: pikepdf.Dictionary) -> list[pikepdf.Object]:
    inside = element.get("/K")
    if inside is None:
        return []
    return list(inside) if isinstance(inside, pikepdf.Array) else [inside]


def is_element(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and "/S" in thing


def elements(element: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    return [child for child in children(element) if is_element(child)]


def has_content(element: pikepdf.Dictionary) -> bool:
    return any(not is_element(child) or has_content(child) for child in children(element))


def attribute(element: pikepdf.Dictionary, key: str) -> pikepdf.Object | None:
    given = element.get("/A")
    for entry in given if isinstance(given, pikepdf.Array) else [given]:
        if isinstance(entry, pikepdf.Dictionary) and key in entry:
            return entry[key]
    return None


def tags(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    if "/StructTreeRoot" not in pdf.Root:
        yield error("tags", "no structure tree: the file is untagged")
        return
    tree = Tree(pdf.Root.StructTreeRoot)
    walked = list(tree.walk(tree.root))
    for role, element in walked:
        yield from judge_element(tree, role, element)
    yield from heading_order([int(role[1]) for role, _ in walked if re.fullmatch("H[1-6]", role)])
    counts = Counter(role for role, _ in walked)
    yield note("tags", " ".join(f"{role}={count}" for role, count in sorted(counts.items())))


def judge_element(tree: Tree, role: str, element: pikepdf.Dictionary) -> Iterator[Finding]:
    if re.fullmatch("H[1-6]", role) and not has_content(element):
        yield error("heading", f"empty heading {role}")
    if role == "Figure":
        yield from alternative_text(element)
    if role == "Table":
        yield from table(tree, element)
    if role == "L" and not tree.below(element, "LI"):
        yield error("list", "list without items")
    if role == "LI" and not any(tree.role(child) == "LBody" for child in elements(element)):
        yield error("list", "list item without LBody")


def alternative_text(figure: pikepdf.Dictionary) -> Iterator[Finding]:
    said = str(figure.get("/Alt", figure.get("/ActualText", ""))).strip()
    if not said:
        yield error("alt", "Figure without alternative text; decoration must be an artifact")
    elif FILLER.search(said):
        yield warning("alt", f"alternative text looks like a file name or a filler: {said!r}")


def table(tree: Tree, element: pikepdf.Dictionary) -> Iterator[Finding]:
    heads, cells = tree.below(element, "TH"), tree.below(element, "TD")
    if not heads:
        yield error("table", f"table with {len(cells)} data cells and no header cell")
        return
    scopeless = [head for head in heads if attribute(head, "/Scope") is None]
    loose = [cell for cell in cells if not attribute(cell, "/Headers") and has_content(cell)]
    if scopeless and loose:
        yield error("table", f"{len(scopeless)} heads lack Scope and {len(loose)} cells lack Headers")
    widths = {width(tree, row) for row in tree.below(element, "TR")}
    if len(widths) > 1 and not any(attribute(cell, "/RowSpan") for cell in heads + cells):
        yield warning("table", f"rows of different width {sorted(widths)}")


def width(tree: Tree, row: pikepdf.Dictionary) -> int:
    cells = (cell for cell in elements(row) if tree.role(cell) in ("TH", "TD"))
    return sum(int(attribute(cell, "/ColSpan") or 1) for cell in cells)


def heading_order(levels: Sequence[int]) -> Iterator[Finding]:
    """Headings start at 1 and skip no level on the way down (PDF/UA-1, 7.4.2)."""
    if not levels:
        yield error("heading", "no headings")
        return
    if levels[0] != 1:
        yield error("heading", f"first heading has level {levels[0]}")
    for above, below in pairwise(levels):
        if below > above + 1:
            yield error("heading", f"heading level jumps from {above} to {below}")
    if levels.count(1) > 1:
        yield warning("heading", f"{levels.count(1)} headings of level 1")
