"""WeasyPrint's own style sheets, read as far as somebody asks for them.

When it is imported, WeasyPrint reads three style sheets: what each element of HTML looks like, what forms
look like, and what attributes of old HTML mean. The second and the third are asked for by options that we do
not use. Half of the first are ways to count, from Armenian to Tibetan. And cssselect2 compiles a Python
function for each of some six hundred selectors, of which a letter's elements ask for a few dozen.
"""

from __future__ import annotations

import contextlib
import importlib.resources
import re
import sys
from collections.abc import Iterator
from typing import Any

#: A sheet's file -> its name in `weasyprint.html` and in `weasyprint`, and the name of its text.
_LATER = {
    "html5_ua_form.css": ("UA_FORM_STYLESHEET", "UA_FORM"),
    "html5_ph.css": ("PH_STYLESHEET", "PH"),
}
_COUNTING = "html5_ua.css"
_COUNTER = re.compile(r"@counter-style ([a-z-]+) ?\{[^}]*\}")
_STRING = re.compile(r"""'([^']*)'|"([^"]*)\"""")


class Test:
    """A compiled selector that is compiled when it is asked for the first time.

    Args:
        source: of the function of an element that `cssselect2.compiler.CompiledSelector` makes.
        names: that function's globals.
    """

    __slots__ = ("_made", "_names", "source")

    def __init__(self, source: str, names: dict[str, Any], _: object) -> None:
        self.source = source
        self._names = names
        self._made: Any = None

    @property
    def real(self) -> Any:
        """The function."""
        if self._made is None:
            self._made = eval(self.source, self._names, {})  # noqa: S307 - as cssselect2 does
        return self._made

    def __call__(self, element: Any) -> Any:
        return self.real(element)


def real(test: Any) -> Any:
    """The function that a selector is compiled to, which may be done only now."""
    return test.real if isinstance(test, Test) else test


def strings(test: Any) -> frozenset[str] | None:
    """The strings in a selector; None when that is known only once it is compiled."""
    if not isinstance(test, Test) or "\\" in test.source:
        return None
    return frozenset(one or other for one, other in _STRING.findall(test.source))


@contextlib.contextmanager
def sheets_later() -> Iterator[None]:
    """While WeasyPrint is imported, what we do not use of its style sheets is not read."""
    from cssselect2 import compiler  # type: ignore[import-untyped] # no types

    usual = importlib.resources.files
    texts: dict[str, str] = {}

    def files(package: Any) -> Any:
        found = usual(package)
        return _Folder(found, texts) if getattr(package, "__name__", "") == "weasyprint.css" else found

    importlib.resources.files = files
    compiler.eval = Test
    try:
        yield
    finally:
        importlib.resources.files = usual
        for name in ("weasyprint.html", "weasyprint.pdf"):
            if module := sys.modules.get(name):
                vars(module)["files"] = usual
    _put(texts)


class _Folder:
    """A package's files; some seem to hold less than they do."""

    def __init__(self, files: Any, texts: dict[str, str]) -> None:
        self._files = files
        self._texts = texts

    def __truediv__(self, name: str) -> Any:
        file = self._files / name
        return _Less(file, self._texts) if name in _LATER or name == _COUNTING else file


class _Less:
    """A style sheet's file without what is read later."""

    def __init__(self, file: Any, texts: dict[str, str]) -> None:
        self._file = file
        self._texts = texts

    def read_text(self, encoding: str) -> str:
        """What is read now."""
        text = self._texts[self._file.name] = self._file.read_text(encoding)
        return _COUNTER.sub("", text) if self._file.name == _COUNTING else ""


def _put(texts: dict[str, str]) -> None:
    """Put what is read later in its place."""
    import weasyprint
    from weasyprint import html

    class Sheet(weasyprint.CSS):  # type: ignore[misc] # WeasyPrint has no types
        """A style sheet that is read when something of it is asked for."""

        def __init__(self, text: str) -> None:
            self._text = text

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_") or "matcher" in vars(self):
                raise AttributeError(name)
            super().__init__(string=self._text)
            return getattr(self, name)

    for file, (sheet, text) in _LATER.items():
        later = Sheet(texts[file])
        for module in (html, weasyprint):
            setattr(module, sheet, later)
        setattr(html, text, texts[file])
    html.UA = texts[_COUNTING]
    for rule in _COUNTER.finditer(html.UA):
        html.UA_COUNTER_STYLE[rule[1]] = Counter(rule[1], rule[0])


class Counter(dict[str, Any]):
    """A way to count as WeasyPrint keeps it, read when it is asked for."""

    __slots__ = ("_name", "_rule")

    def __init__(self, name: str, rule: str) -> None:
        super().__init__()
        self._name = name
        self._rule = rule

    def _read(self) -> None:
        if not super().__len__():
            import weasyprint

            # WeasyPrint takes these two names from its own style sheet only, where they are not there yet.
            styles: dict[str, Any] = {}
            weasyprint.CSS(string=self._rule, counter_style=styles)
            self.update(styles[self._name])

    def __getitem__(self, name: str) -> Any:
        self._read()
        return super().__getitem__(name)

    def copy(self) -> dict[str, Any]:
        """All of it."""
        self._read()
        return dict(self)

    def items(self) -> Any:
        """All of it."""
        self._read()
        return super().items()
