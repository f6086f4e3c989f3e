"""The page of `letters templates preview`: left the wording, right the letter. Request in, response out."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path, PurePath
from urllib.parse import urlencode

import jinja2
import pypdfium2  # type: ignore[import-untyped]  # it brings no type information
from markupsafe import Markup
from msgspec import Struct

from letters.desk.previewing import Preview, Shown, ShownBranch, ShownText
from letters.document.model import Wording
from letters.problems import N_, LettersError, Problem, Severity
from letters.web.letter import LetterHtml

_PAGES = Path(__file__).parent / "pages"
_FILES = {"side.css": "text/css", "side.js": "text/javascript"}
#: Pixels of a page's picture for each of its points: sharp on a screen, some 100 kB a page.
_SCALE = 1.75

_LABELS = {Severity.FATAL: N_("fatal"), Severity.ERROR: N_("error"), Severity.WARNING: N_("warning")}

Query = Mapping[str, Sequence[str]]


class Response(Struct, frozen=True):
    """What the browser gets: a status, a media type and the bytes."""

    status: HTTPStatus
    media: str
    body: bytes

    @classmethod
    def html(cls, text: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
        return cls(status, "text/html; charset=utf-8", text.encode())


class Speech(Struct, frozen=True):
    """The words of the page in the reader's language.

    Attributes:
        say: translates a message.
        count: translates a message for a count.
        message: a problem's message, or its help, filled in.
        language: BCP 47, of the page.
    """

    say: Callable[[str], str]
    count: Callable[[str, str, int], str]
    message: Callable[[str, Problem], str]
    language: str


class Asked(Struct, frozen=True):
    """What a request asks for.

    Attributes:
        sample: a sample's place among the samples.
        view: `sider` for pictures of the pages, `tekst` for the words.
        forced: key of a branch -> the way it is made to go.
    """

    sample: int = 0
    view: str = "tekst"
    forced: Mapping[str, bool] | None = None

    def query(self, **changes: object) -> str:
        """The query of this page with changes: `sample`, `view`, `forced`."""
        forced = changes.get("forced", self.forced) or {}
        pairs: list[tuple[str, object]] = [
            ("sag", changes.get("sample", self.sample)),
            ("vis", changes.get("view", self.view)),
        ]
        if isinstance(forced, Mapping):
            pairs += [("gren", f"{key}={'ja' if way else 'nej'}") for key, way in forced.items()]
        return "?" + urlencode(pairs)


class PreviewApp:
    """Answers requests for one library; call it for one request at a time."""

    def __init__(self, preview: Preview, speech: Speech) -> None:
        self.preview, self.speech = preview, speech
        loader = jinja2.FileSystemLoader(_PAGES)
        self._page = jinja2.Environment(
            loader=loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._page.globals |= {"_": speech.say, "language": speech.language}

    def stamp(self) -> str:
        """Changes when a file of the library or a sample has changed."""
        return hashlib.sha256(repr(self.preview.stamp()).encode()).hexdigest()[:16]

    def respond(self, path: str, query: Query) -> Response:
        """Answer a request for a path below the page's own."""
        if path in _FILES:
            return Response(HTTPStatus.OK, f"{_FILES[path]}; charset=utf-8", (_PAGES / path).read_bytes())
        asked = self._asked(query)
        if path == "":
            return Response.html(self._render(asked))
        if path == "brev.pdf":
            return self._pdf(asked)
        if path.startswith("side-") and path.endswith(".png"):
            return self._picture(asked, path.removeprefix("side-").removesuffix(".png"))
        return Response.html("", HTTPStatus.NOT_FOUND)

    def _asked(self, query: Query) -> Asked:
        number = "".join(query.get("sag", ["0"])[-1:])
        sample = int(number) if number.isascii() and number.isdecimal() else 0
        view = "sider" if query.get("vis", ["tekst"])[-1] == "sider" else "tekst"
        pairs = [entry.rpartition("=") for entry in query.get("gren", [])]
        forced = {key: way == "ja" for key, _, way in pairs if key and way in ("ja", "nej")}
        return Asked(min(sample, len(self.preview.samples) - 1), view, forced)

    # The page

    def _render(self, asked: Asked) -> str:
        shown = self._shown(asked)
        ids = {text.path: f"fil-{number}" for number, text in enumerate(shown.texts, 1)}
        html = LetterHtml(lambda wording: self._source(wording, ids))
        words = html.write(shown.letter) if shown.letter else Markup("")
        pages, drawing = self._pages(shown, asked)
        problems = [*shown.problems, *drawing]
        return self._page.get_template("side.html").render(
            asked=asked,
            samples=[sample_name(sample) for sample in self.preview.samples],
            shown=shown,
            stamp=self.stamp(),
            files=[self._file(text, shown, asked, problems, ids) for text in shown.texts],
            problems=[self._told(problem, ids) for problem in problems],
            words=words,
            values=list(_values(shown, html.fields)),
            pages=pages,
            counted=self.speech.count("{count} problem", "{count} problems", len(problems)).format(
                count=len(problems)
            ),
        )

    def _shown(self, asked: Asked) -> Shown:
        return self.preview.show(self.preview.samples[asked.sample], asked.forced or {})

    def _source(self, wording: Wording, ids: Mapping[str, str]) -> Markup:
        if wording.file not in ids:
            return Markup("")
        return Markup(' <a class="source" href="#{}-{}">{}:{}</a>').format(
            ids[wording.file], wording.line, PurePath(wording.file).name, wording.line
        )

    def _file(
        self,
        text: ShownText,
        shown: Shown,
        asked: Asked,
        problems: Sequence[Problem],
        ids: Mapping[str, str],
    ) -> dict[str, object]:
        found = [problem for problem in problems if problem.place.file == text.path]
        branches = [branch for branch in shown.branches if branch.place.file == text.path]
        return {
            "id": ids[text.path],
            "name": self._name(text.path),
            "notes": [self._told(p, ids) for p in found if p.place.line is None],
            "lines": [
                {
                    "number": number,
                    "text": line,
                    "problems": [self._told(p, ids) for p in found if p.place.line == number],
                    "branches": [self._branch(b, asked) for b in branches if b.place.line == number],
                }
                for number, line in enumerate(text.lines, 1)
            ],
        }

    def _branch(self, shown: ShownBranch, asked: Asked) -> dict[str, object]:
        """A condition and its ways: taken here, forced, gone by another sample, or by none."""
        forced = dict(asked.forced or {})
        key = shown.branch.key
        ways = []
        for way in (True, False):
            if not way and not shown.branch.otherwise:
                continue  # there is nothing to see
            others = {k: v for k, v in forced.items() if k != key}
            samples = [self.preview.samples.index(sample) for sample in shown.samples[way]]
            ways.append(
                {
                    "way": way,
                    "taken": way in shown.taken,
                    "forced": forced.get(key) is way,
                    "force": asked.query(forced={**others, key: way}),
                    "free": asked.query(forced=others),
                    "sample": sample_name(self.preview.samples[samples[0]]) if samples else "",
                    "go": asked.query(sample=samples[0], forced={}) if samples else "",
                }
            )
        return {"kind": shown.branch.kind.value, "ways": ways}

    def _told(self, problem: Problem, ids: Mapping[str, str]) -> dict[str, object]:
        place = problem.place
        anchor = f"#{ids[place.file]}-{place.line}" if place.file in ids and place.line else ""
        where = (
            ":".join([place.file, *(str(n) for n in (place.line,) if n is not None)]) if place.file else ""
        )
        return {
            "severity": problem.severity.value,
            "label": self.speech.say(
                {Severity.FATAL: "fatal", Severity.ERROR: "error", Severity.WARNING: "warning"}[
                    problem.severity
                ]
            ),
            "code": problem.code,
            "message": self.speech.message(problem.message, problem),
            "help": self.speech.message(problem.help, problem) if problem.help else "",
            "where": ", ".join(part for part in (where, place.field) if part),
            "anchor": anchor,
        }

    def _name(self, path: str) -> str:
        """A file of the library as its owners call it, any other as it is."""
        return path.removeprefix(f"{self.preview.templates}/")

    # Pages

    def _pages(self, shown: Shown, asked: Asked) -> tuple[list[str], Sequence[Problem]]:
        """The addresses of the pages' pictures, and what is wrong when there are none."""
        if asked.view != "sider" or shown.letter is None:
            return [], ()
        try:
            count = page_count(self.preview.pdf(shown))
        except LettersError as error:
            return [], error.problems
        query = asked.query() + "&" + urlencode({"udgave": self.stamp()})
        return [f"side-{number}.png{query}" for number in range(1, count + 1)], ()

    def _pdf(self, asked: Asked) -> Response:
        try:
            return Response(HTTPStatus.OK, "application/pdf", self.preview.pdf(self._shown(asked)))
        except LettersError:
            return Response.html("", HTTPStatus.NOT_FOUND)

    def _picture(self, asked: Asked, number: str) -> Response:
        try:
            pdf = self.preview.pdf(self._shown(asked))
        except LettersError:
            return Response.html("", HTTPStatus.NOT_FOUND)
        if not number.isascii() or not number.isdecimal() or not 1 <= int(number) <= page_count(pdf):
            return Response.html("", HTTPStatus.NOT_FOUND)
        return Response(HTTPStatus.OK, "image/png", picture(pdf, int(number)))


def _values(shown: Shown, fields: Mapping[str, int]) -> Iterator[dict[str, object]]:
    """Where each merged value came from: its field, and its line of the case file."""
    for name, number in fields.items():
        line = shown.places.place(name).line if shown.places else None
        yield {"number": number, "field": name, "line": line}


def sample_name(sample: Path) -> str:
    """A sample as the page names it: its folder and its name."""
    return f"{sample.parent.name}/{sample.stem}"


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def picture(pdf: bytes, number: int) -> bytes:
    """A page of a PDF, counted from 1, as PNG."""
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[number - 1].render(scale=_SCALE).to_pil()
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
