"""Real cases for runs: decisions that differ in everything that is special to a person."""

import json
import random
import re

from tables_of import ROOT

FIRST = "Amal Bo Cille Dorte Eskild Frode Gerda Hjalmar Inga Jens Karen Lone Mads Niels Oksana Rune Søren Åse"
LAST = (
    "Æbelø Brandt Damgård Eriksen Frost Gråbæk Holm Iversen Juhl Kragh Lund Melnyk Nørgaard Riis Skov Ørsted"
)
STREETS = "Engvej Stationsgade Parkvænget Åvænget Møllebakken Skolegade Byvej Lærkestien"
#: Stands in each secret, with the number of its case.
MARK = re.compile(r"zq(\d{5})w", re.IGNORECASE)


def case_of(number, seed=6):
    """A case, and the secrets that stand in its letter and nowhere else: name, street, number, account."""
    rng = random.Random(f"{seed}-{number}")  # noqa: S311 - the same each time
    mark = f"zq{number:05}w"
    name = f"{rng.choice(FIRST.split())} {mark.capitalize()} {rng.choice(LAST.split())}"
    street = f"{rng.choice(STREETS.split())} {mark} {rng.randrange(1, 99)}"
    work = f"{mark.upper()} Værksted"
    weighed = f"sygdommen {mark}"
    wish = f"du har fået arbejde hos {work}"
    weighed = f"Vi har lagt vægt på det, som du har fortalt om {weighed}."
    case = {
        "matter": "decision",
        "case_type": "integrationsansvar",
        "outcome": "granted",
        "case_number": f"2026-{mark}-{number}",
        "date": "2026-03-26",
        "sender": "jobcenter-integration",
        "recipients": [
            {"name": name, "address": {"street": street, "postcode": "9992", "city": "Sønderkær"}}
        ],
        "application": {"received": "2026-03-02"},
        "facts": {"from_municipality": "Sønderkær Kommune"},
        "reasons": [{"ground": "frivillig", "facts": {"background": wish}, "considerations": weighed}],
        "decision": {"effective": "2026-04-01"},
        "delivery": {"channel": "digital-post"},
        "signatory": {"name": "Mette Kragelund", "title": "Integrationskonsulent"},
    }
    return case, (name, street, case["case_number"], work, f"sygdommen {mark}")


def table_of(folder, count):
    """JSON Lines of so many cases."""
    path = folder / "sager.jsonl"
    lines = [json.dumps(case_of(number)[0], ensure_ascii=False) for number in range(1, count + 1)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


TEMPLATES = ROOT / "templates" / "da"
