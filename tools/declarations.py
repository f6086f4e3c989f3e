"""Write down, as cffi keeps them, the C declarations that WeasyPrint gives cffi to parse in each process.

    python tools/declarations.py     write src/letters/render/pdf/fast/declarations.json

To be run for another WeasyPrint or another cffi; a test holds that the file is what this makes. It holds
names and types of C functions of Pango, HarfBuzz, GLib and Fontconfig, as WeasyPrint (BSD 3-Clause) declares
them.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "letters" / "render" / "pdf" / "fast" / "declarations.json"


def declarations(source: str, ours: str) -> dict[str, Any]:
    """What the file holds.

    Args:
        source: of a `weasyprint/text/ffi.py`.
        ours: what is declared besides.
    Returns:
        texts: SHA-256 of each text of declarations; compiled: what `_cffi_backend.FFI` is made with for them,
        with a character for each byte.
    """
    import cffi

    builder = cffi.FFI()
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    texts = [ast.literal_eval(call.args[0]) for call in calls if getattr(call.func, "attr", "") == "cdef"]
    for text in (*texts, ours):
        builder.cdef(text)
    builder.set_source("letters_declarations", None)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "made.py"
        with contextlib.redirect_stdout(io.StringIO()):  # cffi tells what it does
            builder.emit_python_code(str(target))
        tree = ast.parse(target.read_text("utf-8"))
    (made,) = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    compiled = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in made.keywords}
    return {
        "texts": [hashlib.sha256(text.encode()).hexdigest() for text in (*texts, ours)],
        "compiled": {name: _plain(value) for name, value in compiled.items()},
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - numbers, bytes and tuples of them
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def main() -> int:
    """Write the file; returns the exit code."""
    from weasyprint.text import ffi

    from letters.render.pdf.fast.declared import OURS

    made = declarations(Path(ffi.__file__).read_text("utf-8"), OURS)
    TARGET.write_text(json.dumps(made, indent=0) + "\n", "utf-8")
    print(TARGET.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
