"""What kind of answer a question wants (Li & Roth 2002), and whether some words are of that kind.

By question words in seven languages; a question without one wants anything.
"""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["number", "date", "person", "place", "reason"]

_WORDS: Final[dict[Kind, str]] = {
    "reason": r"pourquoi|(?:quelles?|which|what) (?:raisons?|causes?|reasons?)|why|how come|warum|"
    r"wieso|weshalb|por qué|perché|por que|porquê|waarom|comment (?:se fait|explique)\S*",
    "number": r"combien|quel(?:le)?s? (?:\S+ )?(?:nombre|prix|pourcentage|part|proportion|montant|"
    r"somme|âge|taux|score|budget|coût|distance|vitesse|durée|bilan)|how (?:many|much|old|long|far|"
    r"high|tall|fast|large|big)|what (?:percentage|share|number|price|age|amount|proportion)|"
    r"wie ?(?:viele?|hoch|alt|lange|weit|groß|teuer)|cuánt[oa]s?|quant[oaie]s?|"
    r"hoe(?:veel| oud| lang)",
    "date": r"quand|(?:en|à|de|depuis|dès|jusqu'en)? ?quel(?:le)?s? "
    r"(?:année|date|mois|jour|heure|époque|siècle)|when|what (?:year|date|month|day|time)|"
    r"which (?:year|month|day)|wann|in welche[mr] (?:jahr|monat)|cuándo|quando|"
    r"(?:en|in|em) (?:qué|che|que) (?:año|anno|ano)|wanneer",
    "place": r"où|dans quel(?:le)?s? (?:ville|pays|région|lieu|quartier|département|île|état)|"
    r"where|(?:in )?(?:which|what) (?:city|country|town|region|place|state)|wo|woher|wohin|"
    r"dónde|dove|onde|waar",
    "person": r"qui|(?:à|de|par|avec|chez|pour) qui|who|whom|whose|wer|wem|wen|quién(?:es)?|chi|"
    r"quem|wie is",
}
# "who", "when" and "where" open relative clauses too: they ask at the beginning of a question or of
# a clause, with at most one word in front.
_OPENING: Final = r"(?:(?:^|[,:;] )(?:[\w-]+ |[dl]['’]|jusqu['’])?)"
_BEFORE: Final = {"date": _OPENING, "person": _OPENING, "place": _OPENING}
_ASKED: Final = {
    kind: re.compile(_BEFORE.get(kind, r"(?<!\w)") + rf"(?:{words})(?!\w)", re.IGNORECASE)
    for kind, words in _WORDS.items()
}
_GIVEN: Final[dict[Kind, re.Pattern[str]]] = {
    "number": re.compile(
        r"\d|\b(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|"
        r"quarante|cinquante|soixante|cent|cents|mille|millions?|milliards?|dizaines?|douzaine|"
        r"vingtaine|trentaine|centaines?|milliers?|moitié|tiers|quart|double|triple|aucun)\b",
        re.IGNORECASE,
    ),
    "date": re.compile(
        r"\b(?:1[5-9]|20)\d\d\b|\b(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|"
        r"novembre|décembre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|demain|"
        r"aujourd['’]hui|semaine|mois|année|ans?|siècle|printemps|été|automne|hiver|heures?|matin|soir|"
        r"january|february|march|april|may|june|july|august|september|october|november|december|"
        r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|year|month|week)\b",
        re.IGNORECASE,
    ),
    "person": re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w-]+"),
    "place": re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w-]+"),
    "reason": re.compile(
        r"\b(?:car|parce qu\w*|puisqu\w*|en raison|à cause|grâce|afin|faute d\w*|à la suite|"
        r"du fait|en effet|compte tenu|motif|raisons?|causes?|causé\w*|provoqu\w+|dû|due|dus|"
        r"expliqu\w+|pour|permett\w+|éviter|because|due to|since|in order|so that|owing)\b|"
        r"d['’]où\b",
        re.IGNORECASE,
    ),
}


def wanted(question: str) -> Kind | None:
    """The kind of answer; the first of the question's words that says it decides."""
    found = [
        (match.start(), -(match.end() - match.start()), kind)
        for kind, pattern in _ASKED.items()
        if (match := pattern.search(question))
    ]
    return min(found)[2] if found else None


def is_given(kind: Kind | None, text: str) -> bool:
    """Whether some words may be an answer of this kind; anything may where none is wanted."""
    return kind is None or _GIVEN[kind].search(text) is not None
