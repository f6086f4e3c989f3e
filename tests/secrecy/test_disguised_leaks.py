"""A secret is found however it is written."""

import unicodedata

import pdf_carriers
import pytest
from leak_people import ONE, SECRETS, TWO

from letters.secrecy.guard import guard
from letters.secrecy.secrets import Allowed, Kind, Person, Secrets

DISGUISED = [
    # Names
    ("SAMIRA NØRGAARD HOLM", Kind.NAME, ONE),
    ("samira noergaard holm", Kind.NAME, ONE),
    ("Samira Norgaard Holm", Kind.NAME, ONE),
    ("Samira Nørgård Holm", Kind.NAME, ONE),
    (unicodedata.normalize("NFD", "Samira Nørgård Holm"), Kind.NAME, ONE),
    ("Samira\u00a0Nørgaard\u00a0Holm", Kind.NAME, ONE),
    ("Sam\u00adira Nør\u00adgaard Holm", Kind.NAME, ONE),
    ("Sa\u200bmi\u200dra Nørgaard\u2060 Holm", Kind.NAME, ONE),
    ("Samira Nørgaard-\nHolm", Kind.NAME, ONE),
    ("Sami-\nra Nør‐\r\ngaard Holm", Kind.NAME, ONE),
    ("S a m i r a  N ø r g a a r d  H o l m", Kind.NAME, ONE),
    ("Holm, Samira Nørgaard", Kind.NAME, ONE),
    ("SamiraNørgaardHolm.pdf", Kind.NAME, ONE),
    ("samira_noergaard_holm", Kind.NAME, ONE),
    ("Ｓａｍｉｒａ Ｎørgaard Ｈｏｌｍ", Kind.NAME, ONE),
    ("Sаmirа Nørgааrd Hоlm", Kind.NAME, ONE),  # Cyrillic letters among them
    ("Holms sag", Kind.NAME_PART, ONE),
    ("Holm's sag", Kind.NAME_PART, ONE),
    ("Holm’s sag", Kind.NAME_PART, ONE),
    ("HOLM", Kind.NAME_PART, ONE),
    ("H o l m", Kind.NAME_PART, ONE),
    ("H.o.l.m", Kind.NAME_PART, ONE),
    ("familien Nør-\ngaard", Kind.NAME_PART, ONE),
    ("Kær-Aagesen", Kind.NAME_PART, TWO),
    ("Ågesen", Kind.NAME_PART, TWO),
    ("Holm-sagen", Kind.NAME_PART, ONE),
    ("yusuf", Kind.NAME_PART, TWO),
    ("(Yusuf)", Kind.NAME_PART, TWO),
    ("Yusuf2", Kind.NAME_PART, TWO),
    ("sᴀᴍɪʀᴀ ɴøʀɢᴀᴀʀᴅ ʜᴏʟᴍ", Kind.NAME, ONE),
    ("Ⓢⓐⓜⓘⓡⓐ", Kind.NAME_PART, ONE),
    ("𝓢𝓪𝓶𝓲𝓻𝓪", Kind.NAME_PART, ONE),
    ("Sami\u3164ra", Kind.NAME_PART, ONE),
    ("Yu\u2800suf", Kind.NAME_PART, TWO),
    ("\u202emloH draagrøN arimaS\u202c", Kind.NAME, ONE),
    ("Sam-ira", Kind.NAME_PART, ONE),
    ("Yus_uf", Kind.NAME_PART, TWO),
    ("Sam**ira**", Kind.NAME_PART, ONE),
    ("Holmsagen", Kind.NAME_PART, ONE),
    ("Nørgaardfamilien", Kind.NAME_PART, ONE),
    ("samira%20n%C3%B8rgaard%20holm", Kind.NAME, ONE),
    ("Kj%c3%a6r-Aagesen", Kind.NAME_PART, TWO),
    # CPR numbers
    ("101800008", Kind.CPR, ONE),  # as a spreadsheet keeps it
    ("10180-0008", Kind.CPR, ONE),
    ("O1O18O-OOO8", Kind.CPR, ONE),
    ("0l0l80-0008", Kind.CPR, ONE),
    ("nul en nul en otte nul nul nul nul otte", Kind.CPR, ONE),
    ("Nul-ét, nul-ét, firs - nul-nul, nul-otte", Kind.CPR, ONE),
    ("enogtyve ti toogtres seksoghalvtreds niogtyve", Kind.CPR, TWO),
    ("0101800008", Kind.CPR, ONE),
    ("010180 0008", Kind.CPR, ONE),
    ("01 01 80 00 08", Kind.CPR, ONE),
    ("01.01.80-0008", Kind.CPR, ONE),
    ("01/01/80/0008", Kind.CPR, ONE),
    ("010180\u20110008", Kind.CPR, ONE),
    ("010180–0008", Kind.CPR, ONE),
    ("010180-\n0008", Kind.CPR, ONE),
    ("0 1 0 1 8 0 - 0 0 0 8", Kind.CPR, ONE),
    ("01011980-0008", Kind.CPR, ONE),
    ("CPR0101800008", Kind.CPR, ONE),
    ("٠١٠١٨٠-٠٠٠٨", Kind.CPR, ONE),
    # Birth dates
    ("01.01.1980", Kind.BIRTH_DATE, ONE),
    ("1.1.1980", Kind.BIRTH_DATE, ONE),
    ("1/1-80", Kind.BIRTH_DATE, ONE),
    ("1/1 1980", Kind.BIRTH_DATE, ONE),
    ("01-01-80", Kind.BIRTH_DATE, ONE),
    ("1980-01-01", Kind.BIRTH_DATE, ONE),
    ("1980/01/01", Kind.BIRTH_DATE, ONE),
    ("19800101", Kind.BIRTH_DATE, ONE),
    ("01011980", Kind.BIRTH_DATE, ONE),
    ("010180", Kind.BIRTH_DATE, ONE),
    ("010180-XXXX", Kind.BIRTH_DATE, ONE),
    ("800101", Kind.BIRTH_DATE, ONE),
    ("den 1. januar 1980", Kind.BIRTH_DATE, ONE),
    ("d. 1. jan. 80", Kind.BIRTH_DATE, ONE),
    ("den første januar 1980", Kind.BIRTH_DATE, ONE),
    ("den første i første 1980", Kind.BIRTH_DATE, ONE),
    ("første januar nitten hundrede og firs", Kind.BIRTH_DATE, ONE),
    ("1.I.1980", Kind.BIRTH_DATE, ONE),
    ("January 1, 1980", Kind.BIRTH_DATE, ONE),
    ("1 January 1980", Kind.BIRTH_DATE, ONE),
    ("21. oktober 1962", Kind.BIRTH_DATE, TWO),
    ("21/10-62", Kind.BIRTH_DATE, TWO),
    ("den enogtyvende oktober toogtres", Kind.BIRTH_DATE, TWO),
    ("født 211062", Kind.BIRTH_DATE, TWO),
    ("1ste januar 1980", Kind.BIRTH_DATE, ONE),
    ("January 1st, 1980", Kind.BIRTH_DATE, ONE),
    ("the 1st of January 1980", Kind.BIRTH_DATE, ONE),
    ("the twenty-first of October 1962", Kind.BIRTH_DATE, TWO),
    ("1980, 1. januar", Kind.BIRTH_DATE, ONE),
    ("1962 oktober 21", Kind.BIRTH_DATE, TWO),
    ("den 21de oktbr. 1962", Kind.BIRTH_DATE, TWO),
    # Addresses
    ("Åløkkevej nr. 12", Kind.ADDRESS, ONE),
    ("Åløkkevej nummer 12", Kind.ADDRESS, ONE),
    ("Åløkkevej tolv", Kind.ADDRESS, ONE),
    ("12 Aaloekkevej", Kind.ADDRESS, ONE),
    ("12, Sdr. Bakkegade 3", Kind.ADDRESS, TWO),
    ("Åløkkevej 12", Kind.ADDRESS, ONE),
    ("Aaloekkevej 12, 2. sal th.", Kind.ADDRESS, ONE),
    ("Alokkevej 12", Kind.ADDRESS, ONE),
    ("Åløkkev. 12", Kind.ADDRESS, ONE),
    ("ÅLØKKEVEJ 12A", Kind.ADDRESS, ONE),
    ("Åløkkevej\u00a012", Kind.ADDRESS, ONE),
    ("Sdr. Bakkegade 3", Kind.ADDRESS, TWO),
    ("Sønder\nBakkegade 3", Kind.ADDRESS, TWO),
    # Telephone, e-mail, case numbers
    ("20304050", Kind.PHONE, ONE),
    ("+45 20 30 40 50", Kind.PHONE, ONE),
    ("0045-2030-4050", Kind.PHONE, ONE),
    ("+4520304050", Kind.PHONE, ONE),
    ("11 22 33 44", Kind.PHONE, TWO),
    ("(+45) 11.22.33.44", Kind.PHONE, TWO),
    ("SAMIRA.N@EXAMPLE.DK", Kind.EMAIL, ONE),
    ("samira.n (at) example.dk", Kind.EMAIL, ONE),
    ("samira.n snabela example.dk", Kind.EMAIL, ONE),
    ("samira.n [at] example [dot] dk", Kind.EMAIL, ONE),
    ("samira punktum n snabela example punktum dk", Kind.EMAIL, ONE),
    ("tyve tredive fyrre halvtreds", Kind.PHONE, ONE),
    ("elleve - toogtyve - treogtredive - fireogfyrre", Kind.PHONE, TWO),
    ("sag 2021-0100001", Kind.CASE_NUMBER, ONE),
    ("2021 0100001 1", Kind.CASE_NUMBER, ONE),
    ("2021/0100001-1", Kind.CASE_NUMBER, ONE),
    ("20210100001-1", Kind.CASE_NUMBER, ONE),
    ("sag 21 / 98765", Kind.CASE_NUMBER, TWO),
    # Seven words of an account
    ("HAR TRE GANGE SIDEN JANUAR OPSØGT HENDE", Kind.ACCOUNT_RUN, ONE),
    ("»har tre gange, siden januar: opsøgt hende«", Kind.ACCOUNT_RUN, ONE),
    ("har tre\ngange siden\n\njanuar op-\nsøgt hende", Kind.ACCOUNT_RUN, ONE),
    ("har tre gange siden januar op\u00adsøgt hende", Kind.ACCOUNT_RUN, ONE),
    ("agtefallen har tre gange siden januar opsogt", Kind.ACCOUNT_RUN, ONE),
    ("Aegtefaellen har tre gange siden januar opsoegt", Kind.ACCOUNT_RUN, ONE),
    ("Han søgte om overtagelse i maj, fordi", Kind.ACCOUNT_RUN, TWO),
    ("henvendelser, og kontrakten faldt derfor bort igen.", Kind.ACCOUNT_RUN, TWO),
]


@pytest.mark.parametrize(("written", "kind", "owner"), DISGUISED)
def test_a_disguised_secret_is_found(written, kind, owner):
    findings = guard({"letter.txt": f"Vi skriver om: {written} og slutter.".encode()}, SECRETS)
    assert [f for f in findings if f.sure and f.kind == kind.value and f.owner == owner]


def test_german_spellings_are_found():
    people = Secrets.from_people([Person("p", names=("Jürgen Müller",))])
    for text in ("Mueller", "Muller", "Müllers", "Juergen"):
        assert [f.kind for f in guard({"letter.txt": text.encode()}, people) if f.sure] == ["name-part"]


def test_letters_of_neighbouring_alphabets_in_a_property_of_a_pdf_are_found():
    people = Secrets.from_people([Person("p", names=("Miloš Łęcki",))])
    for text in ("Miloš", "Łęcki"):
        document = dict([pdf_carriers.PLANTS["document property"](text)])
        assert {f.kind for f in guard(document, people) if f.sure} == {"name-part"}


def test_six_words_of_an_account_are_no_finding():
    assert guard({"letter.txt": "har tre gange siden januar opsøgt ham".encode()}, SECRETS) == ()


def test_a_long_passage_is_one_finding():
    text = "Hendes læge skriver, at hun sover dårligt og ikke længere kan passe sin praktik."
    (finding,) = guard({"letter.txt": text.encode()}, SECRETS)
    assert finding.kind == Kind.ACCOUNT_RUN.value


def test_a_name_with_an_apostrophe_is_found():
    people = Secrets.from_people([Person("p", names=("Liam O'Brien",))])
    for text in ("O'Brien", "O’Briens sag", "OBrien", "O Brien"):
        assert [f.kind for f in guard({"letter.txt": text.encode()}, people) if f.sure] == ["name-part"]


def test_another_name_that_ends_alike_is_a_warning():
    people = Secrets.from_people([Person("p", names=("Ali Hansen",))])
    allowed = [Allowed("Hansen", "almindeligt efternavn")]
    (finding,) = guard({"letter.txt": b"Natali Hansen"}, people, allowed=allowed)
    assert not finding.sure
    for text in (b"Ali Hansen", b"brevalihansen.pdf", b"A l i H a n s e n"):
        assert [f for f in guard({"letter.txt": text}, people, allowed=allowed) if f.sure]


def test_a_name_in_another_script_is_found():
    people = Secrets.from_people([Person("p", names=("Амина Садыкова", "أمينة سعيد"))])
    for text in ("Здесь Амина Садыкова", "а м и н а с а д ы к о в а", "أمينة سعيد"):
        assert [f for f in guard({"letter.txt": text.encode()}, people) if f.sure]
