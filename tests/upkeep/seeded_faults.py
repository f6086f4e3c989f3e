# ruff: noqa: E501 - a fault a line
"""Sixty faults that people who own the wording make, each a small change of the shipped library.

Each says which file it is in, where a problem must point, and which codes count as finding it. They were written
from what goes wrong in offices, not from what the checks look for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

IA, AI, ST, SV = "integrationsansvar", "aktindsigt", "standardtekster", "besvarelse"
G = f"{IA}/grunde"


@dataclass(frozen=True)
class Fault:
    """A fault.

    Attributes:
        edits: file -> (old, new) texts, each there exactly once.
        at: the file in which it must be found, and words of the line; "" for the file as a whole.
        codes: what it may be called.
        files: new files: name -> text.
        moved: file -> its new name; "" takes it away.
    """

    name: str
    at: tuple[str, str]
    codes: tuple[str, ...]
    edits: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)

    @property
    def touched(self) -> set[str]:
        return {*self.edits, *self.files, *self.moved}

    def plant(self, library: Path) -> None:
        for name, changes in self.edits.items():
            path = library / name
            text = path.read_text("utf-8")
            for old, new in changes:
                assert text.count(old) == 1, (self.name, old, text.count(old))
                text = text.replace(old, new)
            path.write_text(text, "utf-8")
        for name, text in self.files.items():
            (library / name).write_text(text, "utf-8")
        for name, new in self.moved.items():
            if new:
                (library / name).rename(library / new)
            else:
                (library / name).unlink()


def edit(name: str, file: str, old: str, new: str, at: str, *codes: str) -> Fault:
    """A change of one place, found in the same file."""
    return Fault(name, (file, at), codes, {file: [(old, new)]})


CLAUSE = "---\ntitle: {title}\nlead: {lead}\n---\n\n{text}\n"

FAULTS = [
    # Syntax
    edit("an if without its endif", f"{IA}/regler.md", "{% endfor %}", "{% endfor %}\n{% if flere %}\nAlle.", "", "template.syntax"),
    edit("braces that do not close", f"{G}/netvaerk.md", "{{ reason.facts.network }}", "{{ reason.facts.network }", "reason.facts.network", "template.syntax"),
    edit("a tag that the language lacks", f"{ST}/kontakt.md", "## Kontakt os\n", "## Kontakt os\n\n{% macro x() %}{% endmacro %}", "macro", "template.forbidden"),
    edit("a call", f"{G}/storby.md", "{{ reason.facts.wish }}", "{{ reason.facts.wish.upper() }}", "upper", "template.forbidden"),
    edit("a filter that does not exist", f"{IA}/naeste-skridt.md", "{{ decision.effective|dato }}", "{{ decision.effective|date }}", "|date", "template.syntax"),
    edit("HTML", f"{IA}/uden-godkendelse.md", "Undervisningen i dansk fortsætter.", "Undervisningen <u>i dansk</u> fortsætter.", "<u>", "template.markdown"),
    edit("a picture", f"{ST}/samlet-vurdering.md", "{{ assessment }}", "![logo](logo.png)\n\n{{ assessment }}", "logo.png", "template.markdown"),
    # Names
    edit("a misspelt field of the case type", f"{IA}/naeste-skridt.md", "facts.from_municipality", "facts.from_municipalty", "municipalty", "template.undefined"),
    edit("a field of another ground", f"{G}/jobmuligheder.md", "reason.facts.expectation", "reason.facts.wish", "reason.facts.wish", "template.undefined"),
    edit("a misspelt column", f"{AI}/dokumenter.md", "{% elif dokument.decision.kode ==", "{% elif dokument.descision.kode ==", "descision", "template.undefined"),
    edit("a variable of a loop outside of it", f"{ST}/synspunkter.md", "{{ view.answer }}\n\n{% endfor %}", "{% endfor %}\n\n{{ view.answer }}", "view.answer", "template.undefined"),
    edit("a misspelt term", f"{IA}/regler.md", "ord.program.bestemt", "ord.programmet.bestemt", "programmet", "template.undefined"),
    edit("a form that the term lacks", f"{IA}/uden-godkendelse.md", "ord.ydelse.bestemt", "ord.ydelse.flertal", "flertal", "template.undefined"),
    edit("a name of the sender that one department lacks", f"{ST}/underskrift.md", "{{ afsender.unit }}", "{{ afsender.unit }}\\\n{{ afsender.fax }}", "fax", "template.undefined", "template.sometimes-undefined"),
    edit("a name of Python", f"{ST}/hilsen.md", "{{ recipients|navne }}", "{{ recipients.__class__ }}", "__class__", "template.undefined"),
    edit("what only replies have, in a decision", f"{AI}/fuld.md", '{% include "aktindsigt/loven" %}', "Henvendelsen handler om {{ inquiry.about }}.", "inquiry.about", "template.always-missing", "template.undefined"),
    edit("what a case may leave out", f"{AI}/udlevering.md", "{% if facts.handover %}\nDokumenterne {{ facts.handover }}.\n{% endif %}", "Dokumenterne {{ facts.handover }}.", "facts.handover", "template.empty-value"),
    edit("a group that a case may leave out", f"{IA}/delvis.md", "{% include \"standardtekster/kontakt\" %}", "Fuldmagten er {{ representative.basis }}.\n\n{% include \"standardtekster/kontakt\" %}", "representative.basis", "template.maybe-missing"),
    edit("a reply to the hearing that may not have come", f"{ST}/sagens-gang.md", "{% if hearing.reply %}og vi modtog {{ dit }} svar den {{ hearing.reply|dato }}{% else %}men vi har ikke modtaget noget svar{% endif %}", "og vi modtog svaret den {{ hearing.reply|dato }}", "hearing.reply", "template.maybe-missing"),
    edit("a date without a filter", f"{IA}/partshoering.md", "{{ application.received|dato }}", "{{ application.received }}", "application.received", "template.not-text"),
    edit("a number through the filter of dates", f"{AI}/grunde/ressourcer.md", "{{ reason.facts.hours|antal }}", "{{ reason.facts.hours|dato }}", "hours|dato", "template.wrong-filter"),
    edit("a list printed as it is", f"{ST}/hilsen.md", "{{ recipients|navne }}", "{{ recipients }}", "recipients", "template.not-text"),
    edit("a loop over a text", f"{ST}/repraesentant.md", "{% if representative %}", "{% for x in parten %}{{ dig }}{% endfor %}\n{% if representative %}", "for x in parten", "template.not-a-list"),
    edit("a name that is set and never used", f"{IA}/godkendelse.md", "{% if show.title %}", "{% set kommune = afsender.authority %}\n{% if show.title %}", "set kommune", "template.unused-name"),
    # Branches
    edit("an outcome in Danish", f"{IA}/partshoering.md", '{% if outcome == "rejected" %}', '{% if outcome == "afslag" %}', '"afslag"', "template.impossible-value"),
    edit("a ground that does not exist", f"{IA}/afslag.md", 'reason.ground == "ikke-frivillig"', 'reason.ground == "frivilligt"', "frivilligt", "template.impossible-value"),
    edit("a choice that the field lacks", f"{AI}/loven.md", 'facts.act.kode == "fvl"', 'facts.act.kode == "forvaltningsloven"', "facts.act.kode", "template.impossible-value"),
    edit("the same test twice", f"{ST}/sagens-gang.md", '{% elif hearing.status == "not-needed" %}', '{% elif hearing.status == "held" %}', "elif", "template.unreachable"),
    edit("an else after every value", f"{ST}/sagens-gang.md", "{% else %}\nVi har ikke holdt partshøring, fordi", '{% elif hearing.status == "exception" %}\nVi har ikke holdt partshøring, fordi {{ hearing.why }}.\n{% else %}\nPartshøring er sket.\n\nVi har ikke holdt partshøring, fordi', "Partshøring er sket", "template.unreachable", "template.undefined"),
    edit("a constant condition", f"{IA}/uden-godkendelse.md", "Undervisningen i dansk fortsætter.", "{% if false %}\nUndervisningen i dansk fortsætter.\n{% endif %}", "{% if false %}", "template.constant-condition", "template.unreachable"),
    edit("a test of what is always there", f"{G}/storby.md", "{{ reason.considerations }}", "{% if reason.facts.wish %}\n{{ reason.considerations }}\n{% else %}\nDu har ikke oplyst en grund.\n{% endif %}", "Du har ikke oplyst", "template.unreachable", "template.considerations-not-printed"),
    edit("a fact that the ground does not have", f"{G}/trusler.md", "{% if reason.considerations %}", "{% if reason.facts.police is defined %}\nPolitiet kender sagen.\n{% endif %}\n\n{% if reason.considerations %}", "police", "template.unreachable", "template.undefined"),
    edit("a condition inside its opposite", f"{ST}/repraesentant.md", "Vi skriver til", "{% if not representative %}Vi skriver til parten.{% endif %}\nVi skriver til", "not representative", "template.unreachable"),
    # Missing and unused
    edit("an include of nothing", f"{IA}/godkendelse.md", "standardtekster/kontakt", "standardtekster/kontakt-os", "kontakt-os", "template.include-missing"),
    Fault("a clause that was deleted", (f"{AI}/afslag.md", "aktindsigt/vurdering"), ("template.include-missing",), moved={f"{AI}/vurdering.md": ""}),
    Fault("a ground that was deleted", (f"{IA}/sagstype.yaml", "grounds_order"), ("library.unknown-name",), moved={f"{G}/storby.md": ""}),
    edit("a ground without a place in the order", f"{AI}/sagstype.yaml", "  - kalender\n", "", "grounds_order", "library.ground-order"),
    Fault("a clause that nothing includes", (f"{IA}/gammel.md", ""), ("template.unused",), files={f"{IA}/gammel.md": CLAUSE.format(title="Gammel", lead="practical", text="Flyt først, når du har fået svar.")}),
    edit("a field that is asked for and never printed", f"{IA}/sagstype.yaml", "# Grundene skrives", "  phone:\n    type: text\n    title: Telefon\n# Grundene skrives", "phone", "template.field-unused"),
    edit("a fact of a ground that is never printed", f"{G}/dokumentation.md", " om {{ reason.facts.documents }}", "", "documents", "template.field-unused"),
    Fault("a field that is tested and never printed", (f"{AI}/sagstype.yaml", "delay"), ("template.field-unused",), {f"{AI}/behandling.md": [(", fordi {{ facts.delay }}", "")]}),
    edit("a term that no text uses", "ordliste.yaml", "  ydelse:\n", "  borger:\n    title: x\n    source: x\n    verified: true\n    versions:\n      - {from: 2020-01-01, text: borger}\n  ydelse:\n", "borger", "library.term-unused"),
    Fault("a ground that no sample rests on", (f"{G}/alder.md", ""), ("template.ground-unsampled",), {f"{IA}/sagstype.yaml": [("  - storby\n", "  - storby\n  - alder\n")]}, {f"{G}/alder.md": "---\ntitle: Alder\noutcomes: [rejected]\npart: overtagelse\nprovision: integrationslovens § 18, stk. 2\ndiscretionary: false\nlead: reasons\nfields: {}\n---\n\n### Alder\n\nAlder er ikke nok efter integrationslovens § 18, stk. 2.\n"}),
    Fault("a circle of includes", (f"{IA}/regler.md", "uden-godkendelse"), ("template.circle",), {f"{IA}/regler.md": [("## Regler\n", '## Regler\n\n{% include "integrationsansvar/uden-godkendelse" %}\n')], f"{IA}/uden-godkendelse.md": [("Undervisningen i dansk", '{% include "integrationsansvar/regler" %}\n\nUndervisningen i dansk')]}),
    # Dates
    Fault("a letter renamed to a date instead of copied", (f"{AI}/fuld@2027-01-01.md", ""), ("library.version-gap",), moved={f"{AI}/fuld.md": f"{AI}/fuld@2027-01-01.md"}),
    Fault("a clause renamed to a date instead of copied", (f"{SV}/svar.md", "underskrift-svar"), ("template.include-gap",), moved={f"{ST}/underskrift-svar.md": f"{ST}/underskrift-svar@2027-01-01.md"}),
    edit("a term that begins too late", "ordliste.yaml", "      - from: 2020-01-01\n        text: selvforsørgelses- og hjemrejseprogram eller introduktionsprogram\n        forms:\n          bestemt: selvforsørgelses- og hjemrejseprogrammet eller introduktionsprogrammet\n      - from: 2025-01-01\n        text: introduktionsprogram\n", "      - from: 2025-01-01\n        text: introduktionsprogram\n", "program", "library.version-gap"),
    edit("two versions of a term on one day", "ordliste.yaml", "      - from: 2025-07-01\n", "      - from: 2020-01-01\n", "ydelse", "library.version-overlap"),
    edit("a gap between two texts of an act", "love/integrationsloven.yaml", "    from: 2020-06-22\n    eli", "    from: 2020-09-22\n    eli", "LBK", "law.version-gap"),
    # Law
    edit("a paragraph that does not exist", f"{G}/netvaerk.md", "nok efter integrationslovens § 18, stk. 2.", "nok efter integrationslovens § 18, stk. 7.", "stk. 7", "law.no-such-place"),
    edit("an act that nobody knows", f"{IA}/naeste-skridt.md", "integrationslovens § 19", "integrationslovgivningslovens § 19", "lovgivningslovens", "law.unknown-act"),
    edit("a basis in the head that does not exist", f"{G}/frivillig.md", "provision: integrationslovens § 18, stk. 1", "provision: integrationslovens § 18, stk. 9", "provision", "law.no-such-place"),
    edit("a text of the law that was replaced", f"{IA}/regler.md", "Integrationslovens § 18 handler", "Integrationslovens § 18, jf. lovbekendtgørelse nr. 1 af 1. januar 2020, handler", "nr. 1 af", "law.repealed", "law.not-in-force"),
    # What the law asks of a letter
    edit("a rejection without complaint guidance", f"{IA}/afslag.md", '{% include "standardtekster/klagevejledning" %}\n\n', "", "", "template.guidance-missing"),
    edit("complaint guidance under a condition", f"{AI}/delvis.md", '{% include "aktindsigt/klagevejledning" %}', '{% if views %}\n{% include "aktindsigt/klagevejledning" %}\n{% endif %}', "", "template.guidance-missing"),
    edit("complaint guidance in a hearing", f"{IA}/partshoering.md", '{% include "standardtekster/kontakt" %}', '{% include "standardtekster/klagevejledning" %}\n\n{% include "standardtekster/kontakt" %}', "", "template.guidance-forbidden"),
    Fault("the guidance's section with a wrong role", (f"{AI}/afslag.md", ""), ("template.guidance-missing",), {f"{AI}/klagevejledning.md": [(": guidance", ": practical")]}),
    edit("main considerations that are not printed", f"{G}/ikke-frivillig.md", "\n{{ reason.considerations }}\n", "", "", "template.considerations-not-printed"),
    # Words
    edit("a place left open", f"{IA}/uden-godkendelse.md", "Tilbud i programmet", "Tilbud i programmet [indsæt hvilke]", "indsæt", "template.placeholder", "letter.leftover"),
    edit("a note that was left", f"{AI}/grunde/kalender.md", "### ", "TODO: spørg Lise\n\n### ", "TODO", "letter.leftover", "language.drafting-note"),
    edit("a sentence of forty words", f"{ST}/kontakt.md", "## Kontakt os\n", "## Kontakt os\n\nHvis noget i brevet er uklart, eller hvis der er forhold, som kommunen ikke har taget med i sin vurdering af sagen, kan man altid henvende sig til afdelingen, som derefter vil se på oplysningerne igen og vende tilbage med et svar.\n", "Hvis noget i brevet", "language.long-sentence"),
    edit("a word twice", f"{G}/chikane-lokalt.md", "Det tager vi alvorligt.", "Det tager vi vi alvorligt.", "vi vi", "language.doubled-word"),
    edit("a citation as nobody writes it", f"{G}/ingen-boliganvisning.md", "jf. integrationslovens § 18, stk. 3", "jfr. integrationslovens §18, stk.3", "§18", "language.citation-form"),
    edit("a dated word written out", f"{IA}/naeste-skridt.md", "en kontrakt om programmet", "en kontrakt om introduktionsprogrammet", "introduktionsprogrammet", "template.term-written"),
]  # fmt: skip
