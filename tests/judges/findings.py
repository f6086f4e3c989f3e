"""What a judge says about a file, and what every judge looks for in text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LEFTOVERS = (
    (r"\{\{|\}\}|\{%|%\}|\{#", "template marker"),
    (r"&(amp|lt|gt|quot|#\d+);", "escaped entity"),
    (r"\ufffd", "replacement character U+FFFD"),
    (r"[\ue000-\uf8ff]", "private-use character"),
    (r"\b(None|NaN|nan|undefined|null|Traceback|Undefined)\b", "programming word"),
    (r"[\x00-\x08\x0b\x0e-\x1f]", "control character"),
)


@dataclass(frozen=True)
class Finding:
    """One remark of a judge.

    Attributes:
        level: `error`: the file is wrong. `warning`: to be looked at. `note`: what was seen.
    """

    level: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.level}[{self.code}] {self.message}"


class MissingJudgeError(RuntimeError):
    """A judge is not installed. That is a failure: a file that nobody judged has not passed."""


def error(code: str, message: str) -> Finding:
    return Finding("error", code, message)


def warning(code: str, message: str) -> Finding:
    return Finding("warning", code, message)


def note(code: str, message: str) -> Finding:
    return Finding("note", code, message)


def errors(findings: Iterable[Finding]) -> list[str]:
    """The errors as lines, so that a failing assertion shows them."""
    return [str(finding) for finding in findings if finding.level == "error"]


def leftovers(where: str, text: str) -> Iterator[Finding]:
    """Remains of templates and programs in text that a reader sees."""
    for pattern, what in LEFTOVERS:
        if match := re.search(pattern, text):
            around = text[max(0, match.start() - 25) : match.end() + 25]
            yield error("leftover", f"{where}: {what}: {around!r}")


def canon(text: str) -> str:
    """Text as forbidden texts are searched: no case, hyphens, zero-width characters or width of spaces."""
    text = re.sub(r"[\u200b-\u200d\u2060\ufeff]", "", text.casefold())
    return re.sub(r"\s+", " ", re.sub(r"[\u00ad\u2010\u2011-]\s*", "", text)).strip()


def hint(secret: str) -> str:
    """Enough to recognise a forbidden text by, without repeating it."""
    return f"{secret[:2]}… ({len(secret)} characters)"
