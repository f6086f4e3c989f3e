import pytest
from hypothesis import given
from strategies import letters, unhurried

from letters.document import BULLET, load, words
from letters.render.text import render_text

HEAD = "title T\nstatus final\ndate 2021-09-02\nletterhead l\nlanguage da\nsender S\npage-label P\nlogo L\n"


def drawn(body, slots=""):
    return render_text(load(f"{HEAD}{slots}\nsection reasons\n{body}"))


@unhurried
@given(letters())
def test_the_text_says_the_words_of_the_letter(letter):
    text = render_text(letter)
    assert without_bullets(text.split()) == without_bullets(words(letter))
    assert text.endswith("\n")
    assert not text.endswith("\n\n") or text == "\n"
    assert "\u00a0" not in text
    assert all(line == line.rstrip() for line in text.split("\n"))


def without_bullets(some_words):
    return [word for word in some_words if word != BULLET]


def test_a_letter_in_full():
    slots = """\
notice UDKAST
mark UDKAST
running 2021-1
return-line Lindehøj Kommune, 9990 Lindehøj
address
  line Amal Noor
  line Lindevej 12
fact Dato
  line 2. september 2021
fact Sagsnummer
  line 2021-0256547-1
fact
  line Jobcentret
  line Integration
heading Afslag på overtagelse
"""
    body = """\
  # Begrundelse
  ¶ Du har venner i kommunen.
  ## Loven
  ¶ Vi har {*set} på {>https://www.ft.dk|§~18}.
section signature
  signature
    greeting Venlig hilsen
    line Mette Lind
    line Afdelingsleder
"""
    assert (
        drawn(body, slots)
        == """\
UDKAST

Lindehøj Kommune, 9990 Lindehøj

Amal Noor
Lindevej 12

Dato        2. september 2021
Sagsnummer  2021-0256547-1
            Jobcentret
            Integration


Afslag på overtagelse


Begrundelse

Du har venner i kommunen.

Loven

Vi har set på § 18.

Venlig hilsen

Mette Lind
Afdelingsleder
"""
    )


def test_lists_hang_behind_their_labels():
    body = f"""\
  list decimal
    item 9
      ¶ {"ord " * 25}
    item 10
      ¶ Kort
      list parent-letter
        item 1
          ¶ Under
        item 2
          ¶ Mere{{/}}linje
  list bullet
    item
      ¶ Et
    item
      ¶ To
  list literal
    item 0 Ad 1:
      ¶ Svar
    item 0 Spørgsmål om noget langt:
      ¶ Svar
"""
    assert (
        drawn(body)
        == f"""\
9.   {" ".join(["ord"] * 18)}
     {" ".join(["ord"] * 7)}

10.  Kort

     10a.  Under
     10b.  Mere
           linje

•  Et
•  To

Ad 1:  Svar
Spørgsmål om noget langt:
       Svar
"""
    )


def test_a_table_stands_in_columns():
    body = """\
  table
    column left Afgørelse
    column right Antal
    | Godkendt | 299 |
    | Afslag | 1.182 |
    | I alt | |
"""
    with pytest.raises(Exception, match="malformed"):
        drawn(body)
    assert (
        drawn(body.replace("| |", "|  |"))
        == """\
Afgørelse  Antal
Godkendt     299
Afslag     1.182
I alt
"""
    )


def test_a_table_too_wide_keeps_its_word_order():
    body = f"""\
  table
    column left Grund
    column left Forklaring
    | Netværk | {"venner " * 12}|
    | By | Stor |
"""
    assert (
        drawn(body)
        == """\
Grund
    Forklaring

Netværk
    venner venner venner venner venner venner venner venner venner venner
    venner venner

By
    Stor
"""
    )


def test_a_quote_is_set_in():
    assert drawn("  ¶ Du skrev:\n  quote\n    ¶ Jeg vil flytte.\n    ¶ Snart.\n") == (
        "Du skrev:\n\n    Jeg vil flytte.\n\n    Snart.\n"
    )


def test_nothing_breaks_inside_words_or_at_what_is_held():
    long = "x" * 100
    held = "ord " * 19 + "§~18"
    assert drawn(f"  ¶ se {long} her\n") == f"se\n{long}\nher\n"
    assert drawn(f"  ¶ {held}\n") == " ".join(["ord"] * 19) + "\n§ 18\n"
    assert drawn("  ¶ " + "a-b" * 40 + "\n") == "a-b" * 40 + "\n"


@pytest.mark.parametrize("text", ["* # _ [x](y) <b>", "1. juli 2021", "a  - b"])
def test_plain_text_is_not_markup(text):
    assert drawn(f"  ¶ {text}\n").split() == text.split()
