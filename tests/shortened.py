"""The short answer where a reader has found some words of a text."""

from __future__ import annotations

from index.types import Article, Passage
from rag.quote import short_of
from rag.short import short_answer
from rag.types import Question, Span


def short(question: str, text: str, read: str, language: str = "fr") -> str:
    article = Article("a", "Titre", text, language, None, None, None)
    start = text.index(read)
    span = Span(Passage(article, 0, len(text)), start, start + len(read), 1.0)
    return short_of(short_answer(Question(question, language, question), [span]))
