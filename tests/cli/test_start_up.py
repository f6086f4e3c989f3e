"""`letters --help` answers at once, because what is heavy is imported by the command that needs it.

How long that takes, `make bench` measures.
"""

import importlib.util
import subprocess
import sys

import pytest
from cli_examples import REJECTION, REPLY

HEAVY = (
    "babel",
    "docx",
    "docxtpl",
    "jinja2",
    "letters.case.models",
    "letters.desk",
    "lxml",
    "markdown_it",
    "rich",
    "weasyprint",
    "yaml",
)
LOADED = """
import sys
from letters.cli import main
code = main({args!r})
print("loaded:", *(name for name in {heavy!r} if name in sys.modules))
sys.exit(code)
"""


def run_python(program):
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )


def test_help_imports_nothing_heavy():
    done = run_python(LOADED.format(args=["--help"], heavy=HEAVY))
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "loaded:"


def test_a_command_does_import_it():
    """The list above is one of names that exist, so that the test before can fail."""
    done = run_python(LOADED.format(args=["schema", "reply"], heavy=HEAVY))
    missed = {"babel", "docx", "docxtpl", "rich", "weasyprint"}  # loaded for other commands only
    assert done.returncode == 0
    assert set(done.stdout.splitlines()[-1].split()[1:]) >= set(HEAVY) - missed


#: What one letter does not need.
UNUSED = (
    "cffi",
    "distributed",
    "fontTools.subset",
    "fontTools.varLib",
    "holidays",
    "pikepdf.models.metadata",
    "tinyhtml5",
    "msoffcrypto",
    "olefile",
    "pycparser",
    "rich",
    "ssl",
    "stdnum",
    "xml.sax.saxutils",
    "PIL.DdsImagePlugin",
    "PIL.PdfImagePlugin",
    "PIL.TiffImagePlugin",
    "letters.batch",
    "letters.cli.compare",
    "letters.cli.law",
    "letters.cli.starting",
    "letters.cli.templates",
    "letters.desk.comparing",
    "letters.desk.finished",
    "letters.desk.verifying",
    "letters.secrecy.seal",
    "letters.upkeep",
    "letters.web",
    "letters.wording.word",
)


@pytest.mark.parametrize("example", [REPLY, REJECTION], ids=["reply", "rejection"])
def test_a_letter_loads_only_what_it_needs(example, tmp_path):
    """Each of these costs a fresh process some milliseconds; together they were a fifth of it."""
    args = ["draft", str(example), "--out", str(tmp_path)]
    done = run_python(LOADED.format(args=args, heavy=UNUSED))
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "loaded:"
    assert (tmp_path / example.stem / "letter.pdf").exists()


#: What the first letter of all needs, and the next one finds done.
FIRST = ("docx", "docxtpl", "fontTools", "PIL.Image")


def test_the_next_letter_does_not_load_what_the_first_one_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("LETTERS_CACHE_DIR", str(tmp_path / "kept"))
    loaded = []
    for number in range(2):
        args = ["draft", str(REPLY), "--out", str(tmp_path / str(number))]
        done = run_python(LOADED.format(args=args, heavy=FIRST))
        assert done.returncode == 0
        loaded.append(done.stdout.splitlines()[-1])
    assert loaded == ["loaded: docx docxtpl fontTools PIL.Image", "loaded:"]


def test_what_a_letter_does_not_load_is_there():
    """So that the tests before can fail."""
    for name in UNUSED:
        assert importlib.util.find_spec(name) is not None, name
