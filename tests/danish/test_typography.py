import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from letters.danish import no_breaks, year_dashes

NBSP = "\u00a0"


@pytest.mark.parametrize(
    "marked",
    [
        "integrationslovens §~18, stk.~2, nr.~3, litra~b, 2.~pkt.",
        "§~18~a og §§~22-24",
        "§§~18 og 19",
        "§§~58~a-58~c",
        "§~14 i lov om",
        "§~43~i, stk.~1",
        "(§~18)",
        "stk.~2 og 3",
        "stk.~2 siger",
        "litra~a-d",
        "1. og 2.~pkt.",
        "2.-4.~pkt.",
        "kapitel~3~a",
        "Kapitel~3",
        "afsnit~IV",
        "databeskyttelsesforordningens artikel~9, stk.~1",
        "kl.~10.30 den 13.~august 2021 på",
        "13.~august.",
        "fra 13.~august til 1.~september 2021",
        "lov nr.~145 af 25.~marts 2002",
        "481~ansøgninger",
        "(1.234~ansøgninger)",
        "10-12~uger",
        "3,5~mio.~kr.",
        "10~kr.",
        "1.234,50~kr.",
        "5~%",
        "f.~eks. og bl.~a. m.~v.",
        "d.~v.~s.",
        "siden 2017 søgte",
        "2017-2021 blev",
        "sag 2021-0256547-1 lukkes",
        "481 og 299",
        "481 Ansøgninger",
        "Lindevej 12, 3.~th",
        "ring 99~90~10~00 alle dage fra klokken~8 til 15.",
        "intet at holde",
    ],
)
def test_what_belongs_together_is_held_together(marked):
    assert no_breaks(marked.replace("~", " ")) == marked.replace("~", NBSP)


words = st.one_of(
    st.sampled_from(["§", "18", "a", "stk.", "2.", "pkt.", "august", "481", "f.", "eks.", "", "\n", "("]),
    st.text(max_size=5),
)


@given(st.lists(words, max_size=12).map(" ".join))
@example("§ ( a")
def test_only_spaces_change(text):
    held = no_breaks(text)
    assert held.replace(NBSP, " ") == text.replace(NBSP, " ")
    assert len(held) == len(text)
    assert no_breaks(held) == held


@pytest.mark.parametrize("piece", ["1.234", "§ 18 ", "1-", "((", " ", "a", "2017-2018", "12.", "\u00a0"])
def test_the_time_is_in_proportion_to_the_text(piece):
    def seconds(n):
        text = piece * n
        started = time.process_time()
        year_dashes(no_breaks(text))
        return time.process_time() - started

    # Eight times the text; squared time would be 64 times.
    assert seconds(80_000) < 24 * max(seconds(10_000), 0.002)


@pytest.mark.parametrize(
    ("text", "dashed"),
    [
        ("2017-2021", "2017–2021"),
        ("i 2017-2021.", "i 2017–2021."),
        ("(1999-2002),", "(1999–2002),"),
        ("2021-0256547-1", "2021-0256547-1"),
        ("2017-2021-1", "2017-2021-1"),
        ("2021-09-02", "2021-09-02"),
        ("12017-2021", "12017-2021"),
        ("2017-20210", "2017-20210"),
        ("a-2017-2021", "a-2017-2021"),
        ("1799-1801", "1799-1801"),
        ("2100-2200", "2100-2200"),
        ("2021-2017", "2021-2017"),
        ("1234-5678", "1234-5678"),
        ("https://x.dk/2017-2021", "https://x.dk/2017-2021"),
        ("x.dk/rapport/2017-2021.pdf", "x.dk/rapport/2017-2021.pdf"),
        ("rapport_2017-2021", "rapport_2017-2021"),
    ],
)
def test_ranges_of_years_get_an_en_dash(text, dashed):
    assert year_dashes(text) == dashed
