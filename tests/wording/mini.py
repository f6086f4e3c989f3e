"""A small wording library for tests, written to a directory; each test changes the file it is about."""

from __future__ import annotations

from pathlib import Path

from letters.case.read import ReadCase, read_case
from letters.document.model import Letter, Status
from letters.wording.compose import Composer
from letters.wording.load import load_library

FILES = {
    "bibliotek.yaml": """\
language: da
labels:
  date: Dato
  case_number: Sagsnummer
  unit: Afdeling
  contact: Kontakt
  phone: Telefon
  email: E-mail
  page: "Side {page} af {pages}"
  draft: UDKAST
  draft_notice: "UDKAST. Brevet er ikke endeligt."
""",
    "ordliste.yaml": """\
terms:
  program:
    title: Programmet
    source: prøve
    verified: true
    versions:
      - from: 2020-01-01
        text: gammelt program
        forms: {bestemt: det gamle program}
      - from: 2025-01-01
        text: nyt program
        forms: {bestemt: det nye program}
      - from: 2025-01-01
        regimes: [overgang]
        text: gammelt program
        forms: {bestemt: det gamle program}
regimes:
  overgang: {title: Overgangsregel, source: prøve}
""",
    "klageveje.yaml": """\
routes:
  almindelig:
    title: Almindelig
    versions:
      - {from: 2020-01-01, body: Nævnet, basis: "prøvelovens § 9", deadline: 4 uger}
  bolig:
    title: Bolig
    versions:
      - {from: 2020-01-01, body: Boligrådet, basis: "prøvelovens § 10", deadline: 4 uger}
""",
    "brevpapir/enkel/afsender.yaml": """\
authority: Lindehøj Kommune
logo_alt: Lindehøj Kommunes mærke
return_address: Lindehøj Kommune, Rådhustorvet 1, 9990 Lindehøj
profiles:
  afdeling:
    unit: Afdelingen for prøver
    address: [Rådhustorvet 1, 9990 Lindehøj]
    phone: 99 90 00 00
    email: proever@lindehoej.example
""",
    "standardtekster/underskrift.md": """\
---
title: Underskrift
lead: signature
---
Med venlig hilsen

{{ signatory.name }}\\
{{ signatory.title }}
""",
    "standardtekster/klage.md": """\
---
title: Klage
sections:
  Klage: guidance
---
## Klage

{% for route in routes %}
{{ Du }} kan klage til {{ route.body }} inden {{ route.deadline }}.

{% endfor %}
""",
    "proeve/sagstype.yaml": """\
code: proeve
title: Prøvesag
matters: [decision, hearing]
wordings: {granted: ja, rejected: nej, hearing: hoering}
assessment: [rejected]
parts:
  hoved: {title: hovedsagen, route: almindelig}
  bolig: {title: boligen, route: bolig}
fields:
  town: {type: text, title: Byen, required: true, example: Lindehøj}
  amount: {type: kroner, title: Beløb, required: false}
  count: {type: number, title: Antal, required: false}
  day: {type: date, title: Dag, required: false}
  way: {type: choice, title: Måde, required: false, choices: {by-car: i bil, on-foot: til fods}}
grounds_order: [vejen, venner]
""",
    "proeve/ja.md": """\
---
title: Godkendelse
lead: result
---
# Vi siger ja til {{ dig }}

{{ Du }} får ja i {{ facts.town }} fra den {{ decision.effective|dato }}.

{% include "standardtekster/underskrift" %}
""",
    "proeve/nej.md": """\
---
title: Afslag
lead: result
sections:
  Begrundelse: reasons
---
# Vi siger nej til {{ dig }}

Kære {{ recipients|navne }}

{{ Du }} får ikke {{ ord.program }} i **{{ facts.town }}**.

## Begrundelse

{% for reason in reasons %}
{% include reason.wording %}
{% endfor %}

{{ assessment }}

{% include "standardtekster/klage" %}
{% include "standardtekster/underskrift" %}
""",
    "proeve/hoering.md": """\
---
title: Høring
lead: hearing
---
# Vi hører {{ dig }}

Skriv til os senest den {{ hearing.deadline|dato }}.

{% include "standardtekster/underskrift" %}
""",
    "proeve/grunde/venner.md": """\
---
title: Venner
outcomes: [rejected]
part: hoved
provision: prøvelovens § 1
discretionary: true
lead: reasons
fields:
  network: {type: text, title: Netværk, required: true, example: venner}
---
### Venner

{{ Du }} har {{ reason.facts.network }} i {{ facts.town }}.

{{ reason.considerations }}
""",
    "proeve/grunde/vejen.md": """\
---
title: Vejen
outcomes: [rejected]
part: bolig
provision: prøvelovens § 2
discretionary: false
lead: reasons
fields: {}
---
### Vejen

Vejen er lang.
""",
    "svar/sagstype.yaml": """\
code: svar
title: Svar
matters: [reply]
wordings: {reply: svar}
""",
    "svar/svar.md": """\
---
title: Svar på henvendelse
lead: opening
sections:
  Spørgsmål: questions
  Svar: answers
---
# Svar om {{ inquiry.about }}

## Spørgsmål

{{ spoergsmaal }}

## Svar

{% for svar in svarene %}
### Ad {{ svar.numre|liste }}:

{{ svar.tekst }}

{% endfor %}
{% include "standardtekster/underskrift" %}
""",
}

REJECTION = """\
matter: decision
case_type: proeve
outcome: rejected
case_number: "2026-1"
date: 2026-03-02
sender: afdeling
recipients:
  - name: Amal Haddad
    address: {street: Lindevej 12, postcode: "9990", city: Lindehøj}
application: {received: 2026-02-02}
facts: {town: Lindehøj}
reasons:
  - ground: venner
    facts: {network: gode venner}
    considerations: Vi har lagt vægt på afstanden.
  - ground: vejen
hearing: {status: not-needed, why: alle oplysninger er partens egne}
assessment: Samlet set er svaret nej.
signatory: {name: Bo Lund, title: Sagsbehandler}
"""

REPLY = """\
matter: reply
case_type: svar
case_number: "2026-2"
date: 2026-03-02
sender: afdeling
recipients:
  - name: Karen Holt
inquiry: {date: 2026-02-02, about: prøver}
questions:
  - text: Hvor mange?
    answer: Der er 12.
signatory: {name: Bo Lund, title: Sagsbehandler}
"""


def write_library(root: Path, changes: dict[str, str] | None = None) -> Path:
    """Write the library; a change of "" leaves a file out."""
    for name, text in {**FILES, **(changes or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text:
            path.write_text(text, encoding="utf-8")
    return root


def composer(root: Path, changes: dict[str, str] | None = None) -> Composer:
    return Composer(load_library(write_library(root, changes)))


def read(made: Composer, case: str, name: str = "sag.yaml") -> ReadCase:
    return read_case(case.encode(), name, made.library.spec())


def letter(made: Composer, case: str, status: Status = Status.FINAL) -> Letter:
    case_read = read(made, case)
    return made.compose(case_read.case, status, case_read.places.place).letter
