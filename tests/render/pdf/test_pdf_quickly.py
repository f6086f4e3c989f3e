"""WeasyPrint imported without its detours is the WeasyPrint that its own import makes."""

from __future__ import annotations

import importlib.util
import io
import json
from pathlib import Path

import weasyprint
from test_pdf_system import python

from letters.render.pdf.fast import declared, gate

ROOT = Path(__file__).resolve().parents[3]
_SPEC = importlib.util.spec_from_file_location("declarations_tool", ROOT / "tools" / "declarations.py")
assert _SPEC is not None
assert _SPEC.loader is not None
tool = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(tool)

#: Attributes of old HTML, forms, ways to count, and selectors of many kinds.
PAGE = """
<html lang="da"><style>
@counter-style own { system: extends lower-roman; suffix: ") " }
@counter-style thai { system: cyclic; symbols: "*" }
li:nth-child(2n) { color: red } p:not(.a) > b ~ i::before { content: counter(x, own) }
[title='x"y'] { color: blue } a[href^="http"]::after { content: attr(href) } p:lang(da) { hyphens: auto }
</style>
<body bgcolor="#eeffee"><form><input value="navn"><select><option>et<option>to</select>
<button>Send</button></form><table border=1 cellpadding=3 width="50%"><tr><th align=right>A<td valign=top>B
</table><center>Midt</center><hr size=3><p class="a" title='x"y'>En <b>to</b> <i>tre</i>
<a href="http://eksempel.dk">fire</a><p>En <b>to</b> <i>tre</i>
<details><summary>Mere</summary>Tekst</details><details open><summary>Mere</summary>Tekst</details>
{lists}
"""

COUNTS = (
    "armenian upper-armenian hebrew khmer decimal-leading-zero lower-alpha upper-latin lower-roman thai own"
    " disc circle japanese-formal korean-hangul-formal hiragana cjk-decimal no-such-one decimal square"
)

DRAWN = """
import sys
from letters.render.pdf.fast import quickly
weasyprint = quickly.import_weasyprint()
{check}
page = open("page.html", encoding="utf-8").read()
pdf = weasyprint.HTML(string=page).write_pdf(pdf_forms=True, presentational_hints=True, pdf_identifier=b"1")
sys.stdout.buffer.write(pdf + weasyprint.HTML(string=page).write_pdf(pdf_identifier=b"1"))
"""


def test_every_page_comes_out_the_same(tmp_path: Path) -> None:
    """Not only ours: forms, hints, counters and selectors that no letter has."""
    lists = "".join(
        f'<ol start=8 style="list-style-type: {name}"><li>Et<li>To</ol>' for name in COUNTS.split()
    )
    (tmp_path / "page.html").write_text(PAGE.replace("{lists}", lists), "utf-8")
    quick = (
        "assert 'pycparser' not in sys.modules; assert 'cffi' not in sys.modules;"
        "import cffi; cffi.FFI().cdef('int f();')"
    )
    plain = "assert 'pycparser' in sys.modules"
    fast = python(DRAWN.format(check=quick), tmp_path)
    assert fast.startswith(b"%PDF")
    assert fast == python(DRAWN.format(check=plain), tmp_path, LETTERS_PLAIN_PDF="1")


SHEETS = """
import sys
from letters.render.pdf.fast import quickly, matching, sheets
quickly.import_weasyprint()
import weasyprint
from weasyprint import html
from weasyprint.css.counters import CounterStyle

assert weasyprint.PH_STYLESHEET is html.PH_STYLESHEET
assert "matcher" not in vars(html.PH_STYLESHEET), "it was read at once"
styles = CounterStyle()
plain = [weasyprint.CSS(string=text, counter_style=styles) for text in (html.UA, html.UA_FORM, html.PH)]
later = [html.UA_STYLESHEET, html.UA_FORM_STYLESHEET, html.PH_STYLESHEET]
tests = 0
for one, other in zip(plain, later, strict=True):
    ones, others = (list(matching._by_key(sheet.matcher)) for sheet in (one, other))
    assert [len(entries) for entries in ones] == [len(entries) for entries in others]
    for entry, late in zip(sum(ones, []), sum(others, []), strict=True):
        assert entry[1:4] == late[1:4]
        assert entry[0].source == late[0].source
        assert sheets.strings(late[0]) >= set(matching._words(sheets.real(entry[0]).__code__))
        tests += 1
assert tests > 300
kept = html.UA_COUNTER_STYLE.copy()
assert list(kept) == list(styles)
assert not any(dict.__len__(counter) for counter in kept.values()), "they were read at once"
for name, counter in styles.items():
    assert kept[name].copy() == counter and dict(kept[name].items()) == counter
    assert kept[name]["system"] == counter["system"]
print("good")
"""


def test_style_sheets_read_later_say_the_same(tmp_path: Path) -> None:
    assert python(SHEETS, tmp_path) == b"good\n"


def test_declarations_are_what_cffi_makes_of_weasyprints() -> None:
    source = Path(weasyprint.__file__).with_name("text") / "ffi.py"
    assert gate.known()
    held = json.loads(declared._FILE.read_text("utf-8"))
    assert held == tool.declarations(source.read_text("utf-8"), declared.OURS)


def test_other_declarations_are_refused(tmp_path: Path) -> None:
    code = (
        "from letters.render.pdf.fast import quickly; quickly.import_weasyprint()\n"
        "from weasyprint.text.ffi import ffi\n"
        "try: ffi.cdef('int f();')\n"
        "except ValueError as error: print(error)\n"
    )
    assert python(code, tmp_path) == b"not what was compiled\n"


def test_where_cffi_is_there_already_it_is_used(tmp_path: Path) -> None:
    code = (
        "import cffi, sys\n"
        "from letters.render.pdf.fast import quickly; quickly.import_weasyprint()\n"
        "from weasyprint.text.ffi import ffi\n"
        "print(type(ffi) is cffi.FFI, 'pycparser' in sys.modules)\n"
    )
    assert python(code, tmp_path) == b"True True\n"


def test_encryption_is_loaded_by_who_uses_it(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from letters.render.pdf.fast import quickly; quickly.import_weasyprint()\n"
        "assert 'ssl' not in sys.modules\n"
        "import http.client, urllib.request\n"
        "made = http.client.HTTPSConnection('eksempel.dk')\n"
        "import ssl\n"
        "print(type(made._context) is ssl.SSLContext, urllib.request.HTTPSHandler.__name__)\n"
    )
    assert python(code, tmp_path) == b"True HTTPSHandler\n"


# Pillow


PILLOW = """
import sys
from letters.render.pdf.fast import quickly
weasyprint = quickly.import_weasyprint()
from letters.render.pdf import engine
page = weasyprint.HTML(string="<html lang=da><title>x</title><p>Tekst{page}", base_url=".")
pdf = page.write_pdf(pdf_variant="pdf/a-2b", output_intent="srgb", pdf_identifier=b"1", full_fonts=False)
{after}
sys.stdout.buffer.write(pdf)
"""


def test_text_needs_no_pillow(tmp_path: Path) -> None:
    made = python(PILLOW.format(page="", after="assert 'PIL.Image' not in sys.modules"), tmp_path)
    assert b"<</N 3" in made, "the profile is there"
    assert made == python(PILLOW.format(page="", after=""), tmp_path, LETTERS_PLAIN_PDF="1")


def test_a_picture_is_read_as_ever(tmp_path: Path) -> None:
    """And no other program is run for it, nor is it filled up where it is cut off."""
    from PIL import Image

    Image.new("RGB", (3, 2), "teal").save(tmp_path / "picture.png")
    after = (
        "import PIL.EpsImagePlugin, PIL.ImageFile\n"
        "from weasyprint import images\n"
        "assert images.Image is PIL.Image\n"
        "assert PIL.EpsImagePlugin.gs_binary is False\n"
        "assert PIL.ImageFile.LOAD_TRUNCATED_IMAGES is False\n"
    )
    program = PILLOW.format(page="<img src=picture.png style='image-orientation: 90deg'>", after=after)
    made = python(program, tmp_path)
    assert b"/Image" in made
    assert made == python(program, tmp_path, LETTERS_PLAIN_PDF="1")


def test_the_profile_is_written_as_it_stands() -> None:
    from PIL.ImageCms import ImageCmsProfile

    from letters.render.pdf.fast import pillow

    data = (Path(weasyprint.__file__).with_name("pdf") / "sRGB2014.icc").read_bytes()
    ours, real = pillow.profile(io.BytesIO(data)), ImageCmsProfile(io.BytesIO(data))
    assert isinstance(ours, pillow._Known)
    assert ours.tobytes() == real.tobytes()
    assert ours.profile.model == real.profile.model
    assert ours.profile.profile_description == real.profile.profile_description
    other = data[:70] + b"\x01" + data[71:]
    assert isinstance(pillow.profile(io.BytesIO(other)), ImageCmsProfile)
    assert pillow.profile(io.BytesIO(other)).tobytes() == ImageCmsProfile(io.BytesIO(other)).tobytes()
