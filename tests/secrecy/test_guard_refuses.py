"""What cannot be read stops the letter; what is told never repeats a secret."""

import io
import re
import zipfile

import docx_carriers
import packed_carriers
import pdf_carriers
import pikepdf
import pytest
from leak_people import ACCOUNT, PEOPLE, SECRETS

from letters.problems import Severity
from letters.secrecy.channels import Unreadable, channels
from letters.secrecy.channels.channel import Budget
from letters.secrecy.channels.files import file_channels
from letters.secrecy.findings import PLACES, REASONS, UNREADABLE
from letters.secrecy.guard import guard
from letters.secrecy.needles import prepare
from letters.secrecy.normal import view
from letters.secrecy.secrets import Person, Secrets


def _unreadable(data, name="letter.bin"):
    (finding,) = [f for f in guard({name: data}, SECRETS) if f.kind == UNREADABLE]
    assert finding.sure
    assert finding.reason in REASONS
    return finding.reason


def _encrypted_pdf():
    with pikepdf.open(io.BytesIO(pdf_carriers.clean())) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(user="hemmelig", owner="ejer", R=6))
        return buffer.getvalue()


def test_an_encrypted_pdf_is_refused():
    assert _unreadable(_encrypted_pdf(), "letter.pdf") == "encrypted"


def test_an_encrypted_word_file_is_refused():
    import msoffcrypto

    buffer = io.BytesIO()
    office = msoffcrypto.OfficeFile(io.BytesIO(docx_carriers.clean()))
    office.encrypt("hemmelig", buffer)
    assert _unreadable(buffer.getvalue(), "letter.docx") == "encrypted"


def test_damaged_files_are_refused():
    assert _unreadable(b"%PDF-1.7\nnonsense") == "damaged"
    assert _unreadable(docx_carriers.clean()[:300]) == "damaged"
    assert _unreadable(docx_carriers.packed({"word/document.xml": b"<w:p>"})) == "damaged"


@pytest.mark.parametrize(
    "magic",
    [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x01\0", b"\x28\xb5\x2f\xfd", b"MSCF\0\0\0\0", b"wOF2"],
    ids=["7-Zip", "RAR", "Zstandard", "Cabinet", "web font"],
)
def test_what_is_packed_in_an_unknown_way_is_refused(magic):
    packed = magic + bytes(range(200))
    assert _unreadable(packed) == "packed"
    inside = docx_carriers.packed({**docx_carriers.parts(), "word/media/image1.png": packed})
    assert _unreadable(inside, "letter.docx") == "packed"


def test_macros_are_refused():
    macros = {**docx_carriers.parts(), "word/vbaProject.bin": b"\0Attribut\0e VB_Name"}
    assert _unreadable(docx_carriers.packed(macros), "letter.docm") == "macros"
    assert _unreadable(packed_carriers.compound_file("_VBA_PROJECT", b"\xcc\x61"), "letter.doc") == "macros"


def test_a_damaged_older_file_is_refused():
    assert _unreadable(packed_carriers.compound_file("Contents", b"x")[:700], "letter.doc") == "damaged"


def test_packed_files_that_are_strung_together_are_read_to_the_end():
    for first, last in zip(
        packed_carriers.squeezed("en borger"), packed_carriers.squeezed("Yusuf"), strict=True
    ):
        assert [f.kind for f in guard({"a.bin": first + last}, SECRETS) if f.sure] == ["name-part"] * 3
        assert _unreadable(first + last[:-20]) == "damaged"


def test_packed_files_do_not_grow_without_end():
    for packed in packed_carriers.squeezed("0" * 1_000_000):
        with pytest.raises(Unreadable, match="too large"):
            list(file_channels(packed, "", 0, Budget(100_000)))


def test_an_encrypted_part_is_refused():
    data = bytearray(docx_carriers.clean())
    start = data.find(b"PK\x01\x02")
    data[start + 8] |= 1
    assert _unreadable(bytes(data)) == "encrypted"


def test_a_bomb_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/a.bin", b"\0" * 5_000_000)
    with pytest.raises(Unreadable, match="too large"):
        list(file_channels(buffer.getvalue(), "", 0, Budget(1_000_000)))


def test_files_nested_without_end_are_refused():
    data = docx_carriers.clean()
    for _ in range(6):
        data = docx_carriers.packed({"inner.docx": data})
    assert _unreadable(data) == "nested too deep"


def test_other_documents_are_guarded_when_one_cannot_be_read():
    findings = guard({"a.pdf": b"%PDF-nonsense", "b.txt": b"Yusuf"}, SECRETS)
    assert [finding.kind for finding in findings] == [UNREADABLE, "name-part"]


def test_an_owner_password_alone_does_not_hide_a_secret():
    with pikepdf.open(io.BytesIO(pdf_carriers.PLANTS["visible text"]("Yusuf")[1])) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(user="", owner="ejer", R=6))
    assert guard({"letter.pdf": buffer.getvalue()}, SECRETS)


def test_entities_do_not_hide_a_secret():
    part = b'<!DOCTYPE a [<!ENTITY x "suf Kj&#230;r">]><a>Yu&x;-Aage<![CDATA[sen]]></a>'
    (finding,) = [
        f
        for f in guard({"a.docx": docx_carriers.packed({"customXml/item1.xml": part})}, SECRETS)
        if f.kind == "name"
    ]
    assert finding.where == "customXml/item1.xml"


def test_a_name_in_a_file_name_is_not_repeated():
    findings = guard({"svar-yusuf.txt": b"Aagesen", "letter.txt": b"Yusuf"}, SECRETS)
    assert [(f.document, f.where) for f in findings] == [
        ("document 1", "file name"),
        ("document 1", "text, line 1"),
        ("letter.txt", "text, line 1"),
    ]


def test_a_name_of_a_part_or_an_attachment_is_not_repeated():
    for plants, place in ((docx_carriers.PLANTS, "part name"), (pdf_carriers.PLANTS, "attached file's name")):
        findings = guard(dict([plants[place]("Yusuf")]), SECRETS)
        assert findings
        assert "usuf" not in "".join(f"{f!r}{f.problem().text()}" for f in findings)


def test_every_place_is_put_together_from_words_that_are_translated():
    plants = {**docx_carriers.PLANTS, **pdf_carriers.PLANTS}
    places = {f.where for plant in plants.values() for f in guard(dict([plant("Yusuf")]), SECRETS)}
    assert len(places) > 40
    kept = re.compile(r"XMP|JavaScript|\d+|(?:word|docProps|customXml|_rels)/[\w/.]+|\[Content_Types\]\.xml")
    for place in places:
        for piece in filter(None, re.split(r", |: | ?\(|\)", place)):
            head = piece if piece in PLACES or kept.fullmatch(piece) else piece.rpartition(" ")[0]
            assert head in PLACES or kept.fullmatch(head), place


def test_the_place_is_told():
    docx = docx_carriers.PLANTS["header"]("Yusuf")[1]
    (finding,) = guard({"letter.docx": docx}, SECRETS)
    problem = finding.problem()
    assert problem.code == "secrecy.leak-name-part"
    assert problem.severity is Severity.ERROR
    assert problem.place.file == "letter.docx"
    assert problem.text() == (
        "a part of the name of person 2 (appendix bilag-1) stands in it: word/header1.xml, line 1"
    )


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("visible text", "page 1, line 4"),
        ("actual text", "tag tree"),
        ("bookmark", "bookmark"),
        ("annotation", "annotation"),
        ("form field", "form field"),
        ("JavaScript", "JavaScript"),
        ("link target", "link"),
        ("attached file", "attached file"),
        ("earlier revision", "earlier revision 1: page 1"),
        ("after the end", "outside the objects"),
    ],
)
def test_the_place_in_a_pdf_is_told(place, told):
    findings = guard(dict([pdf_carriers.PLANTS[place]("Yusuf")]), SECRETS)
    assert any(told in finding.where for finding in findings)


def test_no_repr_shows_a_secret():
    shown = f"{PEOPLE!r} {SECRETS!r} {SECRETS.items!r} {prepare(SECRETS, ())!r} {view(ACCOUNT)!r}"
    shown += repr(list(channels("letter.txt", b"Yusuf")))
    for text in ("Yusuf", "Holm", "0008", "5629", "gange", "example"):
        assert text not in shown


def test_secrets_of_an_odd_person_are_read():
    odd = Person("p", names=("", "  ", "Å"), cpr="12", addresses=("Gården",), phones=("12",))
    assert guard({"letter.txt": b"Hej"}, Secrets.from_people([odd])) == ()


def test_a_surname_between_brackets_of_a_pdf_name_is_found():
    names = pdf_carriers.PLANTS["font name"]("Yusuf")
    assert guard(dict([names]), SECRETS)
