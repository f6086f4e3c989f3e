"""A small library, built by hand, that the tests of the case room read against."""

from __future__ import annotations

from letters.case.spec import CaseTypeSpec, FieldSpec, FieldType, GroundSpec, LibrarySpec, Matter, Outcome

ALL = frozenset(Outcome)
AGAINST = frozenset({Outcome.REJECTED, Outcome.PARTLY_GRANTED})


def _fields(*specs: FieldSpec) -> dict[str, FieldSpec]:
    return {spec.name: spec for spec in specs}


def _ground(code, outcomes, *specs, discretionary=False, part="sted", only=None):
    return GroundSpec(
        code,
        f"Grunden {code}",
        frozenset(outcomes),
        part,
        "havelovens § 2",
        discretionary,
        _fields(*specs),
        only or {},
    )


DAMAGES = FieldSpec(
    "damages",
    FieldType.ROWS,
    "Skaderne",
    columns=_fields(
        FieldSpec("thing", FieldType.TEXT, "Ting", example="hegnet"),
        FieldSpec("seen", FieldType.DATE, "Set den", required=False),
        FieldSpec("state", FieldType.CHOICE, "Tilstand", choices={"broken": "itu", "gone": "væk"}),
        FieldSpec("price", FieldType.KRONER, "Pris", required=False),
    ),
)


GARDEN = CaseTypeSpec(
    code="kolonihave",
    title="Tildeling af kolonihave",
    matters=frozenset({Matter.DECISION, Matter.HEARING}),
    outcomes=ALL,
    fields=_fields(
        FieldSpec("garden", FieldType.TEXT, "Havens navn", example="Lindehøj Nord, have 12"),
        FieldSpec("area", FieldType.NUMBER, "Areal i kvadratmeter", required=False, example="240"),
        FieldSpec(
            "kind",
            FieldType.CHOICE,
            "Ansøgningens art",
            required=False,
            choices={"ny": "ny ansøgning", "bytte": "bytte"},
        ),
    ),
    grounds={
        g.code: g
        for g in (
            _ground(
                "venteliste",
                AGAINST,
                FieldSpec("place", FieldType.NUMBER, "Plads på ventelisten", example="17"),
                FieldSpec("since", FieldType.DATE, "På ventelisten siden", example="2020-05-04"),
            ),
            _ground(
                "restance",
                AGAINST,
                FieldSpec("amount", FieldType.KRONER, "Skyldigt beløb", example="1234.50"),
                FieldSpec("reminded", FieldType.YES_NO, "Rykker sendt", example="ja"),
                FieldSpec(
                    "kind",
                    FieldType.CHOICE,
                    "Hvad der skyldes",
                    choices={"leje": "leje", "vand": "vandafgift"},
                ),
                FieldSpec("months", FieldType.TEXTS, "Måneder", required=False, example="juni 2021"),
                discretionary=True,
            ),
            _ground(
                "naboer", ALL, FieldSpec("account", FieldType.PROSE, "Hvad der skete"), discretionary=True
            ),
            _ground("ledig", {Outcome.GRANTED}, part="tid"),
            _ground("skader", AGAINST, DAMAGES),
            _ground("sent", AGAINST, part="tid", only={"kind": frozenset({"ny"})}),
        )
    },
    parts={"sted": "Havens sted", "tid": "Tidspunktet"},
    assessment=frozenset({Outcome.REJECTED}),
)

ANSWERS = CaseTypeSpec(
    code="besvarelse",
    title="Besvarelse",
    matters=frozenset({Matter.REPLY}),
    outcomes=frozenset(),
    fields={},
    grounds={},
    parts={},
    assessment=frozenset(),
)

LIBRARY = LibrarySpec(
    case_types={spec.code: spec for spec in (GARDEN, ANSWERS)},
    senders=frozenset({"haver", "sekretariat"}),
    regimes=frozenset({"overgang-2020"}),
)
