"""Keep the register of codes: every code that a problem, a text, a ground or a case type has ever had.

    python tools/codes.py     add new codes to tests/project/codes.txt, and retire those that are gone

A code is never used again for something else: case files name grounds, manifests name texts and problems, and
people search for codes. Nothing is ever taken out of the register. Exit code 1 when a retired code is there
again, or a ground has another legal basis: choose another code.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "letters"
TEMPLATES = ROOT / "templates" / "da"
REGISTER = ROOT / "tests" / "project" / "codes.txt"

ACTIVE, RETIRED = "active", "retired"
HEAD = """\
# Every code that there has ever been: kind, code, state, and for a ground its legal basis.
# `python tools/codes.py` adds new ones, retires what is gone. No line is taken out; no code comes back.
"""

#: What problems' codes begin with.
_ROOMS = (
    "batch case convert document import input internal language law letter letterhead library output outside"
    " preview render secrecy template templates verify word"
)
_PROBLEM = re.compile(rf"(?:{'|'.join(_ROOMS.split())})\.[a-z]+(?:-[a-z]+)*")
_FILE = re.compile(r".*\.(?:css|docx|html|js|json|letter|md|odt|pdf|png|py|svg|txt|yaml)")

Code = tuple[str, str]  # kind, code


def codes() -> dict[Code, str]:
    """The codes of the source and the shipped library -> a ground's legal basis; empty for others."""
    sys.path.insert(0, str(SOURCE.parent))
    from letters.wording.load import load_library

    found: dict[Code, str] = {("problem", code): "" for code in _problems()}
    library = load_library(TEMPLATES)
    for case_type in library.case_types.values():
        found["case-type", case_type.code] = ""
        for code, ground in case_type.spec.grounds.items():
            found["ground", f"{case_type.code}/{code}"] = ground.provision
    for name, versions in library.files.items():
        if versions[-1].ground is None:
            found["text", name] = ""
    for code in library.terms:
        found["term", code] = ""
    for code in library.routes:
        found["route", code] = ""
    return found


def _problems() -> Iterator[str]:
    from letters.law.resolve import Status

    modules = SOURCE / "cli" / "templates" / "__init__.py"  # it names modules
    for path in sorted(set(SOURCE.rglob("*.py")) - {modules}):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and _PROBLEM.fullmatch(value) and not _FILE.fullmatch(value):
                yield value
    yield from (f"law.{status.value}" for status in Status)


def read() -> dict[Code, tuple[str, str]]:
    """The register: code -> state and meaning."""
    lines = [line for line in REGISTER.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return {(kind, code): (state, meaning) for kind, code, state, meaning in rows}


def faults() -> list[str]:
    """What is wrong: codes that the register lacks, that came back, or that stand for something else now."""
    now, known = codes(), read()
    missing = [f"{kind} {code} is not in the register" for kind, code in now.keys() - known.keys()]
    back = [f"{kind} {code} was retired and is there again" for kind, code in _back(now, known)]
    gone = [
        f"{kind} {code} is gone and not marked as retired"
        for (kind, code), (state, _) in known.items()
        if state == ACTIVE and (kind, code) not in now
    ]
    other = [
        f"{kind} {code} stood for “{known[kind, code][1]}” and now stands for “{meaning}”"
        for (kind, code), meaning in now.items()
        if (kind, code) in known and known[kind, code][1] != meaning
    ]
    return sorted([*missing, *back, *gone, *other])


def _back(now: dict[Code, str], known: dict[Code, tuple[str, str]]) -> list[Code]:
    return [code for code in now if known.get(code, (ACTIVE, ""))[0] == RETIRED]


def update() -> list[Code]:
    """Bring the register in step; what came back is left as it was, and returned."""
    now, known = codes(), read() if REGISTER.exists() else {}
    for code, meaning in now.items():
        known.setdefault(code, (ACTIVE, meaning))
    for code in known.keys() - now.keys():
        known[code] = (RETIRED, known[code][1])
    lines = [
        f"{kind} | {code} | {state} | {meaning}".rstrip() for (kind, code), (state, meaning) in known.items()
    ]
    REGISTER.write_text(HEAD + "\n".join(sorted(lines)) + "\n", "utf-8")
    return _back(now, known)


def main() -> int:
    """Run; see the module."""
    for kind, code in update():
        print(f"retired and there again: {kind} {code}")
    left = faults()
    for fault in left:
        print(fault)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
