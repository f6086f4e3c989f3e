"""`letters --help` answers at once, because what is heavy is imported by the command that needs it.

How long that takes, `make bench` measures.
"""

import subprocess
import sys

HEAVY = (
    "babel",
    "docx",
    "docxtpl",
    "jinja2",
    "letters.case.models",
    "letters.desk",
    "lxml",
    "markdown_it",
    "pydantic",
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
    missed = {"babel", "docxtpl", "rich", "weasyprint"}  # loaded for other commands only
    assert done.returncode == 0
    assert set(done.stdout.splitlines()[-1].split()[1:]) >= set(HEAVY) - missed
