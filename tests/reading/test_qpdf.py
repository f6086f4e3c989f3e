"""pikepdf without its reader of metadata is pikepdf."""

import subprocess
import sys

PROGRAM = """
import sys
{before}
from letters.reading.qpdf import pikepdf
loaded = "pikepdf.models.metadata" in sys.modules
import io
pdf = pikepdf.new()
pdf.add_blank_page()
with pdf.open_metadata() as found:
    found["dc:title"] = "Æblegrød"
out = io.BytesIO()
pdf.save(out)
with pikepdf.open(io.BytesIO(out.getvalue())) as again, again.open_metadata() as found:
    title = found["dc:title"]
import pikepdf.models.metadata as real
print(loaded, title, type(found) is real.PdfMetadata, real.decode_pdf_date("D:20260301120000Z").year)
"""


def run_python(before=""):
    program = PROGRAM.format(before=before)
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout.splitlines(), done.stderr


def test_metadata_is_read_by_who_asks_for_it():
    assert run_python() == (["False Æblegrød True 2026"], "")


def test_where_pikepdf_is_loaded_already_it_stays():
    assert run_python(before="import pikepdf") == (["True Æblegrød True 2026"], "")


def test_a_pikepdf_that_takes_more_gets_it():
    """Another version may import other names from there: here all are others."""
    before = (
        "from importlib.util import find_spec; from pathlib import Path;"
        "source = Path(find_spec('letters.reading.qpdf').origin).read_text('utf-8');"
        "changed = source.replace('for name in _CALLED', 'for name in ()'); assert changed != source;"
        "exec(changed, {'__name__': 'changed'})"
    )
    assert run_python(before=before) == (["True Æblegrød True 2026"], "")
