"""Checks that look quickly first, or remember what they judged: they find what the plain ones find."""

from __future__ import annotations

import datetime as dt
import random
import re

from broken_letters import register

from letters.checks.citations import _SLIP
from letters.checks.letter import _LEFTOVER
from letters.checks.slips import _SLIPS
from letters.law.acts import Register
from letters.law.citation import Citation
from letters.law.find import parse
from letters.law.judge import Judged, judge
from letters.law.judged_before import JudgedBefore

PIECES = [
    *("02/09-2021", "2.9.2021", "2021-09-02", "1,234.5", "1,234,567", "12.5 kr", "3.1 %", "det det"),
    *("den Den", "og  i", "sagen.Vi", "ja,nej", "slut .", "NB!", "TODO", "xx", "XXX", "**", "??"),
    *("Note til sagsbehandler", "lorem ipsum", "{navn}", "<dato>", "indsæt navn", "slet her"),
    *("02. september", "2 Maj", "den 3. juni", "a", "æ", "Å", "7", "12", ".", ",", " ", " ", "\n", "-", "/"),
    *("kr.", "(", "jf.", "jvf.", "§12", "stk.2", "nr.4", "{{", "}}", "{%", "[ ]", "()", "None", "nan"),
    *("NaN", "finans", "TODOs", "aXX"),
]
PLAIN_LEFTOVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|#\}|\[\s*\]|\(\s*\)|\bTODO\b|\bXX+\b|\b(?:None|nan|NaN)\b"
)
PLAIN_SLIP = re.compile(r"\b(?:jfr|jvf)\.|§\d+|\b(?:stk|nr)\.\d+")


def lines(count: int) -> list[str]:
    choose = random.Random(5)  # noqa: S311 - the same each time
    return ["".join(choose.choices(PIECES, k=choose.randrange(1, 9))) for _ in range(count)]


def test_a_slip_is_looked_for_wherever_it_may_stand() -> None:
    found = {slip.pattern: 0 for slip in _SLIPS}
    for text in lines(12_000):
        together = f"Vi skriver.\n{text}\nog mere"
        for slip in _SLIPS:
            if slip.pattern.search(text):
                found[slip.pattern] += 1
                assert slip.may_stand_in(together, together.lower()), (slip.code, text)
    assert min(found.values()) > 20, found


def test_a_usual_text_is_looked_through_for_hardly_any_slip() -> None:
    text = "Kommunen har behandlet 481 ansøgninger siden juni 2017.\nHar du spørgsmål, kan du ringe til os."
    assert [slip.code for slip in _SLIPS if slip.may_stand_in(text, text.lower())] == []


def test_leftovers_and_slips_of_citations_are_found_as_by_the_plain_patterns() -> None:
    for text in lines(12_000):
        for quick, plain in ((_LEFTOVER, PLAIN_LEFTOVER), (_SLIP, PLAIN_SLIP)):
            assert [m.span() for m in quick.finditer(text)] == [m.span() for m in plain.finditer(text)], text


# What was judged before

TEXTS = (
    "Se integrationslovens § 18, stk. 2, nr. 1, jf. § 19.",
    "Se forvaltningslovens § 9 a, stk. 2, og lovens § 22.",
    "Se § 18 i lov om integration af udlændinge i Danmark (integrationsloven), jf. lovbekendtgørelse nr. 1094"
    " af 7. oktober 2014.",
    "Der er ingen henvisning her.",
    "Se den ukendte lovs § 3 og fravalgslovens § 1.",
)
DAYS = (dt.date(2015, 1, 1), dt.date(2021, 9, 2), dt.date(2026, 3, 12))


def plainly(text: str, day: dt.date, regime: str | None, **others: object) -> tuple[Judged, ...]:
    return judge(text, Register(register().acts), day, regime=regime, **others)  # type: ignore[arg-type]


def test_a_text_judged_before_is_judged_the_same_on_every_date_and_regime() -> None:
    ours = Register(register().acts)
    regimes = (None, *sorted(ours.regimes))
    differ = set()
    for _ in range(2):
        for text in TEXTS:
            for day in DAYS:
                for regime in regimes:
                    told = judge(text, ours, day, regime=regime)
                    assert told == plainly(text, day, regime)
                    differ.add((text, tuple(one.verdict.status for one in told)))
    assert len(differ) > len(TEXTS)
    assert len(ours.judged_before) == len(TEXTS) * len(DAYS) * len(regimes)


def test_law_that_a_case_declares_of_another_date_is_not_taken_from_before() -> None:
    ours = Register(register().acts)
    text, day, then = TEXTS[1], DAYS[1], DAYS[2]
    cited: Citation = parse("forvaltningslovens § 9 a, stk. 2", ours.known)
    usual = judge(text, ours, day)
    declared = judge(text, ours, day, as_of={cited: then})
    assert declared == plainly(text, day, None, as_of={cited: then}) != usual
    assert judge(text, ours, day) == usual


def test_another_register_judges_for_itself() -> None:
    known, empty = Register(register().acts), Register(())
    assert judge(TEXTS[0], known, DAYS[2]) != judge(TEXTS[0], empty, DAYS[2])


def test_of_a_text_only_a_digest_is_kept_and_only_so_many() -> None:
    ours = Register(register().acts)
    judge("Amal Haddad bor på Lindevej 12.", ours, DAYS[2])
    assert "Amal" not in repr(ours.judged_before._known)
    assert "Lindevej" not in repr(ours.judged_before._known)

    few = JudgedBefore[int](3)
    first = few.key("0")
    for number in range(9):
        few.add(few.key(str(number)), (number,))
        few.find(first)
    assert [few.find(few.key(str(n))) for n in (0, 6, 7, 8)] == [(0,), None, (7,), (8,)]
    few.add(few.key("many"), (1,) * 100)
    assert few.find(few.key("many")) is None
