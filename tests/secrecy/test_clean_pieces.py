"""What the guard passes over because it was clean before: never anything that it would have told."""

import docx_carriers
import pdf_carriers
import pytest
from docx_carriers import jpeg, packed, paragraph, parts, png, run
from leak_people import LEAKS, SECRETS

import letters.secrecy.guard as guard_module
from letters.secrecy.channels import CleanPieces, Pieces, Unreadable
from letters.secrecy.channels.channel import Budget
from letters.secrecy.channels.files import file_channels
from letters.secrecy.guard import guard
from letters.secrecy.secrets import Person, Secrets

NOBODY = Secrets()
NUMBER = "010180-0008"
_PLANTS = {"DOCX": docx_carriers.PLANTS, "PDF": pdf_carriers.PLANTS}


@pytest.fixture
def clean(monkeypatch):
    """The pieces of a process in which no guard has run yet."""
    pieces = CleanPieces()
    monkeypatch.setattr(guard_module, "_CLEAN", pieces)
    return pieces


def _cold(monkeypatch, documents, secrets):
    with monkeypatch.context() as patch:
        patch.setattr(guard_module, "_CLEAN", CleanPieces())
        return guard(documents, secrets)


@pytest.mark.parametrize("kind", _PLANTS)
def test_a_warm_guard_says_what_a_cold_one_says(kind, clean, monkeypatch):
    """Each place is planted in a file whose clean twins the guard knows by heart."""
    found = 0
    for place, plant in _PLANTS[kind].items():
        for innocent in ("en borger", "to borgere", "en borger"):
            assert guard(dict([plant(innocent)]), NOBODY) == (), place
        for leak in ("cpr", "name"):
            document = dict([plant(LEAKS[leak][0])])
            for secrets in (NOBODY, SECRETS):
                told = guard(document, secrets)
                assert told == guard(document, secrets) == _cold(monkeypatch, document, secrets), place
                found += any(one.sure for one in told)
                assert bool(told) or (leak == "name" and secrets is NOBODY), place
    assert found == 3 * len(_PLANTS[kind])
    assert len(clean) > 20


def _with(name, data):
    return {"letter.docx": packed({**parts(), name: data})}


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("word/styles.xml", lambda text: docx_carriers.part("styles", f"<w:style w:styleId='{text}'/>")),
        ("word/header1.xml", lambda text: docx_carriers.part("hdr", paragraph(run(text)))),
        ("word/media/image1.png", png),
        ("word/media/image1.jpg", jpeg),
        ("docProps/app.xml", docx_carriers._app),
        ("word/embeddings/a.txt", str.encode),
    ],
)
def test_a_secret_in_a_copied_part_is_found_after_the_part_was_seen(name, make, clean):
    for text in ("Lindehøj Kommune", "Lindehøj Kommune"):
        assert guard(_with(name, make(text)), NOBODY) == ()
    assert {f.kind for f in guard(_with(name, make(f"Lindehøj {NUMBER}")), NOBODY)} == {"cpr-like"}
    assert "cpr" in {f.kind for f in guard(_with(name, make(f"Lindehøj {NUMBER}")), SECRETS)}
    assert guard(_with(name, make("Lindehøj Kommune")), NOBODY) == ()


def test_letters_with_secrets_of_their_own_read_everything_anew(clean):
    """A letterhead's own words may be the secret of one letter, and of no other."""
    header = _with("word/header1.xml", docx_carriers.part("hdr", paragraph(run("Amalienborg Sørensen"))))
    one = Secrets.from_people([Person("p", names=("Amalienborg Sørensen",))])
    other = Secrets.from_people([Person("p", names=("Bodil Bech",))])
    for _ in range(2):
        assert guard(header, NOBODY) == ()
        assert guard(header, other) == ()
        assert {f.kind for f in guard(header, one)} == {"name"}


def test_what_was_told_is_told_again(clean):
    document = _with("word/header1.xml", docx_carriers.part("hdr", paragraph(run(f"CPR {NUMBER}"))))
    first = guard(document, NOBODY)
    assert first
    assert guard(document, NOBODY) == first


def test_the_same_bytes_read_in_another_way_are_another_piece(clean):
    ways = [("XML 0", b"1a"), ("XML 1", b"1a"), ("file 0", b"1a"), ("XML 01", b"a"), ("", b"a"), ("a", b"")]
    assert len({clean.digest(kind, data) for kind, data in ways}) == len(ways)
    data = b"<w:hdr><w:p>"
    assert guard(_with("word/a.bin", data), NOBODY) == guard(_with("word/a.bin", data), NOBODY) == ()
    assert [f.reason for f in guard(_with("word/header1.xml", data), NOBODY)] == ["damaged"]


def test_a_part_whose_headers_disagree_is_damaged_however_clean_its_bytes_are(clean):
    document = _with("word/header1.xml", docx_carriers.part("hdr", paragraph(run("Lindehøj"))))
    for _ in range(2):
        assert guard(document, NOBODY) == ()
    at = document["letter.docx"].index(b"word/header1.xml")
    for forged in (b"word/headerX.xml", b"word/vbaProj.bin"):
        other = bytearray(document["letter.docx"])
        other[at : at + len(forged)] = forged
        assert [f.reason for f in guard({"letter.docx": bytes(other)}, NOBODY)] == ["damaged"]


def test_macros_are_refused_after_their_bytes_were_seen_as_something_else(clean):
    for _ in range(2):
        assert guard(_with("word/a.dat", b"Lindehoej"), NOBODY) == ()
    assert [f.reason for f in guard(_with("word/vbaProject.bin", b"Lindehoej"), NOBODY)] == ["macros"]


def test_what_cannot_be_read_stays_unreadable(clean):
    document = _with("word/header1.xml", b"<w:hdr><w:p>")
    for _ in range(3):
        assert [f.reason for f in guard(document, NOBODY)] == ["damaged"]


def test_a_number_allowed_in_one_letter_is_told_in_the_next(clean):
    """The party's own number may stand in the text that is read; such text is never passed over."""
    plants = (docx_carriers.PLANTS["visible text"], pdf_carriers.PLANTS["stamp"])
    for plant in plants:
        document = dict([plant(NUMBER)])
        own = guard(document, NOBODY, own_cprs=[NUMBER])
        assert guard(document, NOBODY, own_cprs=[NUMBER]) == own
        assert len(guard(document, NOBODY)) > len(own)


def test_what_is_passed_over_counts_as_unpacked(clean):
    data = packed({**parts(), "word/a.txt": b"a. " * 17_000})
    assert guard({"letter.docx": data}, NOBODY) == ()
    list(file_channels(data, "", 0, Budget(120_000, Pieces(clean))))
    with pytest.raises(Unreadable, match="too large"):
        list(file_channels(data, "", 0, Budget(100_000, Pieces(clean))))


def test_only_digests_are_kept_and_only_so_many(clean):
    for number in range(50):
        guard(_with("word/a.txt", f"brev nr. {number}".encode()), NOBODY)
    assert {type(key) for key in clean._taken} == {bytes}
    assert {len(key) for key in clean._taken} == {32}
    assert CleanPieces().digest("a", b"b") != CleanPieces().digest("a", b"b")

    few = CleanPieces(3)
    for number in range(9):
        few.add(bytes([number]), number)
        few.taken(b"\0")
    assert list(few._taken) == [b"\7", b"\x08", b"\0"]
