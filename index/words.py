"""Words as a reader matches them: elision, apostrophes, accents, hyphens, numbers, stems.

Done here and not by the search engine, so that every store ranks the same way. A word becomes one
or more *terms*: French "élevées" is found as "elev" (stem, then accents dropped) and by people who
type no accents as "eleve" (accents dropped, then stem). A text's terms are all of them; a
question's words stay grouped, so that a word found both ways does not count twice.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Final

import Stemmer
import tantivy

SNOWBALL: Final = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "fi": "finnish", "fr": "french", "hi": "hindi",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
STOP_LISTS: Final = SNOWBALL.keys() & {
    "da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "pt", "ru", "sv",
}  # fmt: skip
# A question's own words are rare in articles, so they would weigh much and mean nothing.
QUESTION_WORDS: Final = {
    "fr": "qui que quoi quel quelle quels quelles combien quand où comment pourquoi lequel "
    "laquelle lesquels lesquelles puis donc alors selon",
    "en": "who whom whose what which when where why how many much did does do according",
    "de": "wer wen wem wessen was welche welcher welches welchem welchen wann wo wohin woher "
    "warum wieso weshalb wie viel viele wieviel wieviele laut",
    "es": "quién quiénes qué cuál cuáles cuándo cuánto cuánta cuántos cuántas dónde cómo por según",
    "it": "chi che cosa quale quali quando quanto quanta quanti quante dove come perché secondo",
    "pt": "quem que qual quais quando quanto quanta quantos quantas onde como porque segundo",
    "nl": "wie wat welk welke wanneer waar waarom hoe hoeveel volgens",
}
ELISIONS: Final = {
    "fr": "l d j m t s n c qu jusqu lorsqu puisqu quoiqu presqu quelqu entr",
    "it": "l un d c s m t v n dell all dall nell sull coll quell bell sant tutt quest senz com",
    "ca": "l d m n s t",
}
_ELISIONS = {language: frozenset(words.split()) for language, words in ELISIONS.items()}
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘′`´＇", "'") | {"œ": "oe", "æ": "ae", "ß": "ss"})
_GROUPING = {"en": ","}  # between thousands, beside spaces; elsewhere it is the dot
_UNSPACED = r"\u2e80-\u9fff\uf900-\ufaff\u3040-\u30ff\u0e00-\u0e7f"  # Han, kana, Thai
_TOKEN = re.compile(
    rf"(?P<number>\d[\d.,\u0020\u00a0\u2009\u202f']*(?<=\d))|(?P<run>[{_UNSPACED}]+)"
    rf"|(?:\b\w{{1,2}}')?(?P<acronym>\b(?:[^\W\d_]\.){{2,}})|(?P<word>[^\W_{_UNSPACED}]+(?:'[^\W_{_UNSPACED}]+)*)"
)
_thread = threading.local()


def terms(text: str, language: str) -> list[str]:
    """All the terms of a text in this language (ISO 639-1), in order, stop words left out."""
    return [term for word in words(text, language) for term in word_terms(word, language)]


def word_groups(text: str, language: str, others: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """A question's words, each as the terms that it may have in texts of `language` and `others`.

    Only the question's own language says what is a stop word.
    """
    groups = (
        {t: None for lang in (language, *others) for t in word_terms(word, lang)}
        for word in words(text, language)
    )
    return list(dict.fromkeys(tuple(group) for group in groups if group))


def words(text: str, language: str) -> list[str]:
    """Lower-case words with their accents; elisions, stop words and question words left out."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_APOSTROPHES)
    found = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        if match.lastgroup == "number":
            found += numbers(token, language)
        elif match.lastgroup == "run":
            found += [token[i : i + 2] for i in range(max(1, len(token) - 1))]
        elif match.lastgroup == "acronym":
            found.append(match["acronym"].replace(".", ""))
        else:
            found += [w for w in _unelided(token, language) if not is_stop_word(w, language)]
    return found


def numbers(token: str, language: str) -> list[str]:
    """The numbers of a run of digits and separators: "10 000" is one, "2021, 2022" are two.

    >>> numbers("10 000", "fr"), numbers("10,000", "en"), numbers("2,5", "fr")
    (['10000'], ['10000'], ['2.5'])
    """
    group = re.escape(_GROUPING.get(language, "."))
    token = re.sub(rf"(?<!\d)\d{{1,3}}(?:[ '{group}]\d{{3}})+(?!\d)", _joined, token)
    token = re.sub(r"(?<=\d)[.,](?=\d{1,2}(?!\d))", ".", token)
    return [number for number in re.split(r"[^\d.]+|\.(?!\d)", token) if number]


def _joined(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match.group())


@lru_cache(maxsize=200_000)
def word_terms(word: str, language: str) -> tuple[str, ...]:
    """The terms of one word: stemmed then without accents, and the other way round."""
    bare = fold(word)
    if language not in SNOWBALL or not word.isalpha():
        return (bare,)
    stem = _stemmer(language).stemWord
    return tuple(dict.fromkeys((fold(stem(word)), stem(bare))))


def fold(word: str) -> str:
    """The word without accents: "é" -> "e"; letters that are not an accented form stay."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def is_stop_word(word: str, language: str) -> bool:
    """Whether the word says nothing about the subject in this language."""
    if len(word) == 1 and word.isalpha() and word.isascii():
        return True
    if word in QUESTION_WORDS.get(language, "").split():
        return True
    return language in STOP_LISTS and not _stop_filter(language).analyze(word)


def _unelided(token: str, language: str) -> list[str]:
    """The parts of a word with apostrophes: "l'armée" -> ["armée"]; "aujourd'hui" stays whole."""
    parts = token.split("'")
    if token == "aujourd'hui" or len(parts) == 1:  # noqa: S105, a word and no password
        return [token]
    if language == "en":
        return [parts[0]] if parts[-1] in {"s", "t", "re", "ve", "ll", "d", "m"} else parts
    return [part for part in parts if part not in _ELISIONS.get(language, frozenset())]


@lru_cache
def _stop_filter(language: str) -> tantivy.TextAnalyzer:
    """Snowball's list of function words, as tantivy ships it."""
    whole = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    return whole.filter(tantivy.Filter.stopword(SNOWBALL[language])).build()


def _stemmer(language: str) -> Stemmer.Stemmer:
    """A stemmer of this thread's own: PyStemmer's objects must not be shared."""
    stemmers = _thread.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(SNOWBALL[language])
    return stemmers[language]
