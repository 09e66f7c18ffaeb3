"""Words that stand for what an earlier question named: "il", "sa mère", "là-bas", "its", "there".

A word leans on the conversation unless what it stands for is named before it in its own question
("Pourquoi la crise a-t-elle commencé ?"). Rules over the order of words, in French and English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from index.words import words
from rag.follow_up.antecedents import VERB_FIRST, subject
from rag.follow_up.mentions import mentions

Kind: TypeAlias = Literal["verb", "subject", "object", "possessive", "this", "there", "english"]

# Nobody is meant by these: "y a-t-il", "faut-il", "que s'est-il passé", "qu'en est-il".
_IMPERSONAL = re.compile(
    r"\by (?:a|aura|avait|aurait|eu)\b|\b(?:faut|fallait|faudra|faudrait|pleut|s['’]agit|reste"
    r"|existe|suffit|convient|en est|semble)-(?:t-)?il"
    r"|est-il (?:passé|produit|arrivé|vrai|possible|prévu|question)"
    r"|\bil (?:y a|faut|s['’]agit|pleut|reste|existe|suffit)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?<![\w'’-])(?P<that>(?:qu|s|lorsqu)['’])?(?P<pronoun>ils?|elles?) (?=\w)", re.IGNORECASE
)
_OBJECT = re.compile(  # "qui l'a dessiné", "de quoi l'accusent", "que lui reproche"
    r"(?<![\w'’-])(?:l['’](?:a|ont|avait|avaient|aura|auront)\b(?!-)|l['’](?:a|ont)-"
    r"|(?:qui|quoi|on) (?:l['’]\w+(?:e|ent|ait|it)\b|l[ea]s? \w+ ?\?))"
    r"|\b(?:cela|ça|celui-ci|celle-ci|ceux-ci|celles-ci)\b|^(?:et )?c['’](?:est|était)",
    re.IGNORECASE,
)
_TO_SOMEBODY = re.compile(
    r"(?<!chez )(?<!à )(?<!de )(?<!pour )(?<!avec )(?<!par )(?<![\w'’-])lui (?=\w)", re.IGNORECASE
)
_POSSESSIVE = re.compile(
    r"(?<![\w'’-])(?P<word>son|sa|ses|leurs?) "
    r"(?P<noun>(?:(?:premi[eè]re?s?|nouve(?:au|lle)|derni[eè]re?s?|anciene?|prochaine?|principale?"
    r"|grande?|petite?|\w{1,12}ième) )?[^\W\d_][\w-]*)",
    re.IGNORECASE,
)
_THIS = {
    "fr": re.compile(
        r"(?<![\w'’-])(?:ce|cet|cette|ces) (?!année|mois|semaine|matin|soir|jour|week|qu[ie']|qu’"
        r"|sont\b|été\b|printemps)(?P<noun>[^\W\d_][\w-]*)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:this|these|those|such(?! as))\b"
        r"(?! (?:year|month|week|morning|evening|time|summer|quarter))(?: (?P<noun>[a-z]\w*))?"
        r"|\bthat(?= ?\?)|\b(?:in|of|about|on|at|for|from|did|does|was|is) that\b"
        r"|\b(?:say|says|said|think|thinks|thought|claims?|claimed) so\b",
        re.IGNORECASE,
    ),
}
_THERE = {
    "fr": re.compile(
        r" ?(?<!\w)(?:là-bas|sur place)(?!\w)| y(?= (?!a\b|avait|aura))|(?<=\bqui) y(?= )",
        re.IGNORECASE,
    ),
    "en": re.compile(r"(?<!is)(?<!are)(?<!was)(?<!were)(?<!be)(?<!been) there\b", re.IGNORECASE),
}
_TO_IT = re.compile(  # "s'y prendre" leans on nothing, nor does "pour s'y offrir" on another turn
    r"(?<![\w'’])(?<!pour )(?<!de )[smtn]['’]y (?!a(?:vait|ura)?\b|pren|\S+ pris)", re.IGNORECASE
)
HAS_THERE = re.compile(r"\by (?=a(?:vait|ura)?(?:-t)?-)", re.IGNORECASE)
_ENGLISH = re.compile(
    r"\b(?:(?P<owner>his|its|their|her(?= (?!(?:at|in|on|to|after|before|for|from|with)\b)\w))"
    r"|(?P<pronoun>he|she|it|they|him|her|them))\b",
    re.IGNORECASE,
)
_ARTICLES: Final = frozenset({"the", "a", "le", "la", "les", "l'", "un", "une"})
_IT_RAINS = re.compile(r"\bit (?:true|possible|take|rain|snow|likely|clear)\b", re.IGNORECASE)
# Of the question's own, before "its", tell whose it is: "Quelle vedette prête déjà son visage ?".
# With these two limits 0.7 % of 1,500 complete questions (news.train) are held to lean on another.
_OWN_WORDS: Final = 2
_SHORT: Final = 6  # words; a longer question with "y a-t-il" says where; untested


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word that stands for something the question does not name."""

    kind: Kind
    found: re.Match[str]


def pointers(text: str, language: str) -> list[Pointer]:
    """The words of a question that lean on the conversation; in French and English alone."""
    able = {"fr": _french, "en": _english}.get(language)
    return [Pointer(kind, found) for kind, found in able(text) if found] if able else []


def _french(text: str) -> list[tuple[Kind, re.Match[str] | None]]:
    owned = None if subject(text) else _unbound(_POSSESSIVE, text, "fr")
    return [
        ("object", _unbound(_OBJECT, text, "fr") or _unbound(_TO_SOMEBODY, text, "fr")),
        ("verb", _unbound_verb(text)),
        ("subject", None if _IMPERSONAL.search(text) else _unbound(_SUBJECT, text, "fr")),
        ("possessive", owned),
        ("this", _THIS["fr"].search(text)),
        ("there", _there(text, "fr") or _has_there(text)),
        ("object", _to_it(text)),
    ]


def _english(text: str) -> list[tuple[Kind, re.Match[str] | None]]:
    return [
        ("english", None if _IT_RAINS.search(text) else _unbound(_ENGLISH, text, "en")),
        ("this", _THIS["en"].search(text)),
        ("there", _there(text, "en")),
    ]


def _unbound_verb(text: str) -> re.Match[str] | None:
    """The verb of "Où est-il né ?", which has no subject before it."""
    found = VERB_FIRST.search(text)
    if not found or found["pronoun"].lower() == "on" or _IMPERSONAL.search(text):
        return None
    return None if subject(text) else found


def _unbound(pattern: re.Pattern[str], text: str, language: str) -> re.Match[str] | None:
    found = pattern.search(text)
    if not found or _named_before(text, found.start(), language):
        return None
    owns = {"owner", "word"} & {name for name, value in found.groupdict().items() if value}
    own = words(text[: found.start()], language)
    return None if len(own) >= _OWN_WORDS + (not owns) else found


def _there(text: str, language: str) -> re.Match[str] | None:
    found = _THERE[language].search(text)
    if not found:
        return None
    before = text[: found.start()]
    places = any(mention.named and mention.place for mention in mentions(before, language))
    return None if places or len(words(before, language)) > 2 * _OWN_WORDS else found


def _to_it(text: str) -> re.Match[str] | None:
    """The "y" of "Pourquoi la Chine s'y oppose-t-elle ?", where the question names no place."""
    found = _TO_IT.search(text)
    before = mentions(text[: found.start()], "fr") if found else []
    return None if any(mention.place for mention in before) else found


def _has_there(text: str) -> re.Match[str] | None:
    """The "y" of "Combien de magasins y a-t-il ?", where the question names no place."""
    says = any(mention.named or mention.place for mention in mentions(text, "fr"))
    return None if says or len(text.split()) > _SHORT else HAS_THERE.search(text)


def _named_before(text: str, end: int, language: str) -> bool:
    """Whether something that a pronoun could stand for is named before this place."""
    of_it = text[:end].endswith((" de ", " of "))  # "le niveau de son endettement"
    return any(
        mention.named or _ARTICLES & set(mention.lead)
        for mention in mentions(text[:end], language)
        if not (of_it and mention.end == end - len(" de "))
    )
