"""Two invented people of an appendix, and every way their secrets are planted in tests."""

from letters.secrecy.secrets import Kind, Person, Secrets

ONE = "person 1 (appendix bilag-1)"
TWO = "person 2 (appendix bilag-1)"

ACCOUNT = (
    "Ægtefællen har tre gange siden januar opsøgt hende foran skolen og truet hende, mens børnene så på. "
    "Politiet har udstedt et tilhold, men hun føler sig fortsat ikke tryg i kommunen. Hendes læge skriver, "
    "at hun sover dårligt og ikke længere kan passe sin praktik på plejehjemmet ved søen."
)
OTHER_ACCOUNT = (
    "Han søgte om overtagelse i maj, fordi hans bror har et bageri og vil ansætte ham på fuld tid. "
    "Den første kommune svarede ikke på tre henvendelser, og kontrakten faldt derfor bort igen."
)

PEOPLE = (
    Person(
        ONE,
        names=("Samira Nørgaard Holm",),
        cpr="010180-0008",
        addresses=("Åløkkevej 12, 2. th",),
        phones=("20 30 40 50",),
        emails=("samira.n@example.dk",),
        case_numbers=("2021-0100001-1",),
        accounts=(ACCOUNT,),
    ),
    Person(
        TWO,
        names=("Yusuf Kjær-Aagesen",),
        cpr="211062-5629",
        addresses=("Sønder Bakkegade 3",),
        phones=("+45 11 22 33 44",),
        emails=("yusuf@example.org",),
        case_numbers=("21/98765",),
        accounts=(OTHER_ACCOUNT,),
    ),
)
SECRETS = Secrets.from_people(PEOPLE)

#: One plain leak of each kind: what is written, and what must be reported.
LEAKS = {
    "name": ("Samira Nørgaard Holm", Kind.NAME, ONE),
    "surname": ("Aagesen", Kind.NAME_PART, TWO),
    "genitive": ("Nørgaards", Kind.NAME_PART, ONE),
    "cpr": ("010180-0008", Kind.CPR, ONE),
    "cpr-bare": ("2110625629", Kind.CPR, TWO),
    "birth-date": ("1. januar 1980", Kind.BIRTH_DATE, ONE),
    "birth-date-figures": ("21.10.1962", Kind.BIRTH_DATE, TWO),
    "address": ("Åløkkevej 12", Kind.ADDRESS, ONE),
    "phone": ("+45 20304050", Kind.PHONE, ONE),
    "email": ("yusuf@example.org", Kind.EMAIL, TWO),
    "case-number": ("2021-0100001-1", Kind.CASE_NUMBER, ONE),
    "account": ("har tre gange siden januar opsøgt hende foran skolen", Kind.ACCOUNT_RUN, ONE),
}
