"""The clause that gives a reason: what a "why" is answered with. Pure.

By words that open such a clause, in seven languages. Knows nothing of other questions.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.words import terms
from rag.enumerations import LONGEST
from rag.quote import quotes, sentences_beside
from rag.trimming import balanced, trimmed

if TYPE_CHECKING:
    from rag.quote import Quote
    from rag.types import Question, Span

ASKS_WHY = re.compile(
    r"\b(?:pourquoi|why|warum|wieso|weshalb|por qué|perché|porquê|por que|waarom|how come)\b"
    r"|pour quelles? raisons?|for what reasons?|what (?:caused|is the (?:cause|reason))"
    r"|quelles? (?:est|sont) (?:la|les) (?:cause|raison)s?|à cause de quoi",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:parce qu(?:e\b|['’])|puisqu(?:e\b|['’])|en raison d(?:es?\b|u\b|['’])"
    r"|à cause d(?:es?\b|u\b|['’])|du fait d(?:es?\b|u\b|['’])|faute d(?:e\b|['’])"
    r"|afin (?:de\b|d['’]|qu)|pour que\b|grâce (?:à|aux?)\b|s['’]expliqu\w+[^.;]{1,30}?\bpar\b"
    r"|(?:est|sont|serait|seraient) (?:due?s?) (?:à|aux?)\b"
    r"|(?:à la )?suite (?:à|aux?|d(?:es?\b|u\b|['’]))|compte tenu d|au motif qu|sous prétexte"
    r"|étant donné|vu qu|d['’]autant (?:plus )?qu|(?:de|par) (?:peur|crainte) (?:d|qu)"
    r"|craignant\b|pour (?:ne pas|éviter)\b"
    r"|because\b|due to\b|owing to\b|so that\b|in order to\b|thanks to\b|as a result of\b"
    r"|caused by\b|fearing\b|on the grounds\b"
    r"|weil\b|wegen\b|aufgrund\b|porque\b|debido a|a causa (?:de|di)l?\b|ya que\b|puesto que\b"
    r"|perché\b|poiché\b|dato che\b|devido a|por causa d|já que\b|omdat\b|doordat\b|vanwege\b"
    r"|wegens\b)|(?<=, )car\b|(?<=\bet )car\b",
    re.IGNORECASE,
)
# A sentence that opens so explains the one beside it.
_EXPLAINS = re.compile(
    r"[\W_]{0,3}(?:car|parce qu|c['’](?:est|était) parce qu|la (?:raison|cause)|en cause|because|"
    r"(?:this|that|it) (?:is|was) because|the (?:reason|cause))\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"(?<!\s)\s*(?:;|, (?:mais|but|tandis que|alors que|while|selon|according"
    r"|(?:a|ont|avait)(?:-t-(?:il|elle|on))? (?:\w+ )?(?:dit|déclaré|ajouté|affirmé|expliqué"
    r"|indiqué|estimé|précisé|assuré|souligné|rappelé|annoncé|rapporté)"
    r"|(?:he|she|they|it) (?:said|added)|dit-(?:il|elle|on)|said|says)\b|[.!?…»”\"]|$)"
)
_VERB_FIRST = re.compile(
    r"(?:a|ont|est|sont|avait|était|has|have|had|is|are|was|were)\s", re.IGNORECASE
)
# What begins after a noun with one of these is half a clause, unless somebody says it.
_HALF = re.compile(
    r"(?:(?:\b(?:le|la|les|un|une|des|cet?|cette|ces|son|sa|ses|leurs?|the|an|his|her|their|its)\s"
    r"|\bl['’])[\w-]+(?:\s[\w-]+)?|[A-ZÀ-Þ][\w-]+)"
    r",?\s(?:(?:que|qui|dont|which|who|that|whom)\s|qu['’])\Z"
)
_SAID = re.compile(
    r"\b(?:dit|dire|disant|disent|déclar\w+|affirm\w+|indiqu\w+|expliqu\w+|estim\w+|signal\w+|"
    r"pens\w+|craint|craignent|craignant|assur\w+|ajout\w+|précis\w+|soulign\w+|annonc\w+|jug\w+|"
    r"considèr\w+|considér\w+|not\w+|rappel\w+|constat\w+|montr\w+|fait|sûr|car|puis|parce|pour|"
    r"motif|say\w*|said|told|think\w*|argu\w+|explain\w*|believ\w+|added|claim\w*|fear\w*|"
    r"so|fact)\s(?:que|qu['’]|that)\s?\Z",
    re.IGNORECASE,
)
# Of the words of a span, from which share on it only says the question again; untested.
ECHO: Final = 0.7


def reason(question: Question, span: Span) -> Span | None:
    """The clause that gives the reason, in the sentence or in one beside it that explains it.

    The whole sentence where the span is half a clause, or says what was asked; else None.
    """
    (quote,) = quotes([span])
    if len(quote.text) > LONGEST:
        return None
    if found := _marked(quote, span):
        return found
    echoes = _echoes(question, span)
    for place in sentences_beside(quote):
        opens = _EXPLAINS.match(place.text)
        if (opens or echoes) and (found := _marked(place, span) or (opens and _all_of(place))):
            return found
    before = quote.text[: max(0, span.start - quote.start)]
    half = bool(_HALF.search(before)) and not _SAID.search(before)
    half = half or bool(_VERB_FIRST.match(quote.text, span.start - quote.start))
    return _all_of(quote) if half or echoes else None


def _marked(place: Quote, span: Span) -> Span | None:
    """The clause that a word such as "because" opens; the one that the span is in goes first."""
    clauses = [
        balanced(
            place.text,
            *trimmed(place.text, marked.start(), _clause_end(place.text, marked.end())),
        )
        for marked in _REASON.finditer(place.text)
    ]
    if not clauses:
        return None
    begin, end = span.start - place.start, span.end - place.start
    start, stop = max(clauses, key=lambda clause: min(clause[1], end) - max(clause[0], begin))
    if min(stop, end) <= max(start, begin):
        start, stop = clauses[0]
    return replace(span, start=place.start + start, end=place.start + stop)


def _all_of(place: Quote) -> Span:
    return replace(place.span, start=place.start, end=place.end)


def _clause_end(text: str, at: int) -> int:
    """Where a clause ends: a full stop within it, as after initials, does not end it."""
    for found in _CLAUSE_END.finditer(text, at):
        after = text[found.end() : found.end() + 1]
        if not (found[0].strip() == "." and after and not after.isspace()):
            return found.start()
    return len(text)


def _echoes(question: Question, span: Span) -> bool:
    """Whether a span says again what the question says."""
    article = span.passage.article
    said = set(terms(article.text[span.start : span.end], article.language))
    asked = set(terms(question.standalone, question.language))
    return bool(said) and len(said & asked) >= ECHO * len(said)
