"""A case type nobody has thought of, made of files alone: three wordings, two grounds, one act."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from examples import ROOT
from letters.desk import Desk
from letters.document.model import Status
from letters.problems import Problem
from letters.render.pdf import DEFAULT_FONT_DIRS
from letters.render.text import render_text

ACT = """\
name: strandloven
title: lov om ophold på kommunale strande
source: opdigtet til prøven
verified: true
versions:
  - {kind: LOV, number: 77, date: 2024-03-01, from: 2024-04-01,
     eli: "https://www.retsinformation.dk/eli/lta/2024/77", source: opdigtet, verified: true}
provisions:
  - {at: § 3, meaning: Kommunen kan give lov til at sætte en sauna op, closed: [nr.], discretionary: true,
     source: opdigtet, verified: true}
  - {at: "§ 3, stk. 1", meaning: Hensyn til naturen, discretionary: true, source: opdigtet, verified: true}
  - {at: "§ 3, stk. 2", meaning: Hensyn til badende, discretionary: true, source: opdigtet, verified: true}
  - {at: § 9, meaning: Klage, source: opdigtet, verified: true}
"""
ROUTE = """\
  strand:
    title: Strandsager
    versions:
      - from: 2024-04-01
        body: Strandnævnet
        basis: strandlovens § 9
        procedure: strandlovens § 9
        deadline: 4 uger
        deadline_basis: strandlovens § 9
        reassessment: 4 uger
        competence: retlige spørgsmål
"""
CASE_TYPE = """\
code: strandsauna
title: Tilladelse til sauna på stranden (strandlovens § 3)
matters: [decision]
wordings: {granted: tilladelse, rejected: afslag}
assessment: [rejected]
parts:
  sauna: {title: sauna på stranden, route: strand}
fields:
  beach: {type: text, title: Stranden, required: true, example: Nordstranden}
grounds_order: [natur, badende]
"""
REJECTION = """\
---
title: Afslag på sauna
lead: result
sections:
  Begrundelse: reasons
---

{% if show.title %}
# {{ Du }} kan ikke sætte en sauna op

{% endif %}

{% include "standardtekster/hilsen" %}

{{ Du }} må ikke sætte en sauna op på {{ facts.beach }}.

{% include "standardtekster/repraesentant" %}

## Begrundelse

{% for reason in reasons %}
{% include reason.wording %}

{% endfor %}
{% include "standardtekster/samlet-vurdering" %}

{% include "standardtekster/sagens-gang" %}

{% include "strandsauna/regler" %}

{% include "standardtekster/klagevejledning" %}

{% include "standardtekster/underskrift" %}
"""
PERMISSION = """\
---
title: Tilladelse til sauna
lead: result
---

{% if show.title %}
# {{ Du }} kan sætte en sauna op

{% endif %}

{% include "standardtekster/hilsen" %}

{{ Du }} må sætte en sauna op på {{ facts.beach }} fra den {{ decision.effective|dato }}.

{% include "strandsauna/regler" %}

{% include "standardtekster/underskrift" %}
"""
RULES = """\
---
title: Reglerne
sections:
  Regler: law
---

## Regler

Kommunen kan give lov efter strandlovens § 3.
"""
GROUND = """\
---
title: {title}
outcomes: [rejected]
part: sauna
provision: strandlovens § 3, stk. {number}
discretionary: true
lead: reasons
fields:
  what: {{type: text, title: Hvad der skades, required: true, example: klitterne}}
---

### {title}

En sauna vil skade {{{{ reason.facts.what }}}}, jf. strandlovens § 3, stk. {number}.

{{{{ reason.considerations }}}}
"""
CASE = """\
matter: decision
case_type: strandsauna
outcome: rejected
case_number: "2026-0500-1"
date: 2026-03-12
sender: jobcenter-integration
recipients: [{name: Yusuf Abdi Warsame}]
application: {received: 2026-02-09}
facts: {beach: Nordstranden}
reasons:
  - ground: natur
    facts: {what: klitterne}
    considerations: Vi har lagt vægt på, at klitterne er sårbare.
  - ground: badende
    facts: {what: de badendes udsigt}
    considerations: Vi har lagt vægt på, at stranden er smal.
assessment: Vi har set på alle forhold under ét, og der er ikke plads til en sauna netop her.
hearing: {status: not-needed, why: alle oplysninger kommer fra dig selv}
signatory: {name: Mette Kragelund, title: Konsulent}
"""
GRANTED = CASE[: CASE.index("reasons:")].replace("rejected", "granted") + (
    "decision: {effective: 2026-04-01}\nsignatory: {name: Mette Kragelund, title: Konsulent}\n"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped library with a folder, a file of law and a complaint route more."""
    there = tmp_path_factory.mktemp("library") / "da"
    shutil.copytree(ROOT / "templates" / "da", there)
    files = {
        "love/strandloven.yaml": ACT,
        "strandsauna/sagstype.yaml": CASE_TYPE,
        "strandsauna/afslag.md": REJECTION,
        "strandsauna/tilladelse.md": PERMISSION,
        "strandsauna/regler.md": RULES,
        "strandsauna/grunde/natur.md": GROUND.format(title="Naturen", number=1),
        "strandsauna/grunde/badende.md": GROUND.format(title="De badende", number=2),
    }
    for name, text in files.items():
        path = there / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    routes = there / "klageveje.yaml"
    routes.write_text(routes.read_text("utf-8").rstrip("\n") + "\n" + ROUTE, "utf-8")
    return there


def made(library: Path, folder: Path, case: str = CASE) -> tuple[str, list[Problem]]:
    path = folder / "sag.yaml"
    path.write_text(case, "utf-8")
    prepared = Desk(library, DEFAULT_FONT_DIRS).prepare(path, Status.FINAL)
    return render_text(prepared.letter), list(prepared.problems)


@pytest.mark.parametrize("case", [CASE, GRANTED])
def test_a_case_type_of_files_alone_gives_a_lawful_letter(library: Path, tmp_path: Path, case: str) -> None:
    _, problems = made(library, tmp_path, case)
    assert [(p.code, p.text()) for p in problems] == []


def test_its_letter_says_what_the_law_asks_for(library: Path, tmp_path: Path) -> None:
    text, _ = made(library, tmp_path)
    said = " ".join(text.replace("\u00a0", " ").split())
    for words in ("strandlovens § 3, stk. 1", "strandlovens § 3, stk. 2", "Strandnævnet", "inden 4 uger"):
        assert words in said


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("afslag.md", '{% include "standardtekster/klagevejledning" %}', "", "law.guidance-missing"),
        ("afslag.md", '{% include "standardtekster/sagens-gang" %}', "", "law.hearing-missing"),
        ("afslag.md", '{% include "standardtekster/samlet-vurdering" %}', "", "law.assessment-missing"),
        ("afslag.md", "{% include reason.wording %}", "Nej.", "law.ground-missing"),
        ("grunde/natur.md", "{{ reason.considerations }}", "", "law.considerations-missing"),
        ("grunde/natur.md", "{{ reason.facts.what }}", "naturen", "law.facts-missing"),
        ("grunde/natur.md", "strandlovens § 3, stk. 1.", "strandlovens § 3, stk. 1, nr. 4.", "law.unlisted"),
        ("grunde/natur.md", "strandlovens § 3, stk. 1.", "strandlovens § 3, nr. 4.", "law.no-such-place"),
    ],
)
def test_what_somebody_takes_out_of_its_wording_is_missed(
    library: Path, tmp_path: Path, file: str, old: str, new: str, code: str
) -> None:
    edited = tmp_path / "da"
    shutil.copytree(library, edited)
    path = edited / "strandsauna" / file
    source = path.read_text("utf-8")
    head, mark, body = source.partition("---\n\n")
    assert old in body
    path.write_text(head + mark + body.replace(old, new), "utf-8")
    _, problems = made(edited, tmp_path)
    assert code in {problem.code for problem in problems}
