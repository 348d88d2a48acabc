"""Language detection of a prompt from its script and function words."""

from __future__ import annotations

import unicodedata
from collections import Counter

__all__ = ["foreign_language"]

_SCRIPTS = (
    ("HIRAGANA", "Japanese"), ("KATAKANA", "Japanese"), ("HANGUL", "Korean"), ("CJK", "Chinese"),
    ("CYRILLIC", "Russian or another language in Cyrillic letters"),
    ("ARABIC", "Arabic"), ("GREEK", "Greek"),
    ("HEBREW", "Hebrew"), ("DEVANAGARI", "Hindi"), ("THAI", "Thai"), ("BENGALI", "Bengali"),
    ("TAMIL", "Tamil"),
)  # fmt: skip
"""Languages by Unicode name prefix of their letters; Japanese, which also uses CJK, precedes Chinese."""

_SMALL_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "German": (
            "der die das den dem des ein eine einen einem einer und auf mit zu zum zur im ins ist sind "
            "nicht bitte stelle stell lege leg nimm bringe bring raume raum hole hol tisch tasse kuche "
            "schlafzimmer wohnzimmer ohne uber unter neben vom beim offne schliesse stuhle zwei drei"
        ),
        "Spanish": (
            "el la los las un una unos unas y en con del al sobre por para pon ponga coloca coge toma "
            "lleva trae abre cierra taza mesa cocina habitacion dormitorio sin esta dos tres encima junto "
            "de que silla sillas"
        ),
        "French": (
            "le la les un une des du et en avec sur sous dans au aux mets mettez pose posez prends prenez "
            "ouvre ouvrez ferme tasse chambre cuisine salon sans est deux trois sont a cote je voudrais "
            "de que chaise"
        ),
        "Italian": (
            "il lo la i gli le un uno una e con del della sul sulla nel nella metti prendi apri chiudi "
            "tazza tavolo cucina camera senza due tre di che per sedia poggia"
        ),
        "Portuguese": (
            "o os as um uma e com do da dos das no na nos nas em sobre coloque pegue abra feche xicara "
            "mesa cozinha quarto sem dois duas para cadeira ponha caneca"
        ),
        "Dutch": (
            "het een en van op met naar zet leg pak breng kopje tafel keuken slaapkamer zonder twee drie "
            "naast onder uit is niet de stoel"
        ),
        "Polish": (
            "na w z i do postaw poloz wez kubek stol kuchnia bez dwa trzy obok pod otworz zamknij przynies"
        ),
        "Swedish": "och pa med en ett till stall lagg ta koppen bordet kok utan tva bredvid under i det den",
        "Turkish": "bir ve ile masa masanin ustune koy bardak bardagi al ac kapat mutfak oda yatak",
        "Czech": "na do se je a poloz vezmi hrnek stul kuchyn bez dva tri vedle pod otevri zavri",
        "Vietnamese": "dat coc len ban va trong mot hai phong bep ngu cai lay mo",
        "Indonesian": "letakkan di atas meja dan ambil buka cangkir dapur kamar sebuah dengan yang ke",
    }.items()
}
"""Function words and household nouns of other languages, without accents."""

_ENGLISH = frozenset(
    "the a an on in and with of to put place at is are for from into onto by it no or its as do i me".split()
)
_SHARED_WORDS = frozenset("a an on in as do i me is no at under all".split())
_LATIN_SHARE = 0.5
"""Least share of Latin letters in a text that may be English."""


def foreign_language(text: str, words: list[str], known: set[str]) -> str:
    """Return the language of a text, or an empty string if it is English.

    Args:
        text: text as written.
        words: its words, in lower case and without accents.
        known: those of `words` that are known English nouns and verbs.

    Example:
        >>> text = "Stelle die Tasse auf den Tisch"
        >>> foreign_language(text, text.lower().split(), set())
        'German'
    """
    letters = [unicodedata.name(char, "") for char in text if char.isalpha()]
    for name, language in _SCRIPTS:
        if any(letter.startswith(name) for letter in letters):
            return language
    if letters and sum("LATIN" in letter for letter in letters) < _LATIN_SHARE * len(letters):
        return "another language"
    english = sum(word in _ENGLISH or word in known for word in words)
    votes = Counter(
        {
            language: sum(word in small for word in words if word not in _SHARED_WORDS)
            for language, small in _SMALL_WORDS.items()
        }
    )
    language, found = votes.most_common(1)[0]
    if found >= 2 and found > english:
        return language
    return language if found and not english else ""
