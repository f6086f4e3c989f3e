"""Sealing: what is encrypted opens with the password and with nothing else, in readers that are not ours."""

from __future__ import annotations

import io
import pickle
import subprocess
import zipfile

import msoffcrypto
import pikepdf
import pypdfium2
import pytest

from letters.problems import LettersError
from letters.secrecy.seal import Password, is_sealed, open_sealed, seal_docx, seal_pdf, weaknesses

PASSWORD = Password("violin kastanje trappe seksten")
WRONG = Password("violin kastanje trappe sytten")
INSIDE = "Samira Eksempel"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as new:
        new.add_blank_page()
        new.docinfo["/Title"] = INSIDE
        new.save(made)
    return made.getvalue()


@pytest.fixture(scope="module")
def docx() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        new.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        new.writestr("word/document.xml", f"<w>{INSIDE}</w>" * 400)
    return made.getvalue()


@pytest.fixture(scope="module")
def sealed_pdf(pdf) -> bytes:
    return seal_pdf(pdf, PASSWORD)


@pytest.fixture(scope="module")
def sealed_docx(docx) -> bytes:
    return seal_docx(docx, PASSWORD)


def poppler(path, *options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["pdfinfo", *options, str(path)], capture_output=True, text=True, check=False)


def test_a_sealed_pdf_opens_in_poppler_with_the_password_alone(sealed_pdf, tmp_path):
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed_pdf)
    opened = poppler(path, "-upw", PASSWORD.reveal())
    assert opened.returncode == 0
    assert "algorithm:AES-256" in opened.stdout
    assert INSIDE in opened.stdout
    for options in ((), ("-upw", WRONG.reveal()), ("-opw", ""), ("-opw", WRONG.reveal())):
        shut = poppler(path, *options)
        assert shut.returncode != 0
        assert "Incorrect password" in shut.stderr


def test_a_sealed_pdf_opens_in_pdfium_with_the_password_alone(sealed_pdf):
    with pypdfium2.PdfDocument(sealed_pdf, password=PASSWORD.reveal()) as opened:
        assert len(opened) == 1
    for password in (None, "", WRONG.reveal()):
        with pytest.raises(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(sealed_pdf, password=password)


def test_a_pdf_is_sealed_with_revision_6_and_hides_title_and_metadata(sealed_pdf):
    with pikepdf.open(io.BytesIO(sealed_pdf), password=PASSWORD.reveal()) as opened:
        assert opened.encryption.R == 6
        assert opened.encryption.bits == 256
        assert opened.user_password_matched
        assert not opened.owner_password_matched
    assert INSIDE.encode() not in sealed_pdf


def test_the_same_pdf_comes_out_of_two_seals(pdf):
    first, second = seal_pdf(pdf, PASSWORD), seal_pdf(pdf, PASSWORD)
    assert first != second
    assert open_sealed(first, PASSWORD) == open_sealed(second, PASSWORD)


def test_a_sealed_word_file_opens_in_msoffcrypto_with_the_password_alone(sealed_docx, docx):
    file = msoffcrypto.OfficeFile(io.BytesIO(sealed_docx))
    assert file.is_encrypted()
    file.load_key(password=PASSWORD.reveal(), verify_password=True)
    opened = io.BytesIO()
    file.decrypt(opened, verify_integrity=True)
    assert opened.getvalue() == docx
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        msoffcrypto.OfficeFile(io.BytesIO(sealed_docx)).load_key(
            password=WRONG.reveal(), verify_password=True
        )
    assert not zipfile.is_zipfile(io.BytesIO(sealed_docx))
    assert INSIDE.encode() not in sealed_docx
    assert INSIDE.encode("utf-16-le") not in sealed_docx


def test_a_changed_byte_of_a_sealed_word_file_is_noticed(sealed_docx):
    changed = bytearray(sealed_docx)
    place = len(changed) - 2000
    changed[place] ^= 1
    with pytest.raises(LettersError):
        open_sealed(bytes(changed), PASSWORD)


def test_what_is_sealed_is_known(pdf, docx, sealed_pdf, sealed_docx):
    assert is_sealed(sealed_pdf)
    assert is_sealed(sealed_docx)
    assert not is_sealed(pdf)
    assert not is_sealed(docx)


def test_a_pdf_with_an_empty_owner_password_counts_as_open(pdf):
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(made, encryption=pikepdf.Encryption(user=PASSWORD.reveal(), owner="", R=6))
    assert not is_sealed(made.getvalue())


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_wrong_password_is_told_without_showing_it(kind, request):
    with pytest.raises(LettersError) as raised:
        open_sealed(request.getfixturevalue(f"sealed_{kind}"), WRONG)
    assert [problem.code for problem in raised.value.problems] == ["secrecy.wrong-password"]
    assert WRONG.reveal() not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


@pytest.mark.parametrize("seal", [seal_pdf, seal_docx])
def test_what_cannot_be_sealed_is_refused_without_quoting_it(seal):
    with pytest.raises(LettersError) as raised:
        seal(INSIDE.encode(), PASSWORD)
    assert [problem.code for problem in raised.value.problems] == ["secrecy.not-sealed"]
    assert INSIDE not in str(raised.value)


def test_a_seal_that_does_not_hold_is_noticed(pdf, monkeypatch):
    real = pikepdf.Encryption
    monkeypatch.setattr(pikepdf, "Encryption", lambda **kw: real(**{**kw, "owner": ""}))
    with pytest.raises(LettersError) as raised:
        seal_pdf(pdf, PASSWORD)
    assert [problem.code for problem in raised.value.problems] == ["secrecy.not-sealed"]


def test_a_password_shows_itself_nowhere():
    assert PASSWORD.reveal() not in f"{PASSWORD} {PASSWORD!r} {[PASSWORD]}"
    with pytest.raises(TypeError):
        pickle.dumps(PASSWORD)


KNOWN = ["Samira Eksempel", "010180-0008", "2021-0111-9", "to-sager"]


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "fewer than 12"),
        ("kort men god", None),
        ("kort og god", "fewer than 12"),
        ("x" * 20, "different"),
        ("x" * 20, "repeats"),
        ("9081726354455667", "no letters"),
        ("12-34-56-78-90-11", "no letters"),
        ("kastanje kastanje kastanje ", "ends with a space"),
        ("kastanjekastanje", "repeats"),
        ("violin\tkastanje trappe", "cannot be typed"),
        ("violin\u200bkastanje trappe", "cannot be typed"),
        ("æ" * 100, "127 bytes"),
        ("Password12345678", "well-known"),
        ("sommer2021sommer2022", "well-known"),
        ("qwertyuiop123456", "well-known"),
        ("Adgangskode!2021", "well-known"),
        ("kastanje og samira", "of the case"),
        ("kastanje 010180-0008", "of the case"),
        ("kastanje 0101800008", "of the case"),
        ("violin To-Sager trappe", "of the case"),
        ("violin kastanje trappe seksten", None),
        ("blåbær grød på æblekage", None),
        ("kT9#vLq2!xWm7", None),
    ],
)
def test_weak_passwords_are_refused_with_their_reason(password, reason):
    found = [problem.text() for problem in weaknesses(Password(password), KNOWN)]
    if reason is None:
        assert found == []
    else:
        assert any(reason in text for text in found)
    assert not any(password in text for text in found if password)


def test_a_letterhead_of_known_words_does_not_make_every_password_weak():
    assert weaknesses(PASSWORD, ["i", "og", "den 5."]) == ()
