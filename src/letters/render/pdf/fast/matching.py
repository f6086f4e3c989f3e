"""Which rules match an element, kept between letters.

Most selectors ask an element and those around it for names, classes and attributes. For two elements that
agree in these, as their ancestors do, they say the same. The few that ask for more (where an element stands
among others, what is in it) are asked again for each element.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import CodeType
from typing import Any

from webencodings import ascii_lower  # type: ignore[import-untyped] # no types

from letters.render.pdf.fast.memory import Generations
from letters.render.pdf.fast.sheets import real, strings

#: What the compiled selectors of cssselect2 use that is the same for elements that agree.
_AGREED = frozenset(
    {
        *("local_name", "namespace_url", "classes", "id", "parent", "ancestors"),
        *("etree_element", "attrib", "get", "tag", "in_html_document", "lower", "any", "next"),
    }
)


class Matched:
    """The rules that match an element, in the order in which they apply.

    Attributes:
        rules: number of the sheet, the sheet, its origin, its own specificity, and cssselect2's match.
        shared: what two elements have in common that share a style.
        kept: what two elements have in common whose styles have a master in common, pseudo-elements included.
    """

    __slots__ = ("kept", "rules", "shared")

    def __init__(self, rules: Iterable[tuple[int, Any, Any, Any, Any]]) -> None:
        self.rules = tuple(rules)
        self.kept = tuple(
            (number, specificity, order, pseudo, id(declarations), layer)
            for number, _, _, _, (specificity, order, pseudo, (declarations, layer)) in self.rules
        )
        self.shared = tuple(
            (number, specificity, declarations, layer)
            for number, specificity, _, _, declarations, layer in self.kept
        )


class _Agreed:
    """What is the same for all elements that agree.

    Attributes:
        matched: by the selectors that are not asked again.
        open: number of the sheet and cssselect2's entry of each that is.
    """

    __slots__ = ("matched", "open")

    def __init__(self, matched: Matched, open_: tuple[tuple[int, Any], ...]) -> None:
        self.matched = matched
        self.open = open_


class Matching:
    """The matches of the elements of one letter.

    Args:
        sheets: the sheet, its origin and its own specificity.
        kept: what is remembered from other letters.
        remember: whether something may be added to it.
    """

    def __init__(self, sheets: Any, kept: Generations[Any, Any], *, remember: bool) -> None:
        self._sheets = sheets
        self._kept = kept
        self._remember = remember
        self._found: dict[Any, _Agreed | None] = {None: None}
        self._names = _ALWAYS.union(*(_attributes(sheet.matcher) for sheet, *_ in sheets))
        self._root = tuple(id(sheet) for sheet, *_ in sheets)

    def match(self, wrapper: Any) -> Matched:
        """The rules for an element, whose parent was asked for before."""
        element, parent = wrapper.etree_element, wrapper.parent
        above = None if parent is None else self._found[parent.etree_element]
        key = (above or self._root, element.tag, *self._read(element))
        agreed: _Agreed | None = self._kept.get(key)
        if agreed is None:
            agreed = self._agreed(wrapper)
            if self._remember:
                self._kept.put(key, agreed)
        self._found[element] = agreed
        again = [(number, entry[1:]) for number, entry in agreed.open if entry[0](wrapper)]
        if not again:
            return agreed.matched
        return Matched(self._ordered([*((rule[0], rule[4]) for rule in agreed.matched.rules), *again]))

    def _read(self, element: Any) -> Iterator[tuple[str, str]]:
        names = self._names
        return (pair for pair in element.attrib.items() if pair[0] in names)

    def _agreed(self, wrapper: Any) -> _Agreed:
        settled, left = [], []
        for number, (sheet, *_) in enumerate(self._sheets):
            for entry in _candidates(sheet.matcher, wrapper):
                test = real(entry[0])
                if not _used(test.__code__) <= _AGREED:
                    left.append((number, (test, *entry[1:])))
                elif test(wrapper):
                    settled.append((number, entry[1:]))
        return _Agreed(Matched(self._ordered(settled)), tuple(left))

    def _ordered(self, found: list[tuple[int, Any]]) -> Iterator[tuple[int, Any, Any, Any, Any]]:
        found.sort(key=lambda pair: (pair[0], pair[1][0], pair[1][1]))
        return ((number, *self._sheets[number], match) for number, match in found)


#: Attributes that cssselect2 asks for by itself.
_ALWAYS = frozenset({"class", "id", "lang"})


def _by_key(matcher: Any) -> Iterator[Any]:
    for selectors in (
        matcher.id_selectors,
        matcher.class_selectors,
        matcher.lower_local_name_selectors,
        matcher.namespace_selectors,
    ):
        yield from selectors.values()
    yield matcher.lang_attr_selectors
    yield matcher.other_selectors


def _attributes(matcher: Any) -> frozenset[str]:
    """Whatever may be the name of an attribute that a selector asks for; kept with the sheet."""
    found: frozenset[str] | None = matcher.__dict__.get("attributes")
    if found is None:
        tests = (entry[0] for entries in _by_key(matcher) for entry in entries)
        found = matcher.attributes = frozenset().union(*map(_strings, tests))
    return found


def _strings(test: Any) -> frozenset[str]:
    found = strings(test)
    return frozenset(_words(real(test).__code__)) if found is None else found


def _words(code: CodeType) -> Iterator[str]:
    for constant in code.co_consts:
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, CodeType):
            yield from _words(constant)


def _used(code: CodeType) -> frozenset[str]:
    """The names that a compiled selector uses: what it asks an element for, and functions."""
    inner = (_used(constant) for constant in code.co_consts if isinstance(constant, CodeType))
    return frozenset(code.co_names).union(*inner)


def _candidates(matcher: Any, element: Any) -> Iterator[Any]:
    """The selectors that may match, as `cssselect2.Matcher.match` finds them."""
    if element.id is not None:
        yield from matcher.id_selectors.get(element.id, ())
    for name in element.classes:
        yield from matcher.class_selectors.get(name, ())
    yield from matcher.lower_local_name_selectors.get(ascii_lower(element.local_name), ())
    yield from matcher.namespace_selectors.get(element.namespace_url, ())
    if "lang" in element.etree_element.attrib:
        yield from matcher.lang_attr_selectors
    yield from matcher.other_selectors
