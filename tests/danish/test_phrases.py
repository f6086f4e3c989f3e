import pytest

from letters.danish import ejefald, liste, stort


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Amal", "Amals"),
        ("Jobcentret Lindehøj", "Jobcentret Lindehøjs"),
        ("Lars", "Lars'"),
        ("Alex", "Alex'"),
        ("Aziz", "Aziz'"),
        ("KL", "KL's"),
        ("Foreningen EU", "Foreningen EU's"),
        ("SAS", "SAS'"),
        ("Lind A/S", "Lind A/S'"),
        ("AMAL NOOR", "AMAL NOORs"),
        ("Anna B.", "Anna B.s"),
        ("Christian 4.", "Christian 4.s"),
        ("Afdeling 2", "Afdeling 2's"),
        ("»Ny Start«", "»Ny Start«s"),
        ('"Venners"', '"Venners"\''),
        ("Lindehøj (Nord)", "Lindehøj (Nord)s"),
        ("Rene\u0301", "Rene\u0301s"),
        ("Ali ", "Alis"),
    ],
)
def test_the_genitive_follows_the_spelling_dictionary(name, genitive):
    assert ejefald(name) == genitive


@pytest.mark.parametrize("name", ["", "  ", "()"])
def test_nothing_has_no_genitive(name):
    with pytest.raises(ValueError, match="blank"):
        ejefald(name)


def test_a_list_reads_as_a_sentence():
    assert liste(["a"]) == "a"
    assert liste(["a", "b"]) == "a og b"
    assert liste(["a", "b", "c"]) == "a, b og c"


def test_an_empty_list_is_refused():
    with pytest.raises(ValueError, match="empty"):
        liste([])


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("økonomi", "Økonomi"),
        ("(se her)", "(Se her)"),
        ("KL", "KL"),
        ("3 sager", "3 sager"),
        ("", ""),
        ("»", "»"),
    ],
)
def test_only_the_first_letter_changes(text, capital):
    assert stort(text) == capital
