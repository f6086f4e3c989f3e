"""What looks like a secret and is none must not stop a letter."""

import docx_carriers
import pdf_carriers
import pytest
from leak_people import SECRETS

from letters.secrecy.guard import guard
from letters.secrecy.secrets import Allowed, Person, Secrets

INNOCENT = [
    # Figures that are no CPR number
    "Betalingsnummer 01018000081 står på girokortet.",
    "Referencen er 12345678901.",
    "P-nr. 1003388394",
    "P-nummer: 1003388394",
    "Produktionsenhedens nummer er P-nummer 1003388394.",
    "produktionsenhedsnummer 1003388394",
    "Produktionsenhed 1003388394 ligger i Lindehøj.",
    "EAN 5798009811578",
    "EAN-nr. 5798 0098 1157 8",
    "GLN 5790001330552",
    "CVR 64942212",
    "CVR-nr. 64 94 22 12",
    "SE-nr. 29189846",
    "Telefon 33 17 17 17",
    "Ring på +45 33 17 17 17 mellem 9 og 15.",
    "Tlf. 0045 33171717",
    "Ring på 20 30 40 51.",
    "Konto 1003388394 i banken.",
    "Reg. 1234 konto 1003388394",
    "IBAN DK50 0040 0440 1162 43",
    "Faktura 1003388394 er betalt.",
    "Ordrenummer 1003388394",
    "Sagsnr. 2021-0256547-1",
    "Journalnummer 2021-0256547",
    "J.nr. 21/98764",
    "Sag 2021-0100009-1 er en anden sag.",
    "Dokumentnummer 1003388394",
    "ISBN 978-87-02-08129-9",
    "Beløbet er 1.010.180.000 kr.",
    "I alt 3.112.801.234,50 kr.",
    "Matrikel 7000 af 1862",
    "Nummer 9999999999 findes ikke.",
    "Serien 1234567890 er ingen dato.",
    "a3f1003388394bc77d2e9f10c4aa5b6c7d8e9f00112233445566778899aabbcc",
    # Dates and times
    "den 2. januar 1980",
    "den 1. januar 1981",
    "fra 1. januar 2021 til 31. december 2021",
    "Mødet er den 13. august 2021 kl. 10.30.",
    "Perioden 01.02.2021-03.04.2021",
    "11. januar 1980",
    "1. februar 1980",
    "D:20210902103000+02'00'",
    "Tabel: 10 180 1 1 90",
    # Surnames and first names inside or beside other words
    "Bornholm og Stockholm har svaret.",
    "Holmens Kanal ligger i København.",
    "På holmen står et træ.",
    "Vi gik en tur ud på en holm i søen.",
    "B o r n h o l m",
    "Nørgaardsvej er spærret.",
    "En ny gård i byen",
    "Kjærlighed staves kærlighed.",
    "Samiraen er et ord, der ikke findes.",
    "Christiansborg",
    "Holmsgade og Holmestien er gader.",
    "sag-ira og sam-arbejde, sam. Ira, sam / ira",
    "Søren Holmberg og Yusufovic",
    # Numbers in words, and figures with letters
    "To, tre eller fire børn og fem voksne",
    "en to tre fire fem seks syv otte ni ti",
    "nul en nul en otte en nul nul nul otte",
    "tyve tredive fyrre tres",
    "Serie O1B2C3, model 10l0, rum l2-O",
    "180101000 stykker",
    "50 % af 2021 %20 af %C3",
    # Initials, streets, cities
    "SNHO er en forkortelse.",
    "Åløkkevej 124",
    "Åløkkevej 13",
    "Åløkkevej nr. 120",
    "Åløkkevej tretten",
    "112 Åløkkevej",
    "Ny Åløkkevej 1",
    "Bakkegade 3, 9990 Lindehøj",
    "9990 Lindehøj",
    "Vestre Sønder Bakkegade 33",
    # Words that also stand in an account, but fewer than seven in a row
    "Politiet har udstedt et tilhold, men det er ikke den sag, vi taler om.",
    "Hun har tre gange siden januar skrevet til kommunen.",
    "opsøgt skolen tre gange og har siden januar truet hende foran børnene",
    "Han søgte om overtagelse i maj, men vi afviste det.",
    "info@example.dk",
    "2021-0256547-1",
    "481 ansøgninger, 299 godkendelser og 182 afslag",
    "LBK nr. 1146 af 22. juni 2020",
    "https://www.retsinformation.dk/eli/lta/2020/1146",
]


def _errors(findings):
    return [finding for finding in findings if finding.sure]


@pytest.mark.parametrize("text", INNOCENT)
def test_an_innocent_text_is_no_error(text):
    files = {
        "letter.txt": text.encode(),
        "letter.docx": docx_carriers.PLANTS["visible text"](text)[1],
        "header.docx": docx_carriers.PLANTS["header"](text)[1],
        "properties.docx": docx_carriers.PLANTS["core property"](text)[1],
        "letter.pdf": pdf_carriers.PLANTS["visible text"](text)[1],
        "tagged.pdf": pdf_carriers.PLANTS["actual text"](text)[1],
    }
    assert _errors(guard(files, SECRETS, own_case_number="2021-0256547-1")) == []


def test_enough_innocent_texts(capsys):
    count = len(set(INNOCENT))
    with capsys.disabled():
        print(f"\ninnocent near-misses: {count}, each in 6 files")
    assert count >= 60


def test_the_own_case_number_is_no_leak():
    people = Secrets.from_people([Person("p", case_numbers=("2021-0256547-1", "2021-0256547"))])
    letter = {"letter.txt": b"Sagsnr. 2021-0256547-1"}
    assert guard(letter, people, own_case_number="2021-0256547-1") == ()
    assert _errors(guard(letter, people, own_case_number="2021-0256547-2"))


def test_the_short_number_of_the_own_case_is_a_leak_elsewhere():
    people = Secrets.from_people([Person("p", case_numbers=("2021-0256547",))])
    letter = {"letter.txt": b"Sagsnr. 2021-0256547-1\n\nSe sag 2021-0256547."}
    (finding,) = guard(letter, people, own_case_number="2021-0256547-1")
    assert finding.where == "text, line 3"


RUN = "opsøgt hende foran skolen og truet hende, mens børnene så på"


def test_words_of_the_inquiry_are_no_leak():
    letter = {"letter.txt": f"I skriver, at nogen har {RUN}.".encode()}
    assert _errors(guard(letter, SECRETS))
    assert guard(letter, SECRETS, innocent_texts=[f"En mand har\n{RUN.upper()}."]) == ()


def test_words_beyond_the_inquiry_are_a_leak():
    letter = {"letter.txt": f"Ægtefællen har tre gange siden januar {RUN}.".encode()}
    assert _errors(guard(letter, SECRETS, innocent_texts=[RUN]))


def test_an_allowed_word_may_stand_alone_but_not_in_the_name():
    street = {"letter.txt": b"Holm Alle 5 ligger i byen."}
    assert _errors(guard(street, SECRETS))
    word = [Allowed("Holm", "gadenavn")]
    assert guard(street, SECRETS, allowed=word) == ()
    assert _errors(guard({"letter.txt": "Samira Nørgaard Holm".encode()}, SECRETS, allowed=word))


def test_an_allowed_phrase_does_not_allow_the_word():
    phrase = [Allowed("Holm Allé", "gadenavn")]
    assert guard({"letter.txt": "Vi bor på Holm Allé 5.".encode()}, SECRETS, allowed=phrase) == ()
    assert _errors(guard({"letter.txt": "Holm bor på Holm Allé 5.".encode()}, SECRETS, allowed=phrase))


def test_a_whole_name_a_number_or_an_address_cannot_be_allowed():
    for text in ("Samira Nørgaard Holm", "010180-0008", "Åløkkevej 12", "2021-0100001-1"):
        assert _errors(guard({"letter.txt": text.encode()}, SECRETS, allowed=[Allowed(text, "ønske")]))


def test_a_recipient_who_is_in_the_appendix_may_be_addressed():
    name = "Samira Nørgaard Holm"
    address = f"{name}\nÅløkkevej 12, 2. th\n9990 Lindehøj\n\nKære {name}\n\nTak for henvendelsen."
    found = guard({"letter.txt": address.encode()}, SECRETS, recipients=[name])
    assert {finding.kind for finding in found} == {"name", "address"}
    assert _errors(found) == []
    assert _errors(guard({"letter.txt": address.encode()}, SECRETS, recipients=["Anden Modtager"]))


def test_a_recipient_is_no_excuse_inside_the_letter_or_its_properties():
    name = "Samira Nørgaard Holm"
    told = f"Vi har lagt vægt på, at {name} har arbejde her."
    assert _errors(guard({"letter.txt": told.encode()}, SECRETS, recipients=[name]))
    titled = dict([docx_carriers.PLANTS["core property"](name)])
    assert _errors(guard(titled, SECRETS, recipients=[name]))


@pytest.mark.parametrize("text", ["en tur i skoven og på skov", "SKOVEN", "vind og skov"])
def test_an_ordinary_word_in_lower_case_is_at_most_a_warning(text):
    people = Secrets.from_people([Person("p", names=("Ida Skov",))])
    assert _errors(guard({"letter.txt": text.encode()}, people)) == []
    assert _errors(guard({"letter.txt": b"Fru Skov"}, people))


def test_a_word_that_the_library_writes_in_lower_case_is_ordinary():
    people = Secrets.from_people([Person("p", names=("Ida Bolig",))])
    letter = {"letter.txt": b"vi finder en bolig til jer"}
    assert _errors(guard(letter, people))
    (finding,) = guard(letter, people, innocent_texts=["Kommunen anviser en bolig."])
    assert not finding.sure


def test_initials_and_names_of_two_letters_are_warnings():
    people = Secrets.from_people([Person("p", names=("Bo Kjeldgaard",))])
    found = guard({"letter.txt": b"B.K. og Bo har svaret; her kan man bo."}, people)
    assert [(finding.kind, finding.sure) for finding in found] == [("name-part", False), ("initials", False)]
