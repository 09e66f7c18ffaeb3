"""How well copies are told from other articles, on copies made by rule.

    python bench/copies.py ARTICLES...

Every pair of the articles given is taken to be of two origins. Each article is also copied with
5 to 30 % edits, dated the next day, under another source's name; how many copies are recognised?
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.duplicates import are_copies, bands, may_be_copies, sketch
from index.load import load
from index.loaded import LoadedArticle
from index.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.types import Article

RATES: Final = (0.05, 0.1, 0.2, 0.3)
SHORTEST: Final = 40  # words; shorter "articles" are headings


def words_changed(text: str, language: str, rate: float, others: list[str]) -> str:  # noqa: ARG001 - as all edits
    """Each word another one, with this probability: harder than what editors do."""
    rng = random.Random(text)
    return " ".join(rng.choice(others) if rng.random() < rate else w for w in text.split(" "))


def end_cut(text: str, language: str, rate: float, others: list[str]) -> str:  # noqa: ARG001 - as all edits
    spans = sentences(text, language)
    return text[: spans[max(1, round(len(spans) * (1 - rate))) - 1][1]]


def edited(text: str, language: str, rate: float, others: list[str]) -> str:
    """A third of the edits each: a new lead, the end cut, words changed."""
    rest = end_cut(text, language, rate / 3, others).split(" ")
    lead = round(len(rest) * rate / 3)
    body = words_changed(" ".join(rest[lead:]), language, rate / 3, others)
    return " ".join([*random.Random(text).choices(others, k=lead), body])


def part_added(text: str, language: str, rate: float, others: list[str]) -> str:  # noqa: ARG001 - as all edits
    """A paragraph of other words at the end."""
    added = random.Random(text).choices(others, k=round(len(text.split()) * rate))
    return f"{text}\n\n{' '.join(added)}"


EDITS: Final = (edited, words_changed, end_cut, part_added)


def main(paths: Sequence[Path]) -> None:
    for path in paths:
        items = [item.article for item in load([path]) if isinstance(item, LoadedArticle)]
        articles = [a for a in items if len(a.text.split()) >= SHORTEST]
        print(f"{path}: {len(articles)} articles")
        wrong = _taken_for_copies(articles)
        pairs = len(articles) * (len(articles) - 1) // 2
        print(f"  other articles taken for copies: {len(wrong)} of {pairs:,} pairs")
        for one, other in wrong[:5]:
            print(f"    {one.id} · {one.title}  =  {other.id} · {other.title}")
        for edit in EDITS:
            found = [f"{_recognised(articles, edit, rate):.1%} at {rate:.0%}" for rate in RATES]
            print(f"  copies recognised, {edit.__name__:14} {', '.join(found)}")


def _taken_for_copies(articles: Sequence[Article]) -> list[tuple[Article, Article]]:
    began = time.perf_counter()
    sketches = [sketch(article) for article in articles]
    print(f"  {(time.perf_counter() - began) / len(articles) * 1e3:.1f} ms a sketch")
    held = defaultdict(list)
    for number, made in enumerate(sketches):
        for band in bands(made):
            held[band].append(number)
    met = {pair for numbers in held.values() for pair in combinations(numbers, 2)}
    return [
        (articles[a], articles[b])
        for a, b in sorted(met)
        if may_be_copies(sketches[a], sketches[b]) and are_copies(articles[a], articles[b])
    ]


def _recognised(
    articles: Sequence[Article], edit: Callable[[str, str, float, list[str]], str], rate: float
) -> float:
    vocabulary = [word for article in articles for word in article.text.split()[:60]]
    found = 0
    for article in articles:
        text = edit(article.text, article.language, rate, vocabulary)
        copy = replace(article, id="copy", text=text, source="Autre journal")
        one, other = sketch(article), sketch(copy)
        met = not set(bands(one)).isdisjoint(bands(other))
        found += met and may_be_copies(one, other) and are_copies(article, copy)
    return found / len(articles)


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
