"""A letterhead that an earlier run opened: the same letters, and no python-docx."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from docx_reader import repacked
from docx_samples import letter as sample
from docx_samples import p
from msgspec import structs

from letters.kept import Kept
from letters.kept.folder import Folder
from letters.problems import TemplateError
from letters.render.docx import DocxRenderer
from letters.render.docx import renderer as renderer_module
from letters.render.docx.prepared import Prepared


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(Folder(tmp_path / "kept"))


def from_earlier(renderer: DocxRenderer) -> bool:
    return not hasattr(renderer, "_by_docxtpl")


def test_it_is_opened_once(letterhead: Path, kept: Kept) -> None:
    assert not from_earlier(DocxRenderer(letterhead, kept=kept))
    assert from_earlier(DocxRenderer(letterhead, kept=kept))
    assert not from_earlier(DocxRenderer(letterhead, compile_=False, kept=kept))


def test_a_letterhead_that_changes_is_opened_again(letterhead: Path, tmp_path: Path, kept: Kept) -> None:
    path = tmp_path / "letterhead.docx"
    path.write_bytes(letterhead.read_bytes())
    before = DocxRenderer(path, kept=kept).render(sample(p("a")))
    wider = repacked(path.read_bytes(), lambda _, part: part.replace(b'w:left="', b'w:left="1'))
    path.write_bytes(wider)
    after = DocxRenderer(path, kept=kept)
    assert not from_earlier(after)
    assert after.render(sample(p("a"))) == DocxRenderer(path).render(sample(p("a"))) != before
    path.write_bytes(repacked(wider, lambda _, part: part.replace(b"{{ running }}", b"")))
    for _ in ("once", "twice"):
        with pytest.raises(TemplateError):
            DocxRenderer(path, kept=kept)


def test_a_letterhead_that_goes_is_told(tmp_path: Path, letterhead: Path, kept: Kept) -> None:
    path = tmp_path / "letterhead.docx"
    path.write_bytes(letterhead.read_bytes())
    DocxRenderer(path, kept=kept)
    path.unlink()
    with pytest.raises(TemplateError) as caught:
        DocxRenderer(path, kept=kept)
    assert [problem.code for problem in caught.value.problems] == ["render.docx-letterhead-unreadable"]


def test_it_says_nothing_of_the_letter_it_was_tried_with(letterhead: Path, kept: Kept) -> None:
    """What is kept follows from the letterhead alone, whatever was written on it meanwhile."""
    first = DocxRenderer(letterhead, kept=kept)
    key = (letterhead.read_bytes(),)
    before = kept.get("word", renderer_module._MAKER, key, Prepared)
    first.render(sample(p("Hemmeligheden")))
    after = kept.get("word", renderer_module._MAKER, key, Prepared)
    assert before == after is not None
    assert "Hemmeligheden" not in repr(after)


def test_the_letterhead_is_the_same_by_another_path(letterhead: Path, tmp_path: Path, kept: Kept) -> None:
    copy = tmp_path / "another.docx"
    copy.write_bytes(letterhead.read_bytes())
    text = sample(p("a"), heading="b")
    made = DocxRenderer(letterhead, kept=kept).render(text)
    assert DocxRenderer(copy, kept=kept).render(text) == made


def test_what_is_kept_is_what_is_used(letterhead: Path, kept: Kept) -> None:
    """Were it otherwise, the tests that compare the letters would compare nothing."""
    key = (letterhead.read_bytes(),)
    DocxRenderer(letterhead, kept=kept)
    found = kept.get("word", renderer_module._MAKER, key, Prepared)
    assert found is not None
    narrow = structs.replace(found, head=structs.replace(found.head, list_gap=found.head.list_gap + 1))
    kept.put("word", renderer_module._MAKER, key, narrow)
    assert DocxRenderer(letterhead, kept=kept)._head == narrow.head


def test_no_python_docx_is_loaded_for_a_letterhead_that_is_known(letterhead: Path, tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from letters.kept import Kept
from letters.kept.folder import Folder
from letters.render.docx import DocxRenderer
from docx_samples import letter, p
made = DocxRenderer(Path({str(letterhead)!r}), kept=Kept(Folder(Path({str(tmp_path / "kept")!r}))))
assert made.render(letter(p("a"))).startswith(b"PK")
print(*sorted({{name.partition(".")[0] for name in sys.modules}} & {{"docx", "docxtpl", "PIL"}}))
"""
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in ("cold", "warm")
    ]
    assert told == ["PIL docx docxtpl\n", "\n"]
