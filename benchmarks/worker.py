"""One contender in a process of its own, kept alive: reads a request a line, answers with seconds a stage.

    python -m benchmarks.worker CONTENDER SET-UP.json

A request is {"kind", "share", "number"}. What it takes to invent the letter is not counted; the clock runs
only inside `Stopwatch.stage`. CPU seconds include helpers that the contender started (a server, a browser).
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.content import content
from benchmarks.kinds import ROOT, case_bytes, renewed
from letters.desk import Desk
from letters.document.model import Letter, Status
from letters.render.pdf import DEFAULT_FONT_DIRS

Answer = dict[str, Any]
_TICK = os.sysconf("SC_CLK_TCK")


class Stopwatch:
    """Wall and CPU seconds by stage.

    Args:
        helpers: whether processes below this one do part of the work.
    """

    def __init__(self, *, helpers: bool = False) -> None:
        self.stages: dict[str, tuple[float, float]] = {}
        self._helpers = helpers

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), self._cpu()
        yield
        self.stages[name] = (time.perf_counter() - wall, self._cpu() - cpu)

    def _cpu(self) -> float:
        children = os.times()
        own = time.process_time() + children.children_user + children.children_system
        return own + (sum(map(_seconds, _below(os.getpid()))) if self._helpers else 0.0)


def _below(process: int) -> Iterator[int]:
    """The living processes that a process started, and theirs."""
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = thread.read_text().split()
        except OSError:
            continue
        for child in map(int, children):
            yield child
            yield from _below(child)


def _seconds(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICK


# The contenders: each makes one letter. A missing tool raises `Missing` when it is made.


class Missing(Exception):
    """The contender is not installed."""


class Ours:
    """This project, through the desk as `letters issue` goes."""

    helpers = False

    def __init__(self, _: dict[str, Any]) -> None:
        gc.set_threshold(100_000, 20, 50)  # as the command and its workers do
        self.desk = Desk(ROOT / "templates/da", DEFAULT_FONT_DIRS)

    def make(self, request: dict[str, Any], watch: Stopwatch) -> bytes:
        from msgspec.structs import replace

        from letters.desk import Prepared
        from letters.render.text import render_text

        desk, path = self.desk, Path("case.yaml")
        data = case_bytes(request["kind"], request["number"])
        with watch.stage("read and compose"):
            read = desk._read(path, data)
            composed = desk._composed(read, Status.FINAL)
        letter = renewed(composed.letter, request["share"], request["number"])
        composed = replace(composed, letter=letter)
        renderer = desk._pdf_renderer(letter)
        desk._docx_renderer(letter)
        renderer.start()
        with watch.stage("check"):
            problems = desk._checked(read, composed, Status.FINAL)
        with watch.stage("DOCX"):
            word = desk.draw_docx(letter)
        with watch.stage("PDF"):
            pdf = renderer.draw(letter)
        with watch.stage("measure"):
            renderer.misplaced(pdf, letter)
        prepared = Prepared(path, data, read, composed, problems)
        outputs = {"letter.docx": word, "letter.pdf": pdf}
        with watch.stage("text and manifest"):
            outputs["letter.txt"] = render_text(letter).encode()
            record = desk._manifest(prepared, renderer, outputs, None)
        with watch.stage("guard"):
            desk._guarded(prepared, {**outputs, "manifest.json": record}, Status.FINAL, None)
        return pdf


class _Peer:
    """One that gets the letter as data."""

    helpers = True

    def __init__(self, setup: dict[str, Any]) -> None:
        from benchmarks.peers import plain

        self.setup, self.plain = setup, plain
        self.folder = Path(setup["folder"])
        self.desk = Desk(ROOT / "templates/da", DEFAULT_FONT_DIRS)
        self.start()

    def start(self) -> None: ...

    def make(self, request: dict[str, Any], watch: Stopwatch) -> bytes:
        read = self.desk._read(Path("case.yaml"), case_bytes(request["kind"], request["number"]))
        letter: Letter = self.desk._composed(read, Status.FINAL).letter
        return self.draw(content(renewed(letter, request["share"], request["number"])), watch)

    def draw(self, data: dict[str, Any], watch: Stopwatch) -> bytes:
        raise NotImplementedError


class Plain(_Peer):
    """docxtpl and WeasyPrint, as a script that opens everything for each letter."""

    helpers = False

    def draw(self, data: dict[str, Any], watch: Stopwatch) -> bytes:
        with watch.stage("DOCX"):
            self.plain.docx(self.setup, data)
        with watch.stage("PDF"):
            found: bytes = self.plain.pdf(self.setup, data)
        return found


_PDF_A = {"SelectPdfVersion": ("long", "2"), "UseTaggedPDF": ("boolean", "true")}


class LibreOfficeKept(_Peer):
    """docxtpl, then LibreOffice that unoserver keeps running; PDF/A-2b, tagged."""

    def start(self) -> None:
        import importlib.util

        spec = importlib.util.find_spec("unoserver")
        if spec is None or not shutil.which("soffice"):
            raise Missing("unoserver or LibreOffice")
        (package,) = spec.submodule_search_locations or ("",)
        alone = self.folder / "unoserver-only"
        alone.mkdir(exist_ok=True)
        for found in Path(package).parent.glob("unoserver*"):  # with its metadata, which it reads
            (alone / found.name).symlink_to(found)
        system = "/usr/bin/python3"  # LibreOffice's module `uno` is for the system's Python
        environment = {**os.environ, "PYTHONPATH": str(alone)}
        known = [system, "-c", "import uno, unoserver.server"]
        if subprocess.run(known, env=environment, capture_output=True, check=False).returncode:
            raise Missing("python3-uno")
        ports = ["--port", "23003", "--uno-port", "23002"]
        profile = f"file://{self.folder}/kept-profile"
        command = [system, "-m", "unoserver.server", *ports, "--user-installation", profile[7:]]
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        from unoserver.client import UnoClient

        self.client = UnoClient(port="23003")
        self._wait()

    def _wait(self) -> None:
        import socket

        for _ in range(120):
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", 23003)) == 0:
                    return
            time.sleep(0.25)
        raise Missing("unoserver did not start")

    def draw(self, data: dict[str, Any], watch: Stopwatch) -> bytes:
        options = [f"{name}={value}" for name, (_, value) in _PDF_A.items()]
        with watch.stage("both"):
            word = self.plain.docx(self.setup, data)
            pdf = self.client.convert(indata=word, convert_to="pdf", filter_options=options)
        return bytes(pdf)


class LibreOfficeEach(_Peer):
    """docxtpl, then a process of LibreOffice a letter; PDF/A-2b, tagged."""

    def start(self) -> None:
        if not shutil.which("soffice"):
            raise Missing("LibreOffice")

    def draw(self, data: dict[str, Any], watch: Stopwatch) -> bytes:
        options = json.dumps({name: {"type": kind, "value": value} for name, (kind, value) in _PDF_A.items()})
        place = self.folder / "each"
        place.mkdir(exist_ok=True)
        command = [
            "soffice",
            f"-env:UserInstallation=file://{self.folder}/each-profile",
            "--headless",
            "--convert-to",
            f"pdf:writer_pdf_Export:{options}",
            "--outdir",
            str(place),
            str(place / "letter.docx"),
        ]
        with watch.stage("both"):
            (place / "letter.docx").write_bytes(self.plain.docx(self.setup, data))
            subprocess.run(command, check=True, capture_output=True)
        return (place / "letter.pdf").read_bytes()


class Chromium(_Peer):
    """Chromium kept running; tagged PDF. It knows no strings in margins, so the running heads are missing."""

    def start(self) -> None:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        try:
            from playwright.sync_api import sync_playwright
        except ImportError:
            raise Missing("playwright") from None
        if program is None:
            raise Missing("Chromium")
        browser = sync_playwright().start().chromium.launch(executable_path=program, args=["--no-sandbox"])
        self.page = browser.new_page()

    def draw(self, data: dict[str, Any], watch: Stopwatch) -> bytes:
        place = self.folder / "page.html"
        with watch.stage("PDF"):
            html = self.plain.html(self.setup, data).replace(
                "<head>", f'<head><base href="file://{self.folder}/"/>'
            )
            place.write_text(html, "utf-8")
            self.page.goto(f"file://{place}")
            pdf: bytes = self.page.pdf(prefer_css_page_size=True, tagged=True)
        return pdf


class Typst(_Peer):
    """Typst in the process, its fonts and files kept; PDF/A-2a."""

    helpers = False

    def start(self) -> None:
        try:
            import typst
        except ImportError:
            raise Missing("typst") from None
        self.typst = typst
        self.compiler = typst.Compiler(self.setup["typst"], font_paths=self.setup["fonts"])

    def draw(self, data: dict[str, Any], watch: Stopwatch) -> bytes:
        inputs = {"data": json.dumps(data)}
        with watch.stage("PDF"):
            pdf: bytes = self.compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards="a-2a")
        return pdf


CONTENDERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "ours": Ours,
    "plain": Plain,
    "libreoffice kept": LibreOfficeKept,
    "libreoffice each": LibreOfficeEach,
    "chromium kept": Chromium,
    "typst": Typst,
}


def answer(contender: Any, request: dict[str, Any]) -> Answer:  # noqa: ANN401 - any of CONTENDERS
    """Make one letter; what came of it as JSON can hold it."""
    import pypdfium2

    gc.collect()  # once a letter: nobody pays for what it took to invent the letter before
    watch = Stopwatch(helpers=contender.helpers)
    pdf = contender.make(request, watch)
    with pypdfium2.PdfDocument(pdf) as document:
        pages = len(document)
    return {"stages": watch.stages, "pages": pages, "bytes": len(pdf)}


def main() -> None:
    name, setup = sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8"))
    try:
        contender = CONTENDERS[name](setup)
    except Missing as missing:
        print(json.dumps({"missing": str(missing)}), flush=True)
        return
    print(json.dumps({"ready": True}), flush=True)
    try:
        for line in sys.stdin:
            print(json.dumps(answer(contender, json.loads(line))), flush=True)
    finally:
        if os.getpgid(0) == os.getpid():  # a server or browser of ours ends with us
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            os.killpg(0, signal.SIGTERM)


if __name__ == "__main__":
    main()
