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
from typing import Final, NamedTuple

import Stemmer
import tantivy

from index.numbers import numbers_in
from index.places import marks

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
# Of a pronoun that is also a country, and a form of "estar" that is half of one: the language where
# it is a function word.
_EXCEPTIONS: Final = {"us": "en", "estados": ""}
# Raised whenever `terms` gives other terms: libraries then make their words again by themselves.
# tests/test_words.py says when.
ANALYSIS: Final = 3
_ELISIONS = {language: frozenset(words.split()) for language, words in ELISIONS.items()}
_SPELLINGS: Final = str.maketrans(
    dict.fromkeys("’ʼ‘′`´＇", "'")
    | dict.fromkeys("‐‑", "-")
    | {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_UNSPACED = r"\u2e80-\u9fff\uf900-\ufaff\u3040-\u30ff\u0e00-\u0e7f"  # Han, kana, Thai
_LETTERS = rf"[^\W_{_UNSPACED}]+"
_TOKEN = re.compile(
    rf"(?P<run>[{_UNSPACED}]+)"
    rf"|(?:\b\w{{1,2}}')?(?P<acronym>\b(?:[^\W\d_]\.)+[^\W\d_]\b(?:\.(?![^\W\d_]))?)"
    rf"|(?P<word>{_LETTERS}(?:['-]{_LETTERS})*)"
)
_WORD = re.compile(r"[^\W\d_]+")
_thread = threading.local()


class Word(NamedTuple):
    """A word of a text in lower case, and what else stands for it: it weighs less in a question."""

    text: str
    others: tuple[str, ...] = ()


class Asked(NamedTuple):
    """The terms of one word of a question, and those of what else stands for it."""

    terms: tuple[str, ...]
    others: tuple[str, ...]


def terms(text: str, language: str) -> list[str]:
    """All the terms of a text in this language (ISO 639-1), in order, stop words left out."""
    found: list[str] = []
    before: tuple[str, ...] = ()
    for word in read(text, language):
        found += word_terms(word.text, language)
        for form in word.others:
            if form not in before:  # what stands for two words together counts once
                found += word_terms(form, language)
        before = word.others
    return found


def asked_words(text: str, language: str, others: tuple[str, ...] = ()) -> list[Asked]:
    """A question's words, each as the terms that it may have in texts of `language` and `others`.

    Only the question's own language says what is a stop word.
    """
    found: dict[Asked, None] = {}
    for word in read(text, language):
        own = _terms_in(word.text, (language, *others))
        if own:
            more = (t for form in word.others for t in _terms_in(form, (language, *others)))
            found[Asked(own, tuple(dict.fromkeys(t for t in more if t not in own)))] = None
    return list(found)


def word_groups(text: str, language: str, others: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """A question's words, each as all the terms that it may be found by."""
    return [asked.terms + asked.others for asked in asked_words(text, language, others)]


def _terms_in(form: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple({t: None for language in languages for t in word_terms(form, language)})


def words(text: str, language: str) -> list[str]:
    """Lower-case words with their accents; elisions, stop words and question words left out."""
    return [word.text for word in read(text, language)]


def read(text: str, language: str) -> list[Word]:
    """The words of a text; a number is one, by its value, a place has its mark beside it."""
    text = unicodedata.normalize("NFKC", text).translate(_SPELLINGS)
    shouted = text.isupper()
    found: list[Word] = []
    at = 0
    for number in numbers_in(text, language):
        found += _plain(text[at : number.start], language, shouted=shouted)
        written = _WORD.findall(text[number.start : number.end].lower())
        names = tuple(word for word in written if not is_stop_word(word, language))
        found.append(Word(format(number.value.normalize(), "f"), names))
        at = number.end
    found += _plain(text[at:], language, shouted=shouted)
    return _with_places(found)


def _plain(text: str, language: str, *, shouted: bool) -> list[Word]:
    """The words of a text without numbers.

    :param shouted: it is all in capitals, which then tell no acronym
    """
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "run":
            run = match[0].lower()
            found += [Word(run[i : i + 2]) for i in range(max(1, len(run) - 1))]
        elif match.lastgroup == "acronym":
            found.append(Word(match["acronym"].replace(".", "").lower()))
        else:
            found += _parts(match[0], language, shouted=shouted)
    return found


@lru_cache(maxsize=200_000)
def _parts(written: str, language: str, *, shouted: bool) -> tuple[Word, ...]:
    """The words of a token with apostrophes and hyphens; "week-end" is also "weekend"."""
    token = written.lower()
    if written.isupper() and token.isalpha() and len(token) > 1 and not shouted:
        return (Word(token),)  # "US", "UN", "WHO" are no function words
    if token.isalpha():
        return () if is_stop_word(token, language) else (Word(token),)
    parts = [word for part in token.split("-") for word in _unelided(part, language)]
    kept = [word for word in parts if not is_stop_word(word, language)]
    joined = ("".join(kept),) if len(kept) > 1 and len(kept) == token.count("-") + 1 else ()
    return tuple(Word(word, joined) for word in kept)


def _with_places(found: list[Word]) -> list[Word]:
    """The words, those that name a place with its mark."""
    for at, mark in enumerate(marks([fold(word.text) for word in found])):
        if mark:
            found[at] = Word(found[at].text, (*found[at].others, mark))
    return found


@lru_cache(maxsize=200_000)
def word_terms(word: str, language: str) -> tuple[str, ...]:
    """The terms of one word: stemmed then without accents, and the other way round."""
    bare = fold(word)
    if not word.isalpha():
        return (bare,)
    spelt = word.translate(_UMLAUTS)
    forms = {bare: None} if spelt == word else {bare: None, fold(spelt): None}
    if language not in SNOWBALL:
        return tuple(forms)
    stem = _stemmer(language).stemWord
    stems = [fold(stem(word)), *map(stem, forms)]
    if language == "pt" and word.endswith(("ões", "oes")):  # no stem of "eleição", as it is
        stems += [fold(stem(f"{word[:-3]}ão")), stem(f"{bare[:-3]}ao")]
    return tuple(dict.fromkeys(stems))


@lru_cache(maxsize=200_000)
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
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word] == language
    return language in STOP_LISTS and not _stop_filter(language).analyze(word)


def _unelided(token: str, language: str) -> list[str]:
    """The parts of a word with apostrophes: "l'armée" -> ["armée"]; "aujourd'hui" stays whole."""
    parts = token.split("'")
    if token == "aujourd'hui" or len(parts) == 1:  # noqa: S105 - a word and no password
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
