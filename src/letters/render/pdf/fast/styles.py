"""Computed styles kept between letters.

An element's style follows from its parent's style, the rules that match it and its own `style`, `lang` and
`id`. Elements of which all that is the same get one master style for as long as the process lives. A letter
never holds a master: it gets a `KeptStyle` that takes each value from its master when asked, so that what
WeasyPrint changes on a style while it lays out a letter stays in that letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from math import inf
from typing import Any

from weasyprint import css
from weasyprint.css import AnonymousStyle, ComputedStyle, StyleFor
from weasyprint.css.properties import INHERITED, INITIAL_VALUES

from letters.render.pdf.fast.computing import MasterStyle
from letters.render.pdf.fast.matching import Matched, Matching
from letters.render.pdf.fast.memory import Memory, Unkept

#: Attributes that declare something about their element (weasyprint.css.find_style_attributes).
_DECLARING = frozenset({"style", "lang", "id", "name"})
_SHARED = (
    "specified",
    "parent_style",
    "cascaded",
    "is_root_element",
    "pseudo_type",
    "root_style",
    "base_url",
    "font_config",
    "initial_page_sizes",
    "cache",
)


def inherited(key: str) -> bool:
    """Whether children take the property's value from their parent."""
    return key in INHERITED or key == "page" or key.startswith(("__", "text_decoration_"))


class Derived:
    """What follows from a style's values alone: see `lines`, `lengths` and `walks`.

    Attributes:
        lengths: size of the containing block -> used lengths.
        traits: None until somebody asks.
    """

    __slots__ = ("lengths", "strut", "text_key", "traits")

    def __init__(self) -> None:
        self.text_key: str | None = None
        self.strut: tuple[float, float] | None = None
        self.lengths: dict[Any, dict[str, Any]] = {}
        self.traits: Any = None


#: Property and value, in the order in which a letter changed them.
Changes = tuple[tuple[str, Any], ...]

#: Ways to change a master that are kept. WeasyPrint has two: counters in margins, white space in markers.
_WAYS = 20


def _derived(master: Any, changes: Changes, *, remember: bool) -> Derived:
    """What follows from a master style and from what a letter changed in it, kept with the master."""
    ways: dict[Changes, Derived] | None = master.__dict__.get("derived")
    if ways is None:
        ways = master.derived = {}
    try:
        found = ways.get(changes)
    except TypeError:  # a value that cannot be a key
        return Derived()
    if found is None:
        found = Derived()
        if len(ways) < _WAYS and remember:
            ways[changes] = found
    return found


class _Kept:
    """What both kinds of kept style have.

    Attributes:
        master: the style that values come from.
        memory: what is remembered on behalf of the style's letters.
        changes: what differs from the master's values.
        derived: what follows from the values; shared by all styles of one master with the same changes.
        cut: whether the style it inherits from was changed after it was made. Values that were asked for
            before that are the old ones, so that nobody else has the same.
    """

    master: Any
    memory: Memory
    changes: Changes
    derived: Derived
    cut: bool

    def _change(self, key: str, value: Any) -> None:
        self.changes = (*self.changes, (key, value))
        if self.cut:
            self.derived = Derived()
        else:
            self.derived = _derived(self.master, self.changes, remember=self.memory.remember)
        if inherited(key):
            self._cut_heir()

    def _cut_heir(self) -> None:
        heir: KeptAnonymousStyle | None = self.__dict__.get("anonymous_style")
        if heir is not None:
            heir.cut, heir.derived = True, Derived()
            heir._cut_heir()

    @property
    def handed_on(self) -> Changes:
        """The changes that an anonymous box inside inherits."""
        return tuple(change for change in self.changes if inherited(change[0])) if self.changes else ()

    @cached_property
    def anonymous_style(self) -> KeptAnonymousStyle:
        return KeptAnonymousStyle(self)


class KeptStyle(_Kept, ComputedStyle):  # type: ignore[misc] # WeasyPrint has no types
    """An element's style in one letter."""

    def __init__(self, master: Any, memory: Memory) -> None:
        self.__dict__.update({name: master.__dict__[name] for name in _SHARED})
        self.master = master
        self.memory = memory
        self.changes = ()
        self.cut = False
        self.derived = _derived(master, (), remember=memory.remember)

    def __missing__(self, key: str) -> Any:
        value = self.master[key]
        dict.__setitem__(self, key, value)
        return value

    def __setitem__(self, key: str, value: Any) -> None:
        if self.get(key, self) == value:
            return
        if self.pseudo_type is None and inherited(key):
            raise Unkept(key)  # children that are kept would not see it
        self._change(key, value)
        dict.__setitem__(self, key, value)


class KeptAnonymousStyle(_Kept, AnonymousStyle):  # type: ignore[misc] # WeasyPrint has no types
    """The style of a box without an element in one letter.

    Attributes:
        faithful: whether what it inherits is what its master inherits.
    """

    def __init__(self, parent_style: Any) -> None:
        AnonymousStyle.__init__(self, parent_style)
        self.master = parent_style.master.anonymous_style
        self.memory = parent_style.memory
        self.changes = parent_style.handed_on
        self.cut = parent_style.cut
        self.faithful = not self.changes and not self.cut
        if self.cut:
            self.derived = Derived()
        else:
            self.derived = _derived(self.master, self.changes, remember=self.memory.remember)

    def __missing__(self, key: str) -> Any:
        if self.faithful and not self.cut:
            value = self.master[key]
        elif key.startswith("text_decoration_"):
            value = css.text_decoration(key, INITIAL_VALUES[key], self.parent_style[key], cascaded=False)
        else:
            value = (self.parent_style if inherited(key) else self.master)[key]
        dict.__setitem__(self, key, value)
        return value

    def __setitem__(self, key: str, value: Any) -> None:
        if self.get(key, self) != value:
            self._change(key, value)
            dict.__setitem__(self, key, value)


#: How many styles of one master are kept for the next letter.
_SPARE = 40


def take_back(memory: Memory) -> None:
    """A letter is done: its styles that are as they were made serve the next one.

    They hold values of their masters and nothing of the letter.
    """
    for style in memory.lent:
        if not style.changes and not style.cut:
            _trim(style)
            spare = style.master.__dict__.setdefault("spare", [])
            if len(spare) < _SPARE:
                spare.append(style)
    memory.lent.clear()


def _trim(style: Any) -> None:
    """Drop the styles of anonymous boxes that a letter has changed."""
    heir = style.__dict__.get("anonymous_style")
    if heir is not None:
        if heir.changes or heir.cut:
            del style.__dict__["anonymous_style"]
        else:
            _trim(heir)


def memory_of(style: Any) -> Memory | None:
    """What is remembered on behalf of a style; None for a style that is WeasyPrint's own."""
    found: Memory | None = style.__dict__.get("memory")
    return found


#: Of an element: its master style, those of its pseudo-elements, and those of them that are pointed to.
_Masters = tuple[Any, tuple[tuple[str, Any], ...], tuple[tuple[str, Any], ...]]


class KeptStyleFor(StyleFor):  # type: ignore[misc] # WeasyPrint has no types
    """WeasyPrint's styles of a document, taken from the memory of its `FontConfiguration` when it has one."""

    def __init__(
        self,
        html: Any,
        sheets: Any,
        presentational_hints: Any,
        font_config: Any,
        target_collector: Any,
    ) -> None:
        self._memory: Memory | None = getattr(font_config, "memory", None)
        if self._memory is None or presentational_hints:
            self._memory = None
            super().__init__(html, sheets, presentational_hints, font_config, target_collector)
            return
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self.initial_page_sizes = {"box": None, "area": None}
        self._sheets = sheets
        self.font_config = font_config
        self._base_url = html.base_url
        self._sheet_ids = tuple(id(sheet) for sheet, *_ in sheets)
        self._root_master: Any = None
        self._target_collector = target_collector
        self._pseudos: dict[Any, tuple[tuple[str, Any], ...]] = {}
        self._apply(html, target_collector)

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:
        """The style of an element or pseudo-element, None without one. Few pseudo-elements are asked for."""
        if pseudo_type and self._memory is not None and (element, pseudo_type) not in self._computed_styles:
            for pseudo, master in self._pseudos.get(element, ()):
                if pseudo == pseudo_type:
                    self._computed_styles[element, pseudo] = self._kept(master, self._target_collector)
        return super().__call__(element, pseudo_type)

    def _apply(self, html: Any, target_collector: Any) -> None:
        """Give every element its style, in tree order, then every pseudo-element that is pointed to."""
        computed = self._computed_styles
        shared: dict[Any, KeptStyle] = {}
        pointed_to: list[tuple[Any, str, Any]] = []
        assert self._memory is not None  # noqa: S101 - for the type checker
        matching = Matching(self._sheets, self._memory.matched, remember=self._memory.remember)
        for wrapper in html.wrapper_element.iter_subtree():
            element = wrapper.etree_element
            parent = computed[wrapper.parent.etree_element, None] if wrapper.parent else None
            matched = matching.match(wrapper)
            declared = _declared(element)
            master, of_pseudo, anchors = self._masters(element, parent, matched, declared)
            # As WeasyPrint shares styles: never between elements with declarations of their own.
            key = (id(parent), element if declared else None, matched.shared)
            style = shared.get(key)
            if style is None:
                style = shared[key] = self._kept(master, target_collector)
            computed[element, None] = style
            if of_pseudo:
                self._pseudos[element] = of_pseudo
            if anchors:
                pointed_to += ((element, pseudo, found) for pseudo, found in anchors)
        for element, pseudo, found in pointed_to:
            computed[element, pseudo] = self._kept(found, target_collector)

    def _kept(self, master: Any, target_collector: Any) -> KeptStyle:
        assert self._memory is not None  # noqa: S101 - for the type checker
        spare: list[KeptStyle] | None = master.__dict__.get("spare")
        style = spare.pop() if spare else KeptStyle(master, self._memory)
        self._memory.lent.append(style)
        if target_collector and style["anchor"]:
            target_collector.collect_anchor(style["anchor"])
        return style

    def _masters(
        self,
        element: Any,
        parent: KeptStyle | None,
        matched: Matched,
        declared: Any,
    ) -> _Masters:
        """The master style of an element, and those of its pseudo-elements in the order of their rules."""
        assert self._memory is not None  # noqa: S101 - for the type checker
        key = (self._sheet_ids if parent is None else id(parent.master), declared, matched.kept)
        found: _Masters | None = self._memory.styles.get(key)
        if found is None:
            found = self._make(element, parent, matched.rules)
            if self._memory.remember:
                self._memory.styles.put(key, found)
        if parent is None:
            self._root_master = found[0]
        return found

    def _make(
        self,
        element: Any,
        parent: KeptStyle | None,
        matches: Iterable[Any],
    ) -> _Masters:
        cascaded: dict[str | None, dict[str, Any]] = {None: {}}
        for specificity, declarations in _own_declarations(element, self._base_url):
            _cascade(cascaded[None], declarations, "author", inf, specificity)
        for _, sheet, origin, own, (specificity, _, pseudo, (declarations, layer)) in matches:
            style = cascaded.setdefault(pseudo, {})
            order = inf if layer is None else sheet.layers.index(layer)
            _cascade(style, declarations, origin, order, own or specificity)
        master = self._computed(None if parent is None else parent.master, cascaded[None], None)
        if parent is None:
            self._root_master = master
        of_pseudo = tuple(
            (pseudo, self._computed(master, style, pseudo)) for pseudo, style in cascaded.items() if pseudo
        )
        return master, of_pseudo, tuple(pair for pair in of_pseudo if pair[1]["anchor"])

    def _computed(self, parent: Any, cascaded: Any, pseudo: str | None) -> Any:
        assert self._memory is not None  # noqa: S101 - for the type checker
        if "page" in cascaded:
            self._memory.named_pages = True
        return MasterStyle(
            parent,
            cascaded,
            pseudo,
            css.InitialStyle(self.font_config) if parent is None else self._root_master,
            self._base_url,
            self.font_config,
            self.initial_page_sizes,
        )

    def set_computed_styles(
        self,
        element: Any,
        parent: Any,
        root: Any = None,
        pseudo_type: str | None = None,
        base_url: str | None = None,
        target_collector: Any = None,
    ) -> None:
        """WeasyPrint calls this for pages and their margin boxes."""
        if self._memory is None:
            super().set_computed_styles(element, parent, root, pseudo_type, base_url, target_collector)
            return
        above = self._computed_styles[parent, None].master
        key = (self._sheet_ids, id(above), element, pseudo_type)
        found = self._memory.pages.get(key)
        if found is None:
            cascaded = self._cascaded_styles.get((element, pseudo_type), {})
            found = self._computed(above, dict(cascaded), pseudo_type)
            if self._memory.remember:
                self._memory.pages.put(key, found)
        self._computed_styles[element, pseudo_type] = self._kept(found, target_collector)


def _declared(element: Any) -> tuple[Any, ...]:
    """An element's name and the attributes that declare something about it; nothing without these."""
    if not element.attrib:
        return ()
    if element.tag.endswith("}svg"):
        raise Unkept(element.tag)  # its width and height are declarations, too
    found = [(name, value) for name, value in element.attrib.items() if value and name in _DECLARING]
    return (element.tag, *found) if found else ()


def _own_declarations(element: Any, base_url: str) -> Iterator[tuple[Any, Any]]:
    alone = _Alone(element)
    for specificity, _, declarations, url in css.find_style_attributes(alone, False, base_url):
        yield specificity, css.preprocess_declarations(url, declarations)


class _Alone:
    """An element without its children, as `find_style_attributes` walks it."""

    def __init__(self, element: Any) -> None:
        self._element = element

    def iter(self) -> Iterator[Any]:
        yield self._element


def _cascade(style: dict[str, Any], declarations: Any, origin: str, layer: float, specificity: Any) -> None:
    """Take in declarations where they weigh as much as what is there (CSS Cascading and Inheritance, 6.4)."""
    for name, values, importance in declarations:
        weight = (css.declaration_precedence(origin, importance), layer, specificity)
        before = style.get(name)
        if before is None or before[1] <= weight:
            style[name] = values, weight
