"""Which language a text is in: py3langid for articles, a few small words for questions."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Any, Final

_CODES: Final = (
    "ar bg ca cs da de el en es fa fi fr he hi hu it ja ko nl pl pt ro ru sv tr uk vi zh"
)
LANGUAGES: Final = frozenset(_CODES.split())
SURE: Final = 0.5  # keywords in French: right 90 % at 0.3, 95 % at 0.5, 97 % at 0.7 (Russian -4)
ENOUGH_WORDS: Final = 0.4  # of the words, where a letter is of none of the seven languages
LAST_LATIN: Final = "\u024f"
ENOUGH: Final = 2000  # characters; more of an article does not change the verdict
# Words that questions are made of. A word that two of these languages share is in both lists, so
# that it decides nothing between them.
_WORDS: Final = {
    "fr": "qui que qu quoi quel quelle quels quelles combien quand où ou comment pourquoi lequel "
    "est ce le la les l d de des du un une et à au aux en dans par pour sur avec a t il "
    "elle ils elles on y se s n ne pas plus été sont était ont son sa ses leur leurs cette "
    "ces selon entre moi donne donnez liste dis c j je tu vous nous sans après avant depuis "
    "contre fait font",
    "en": "who whom whose what which when where why how many much long old is are was were be "
    "been did does do done has have had the of to in on at for from by with about after "
    "before and or not an a it its he she his her they their that this there according can "
    "could will would into than me give show list all say said tell between during",
    "de": "wer wen wem wessen was welche welcher welches welchem welchen wann wo wohin woher "
    "warum wieso weshalb wie viel viele wieviel wieviele ist sind war waren wird wurde "
    "wurden werden hat haben hatte der die das den dem des ein eine einen einem einer eines "
    "und oder in im am an auf aus bei mit nach von vom vor zu zum zur für über durch laut "
    "es er sie sich nicht noch als gibt gib mir alle zeige liste kann soll ihr ihre sein "
    "seine",
    "es": "quién quien quiénes qué que cuál cual cuáles cuándo cuando cuánto cuánta cuántos "
    "cuántas cuantos dónde donde cómo como por según es son fue fueron era ha han el la los "
    "las un una unos de del al a en y o con para sin sobre se su sus lo le les no más entre "
    "desde hasta tiene tienen hay dame está están muestra todos todas",
    "it": "chi che cosa quale qual quali quando quanto quanta quanti quante dove come perché "
    "secondo è sono era erano fu stato stata ha hanno il lo la i gli le l un uno una di del "
    "dello della dei degli delle dell a al alla ai dal dalla da nel nella nell in con su "
    "sul sulla per tra fra e o si non più suo sua c d cui dammi mostra tutti tutte elenca "
    "ed",
    "pt": "quem que qual quais quando quanto quanta quantos quantas onde como porque por segundo "
    "é são foi foram era eram está tem têm o a os as um uma uns de do da dos das ao à aos "
    "em no na nos nas com para pelo pela pelos sem sobre se seu sua seus e ou não mais "
    "entre há me dê mostre todos todas quê ele ela",
    "nl": "wie wat welk welke wanneer waar waarom hoe hoeveel is zijn was waren werd werden wordt "
    "worden heeft hebben had de het een van in op aan bij met naar voor door uit over te "
    "ten om en of er niet nog als dat die volgens zich ook geef mij alle toon lijst haar "
    "hun kan deze tot",
}  # fmt: skip
_LANGUAGES_OF: Final = {
    word: frozenset(language for language, words in _WORDS.items() if word in words.split())
    for words in _WORDS.values()
    for word in words.split()
}
_WORD = re.compile(r"[^\W\d_]+")
# Letters that only one of the seven languages writes, as strong as a word.
_LETTERS: Final = {
    "fr": frozenset("œçêîûëù"), "de": frozenset("ß"), "es": frozenset("ñ¿¡"),
    "pt": frozenset("ãõ"), "it": frozenset("ìò"),
}  # fmt: skip
# Of other languages in Latin script: the words decide only if there are many, a name may hold one.
_OTHER_LETTERS: Final = frozenset("ățșşţłżźśćńąęőűğıčřůěžšđåøðþ")
# The scripts that tell a language by themselves, first and last letter; Han alone is Chinese.
_SCRIPTS: Final = (
    ("ja", "\u3041", "\u30ff"), ("ko", "\uac00", "\ud7a3"), ("zh", "\u4e00", "\u9fff"),
    ("he", "\u05d0", "\u05ea"), ("el", "\u0370", "\u03ff"), ("hi", "\u0900", "\u097f"),
)  # fmt: skip
_CODE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9_-]{1,20})?", re.IGNORECASE)


def normalised(given: str | None) -> str | None:
    """The language of a code: "fr-FR" -> "fr"; None when it is no ISO 639-1 code."""
    found = _CODE.fullmatch((given or "").strip())
    return found.group(1).lower() if found else None


def detect(text: str) -> str:
    """ISO 639-1, of those that the encoder was trained on."""
    language, _ = _identifier().classify(text[:ENOUGH])
    return str(language)


def question_language(text: str, fallback: str = "fr") -> str:
    """Of a short question; py3langid, slow to load, is asked only where words and script fail."""
    letters = [letter for letter in text if letter.isalpha()]
    foreign = sum(letter > LAST_LATIN for letter in letters)
    if 2 * foreign > len(letters):
        return _by_script(letters) or detect(text)
    best = _by_words(text.lower())
    if len(best) == 1:
        return best[0]
    return _likeliest(text, best, fallback) if letters else fallback


def _by_words(lowered: str) -> list[str]:
    """Those of the seven languages that most of the little words belong to; none if too few do."""
    words = _WORD.findall(lowered)
    matches = Counter(
        language for word in words for language in _LANGUAGES_OF.get(word, frozenset())
    )
    matches.update(
        language for language, letters in _LETTERS.items() if not letters.isdisjoint(lowered)
    )
    most = max(matches.values(), default=0)
    if not _OTHER_LETTERS.isdisjoint(lowered) and most < ENOUGH_WORDS * len(words):
        return []
    return [language for language, count in matches.items() if count == most]


def _by_script(letters: list[str]) -> str | None:
    for language, first, last in _SCRIPTS:
        if any(first <= letter <= last for letter in letters):
            return language
    return None


def _likeliest(text: str, among: list[str], fallback: str) -> str:
    """What py3langid holds likeliest among these; among all, only if it is sure enough."""
    ranked = _identifier().rank(text)
    if among:
        return next((language for language, _ in ranked if language in among), fallback)
    language, probability = ranked[0]
    return str(language) if probability >= SURE else fallback


@lru_cache(maxsize=1)
def _identifier() -> Any:  # noqa: ANN401 - it ships no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
