"""Languages as Word knows them: its proofing tools and voices want a region."""

from __future__ import annotations

#: BCP 47 without a region -> with the region that Word has a dictionary for.
_REGIONS = {
    "ar": "ar-SA",
    "da": "da-DK",
    "de": "de-DE",
    "en": "en-GB",
    "es": "es-ES",
    "fa": "fa-IR",
    "fi": "fi-FI",
    "fo": "fo-FO",
    "fr": "fr-FR",
    "is": "is-IS",
    "it": "it-IT",
    "kl": "kl-GL",
    "nb": "nb-NO",
    "nl": "nl-NL",
    "pl": "pl-PL",
    "ro": "ro-RO",
    "ru": "ru-RU",
    "so": "so-SO",
    "sv": "sv-SE",
    "tr": "tr-TR",
    "uk": "uk-UA",
    "vi": "vi-VN",
}


def with_region(language: str) -> str:
    """A language with its region; as it stands when it has one or Word has none for it."""
    return _REGIONS.get(language, language)
