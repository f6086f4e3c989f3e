"""Where the example cases are, and what else the tests of the command line share."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"
REJECTION = FIXTURES / "integrationsansvar" / "02-afslag-en-grund.yaml"
REPLY = FIXTURES / "besvarelse" / "03-et-spoergsmaal.yaml"
LOCALE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
