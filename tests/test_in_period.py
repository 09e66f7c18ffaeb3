"""What a period named in a question does to the ranking."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.build import add_articles
from index.store import create_library
from index.types import ALL, Article, Filters, Hit, Passage
from rag.in_period import narrowed, prefer
from rag.retrieve import retrieve
from rag.understand import understand

if TYPE_CHECKING:
    from index.store import Library
    from index.types import Embedder

LINES = (Path(__file__).parent / "data" / "dated-questions.jsonl").read_text(encoding="utf-8")
QUESTIONS: list[dict[str, Any]] = [json.loads(line) for line in LINES.splitlines()]
FLOOD = "La rivière a débordé à Tarvanne et coupé la route du col pendant deux jours."


def hit(name: str, published: str | None, text: str = FLOOD, score: float = 0.5) -> Hit:
    article = Article(name, "Crue", text, "fr", published=published)
    return Hit(Passage(article, 0, len(text)), score)


def order(hits: list[Hit], *periods: str) -> list[str]:
    return [found.passage.article.id for found in prefer(hits, periods)]


def test_what_was_published_in_the_period_comes_first() -> None:
    hits = [hit("2023", "2023-10-02"), hit("undated", None), hit("2024", "2024-10-05")]
    assert order(hits, "2024-10") == ["2024", "2023", "undated"]
    assert order(hits, "2024/..")[0] == "2024"
    assert order(hits, "../2023")[0] == "2023"


def test_what_names_the_period_comes_before_what_does_not() -> None:
    named = hit("named", "2025-01-01", "En octobre 2024, la rivière a débordé à Tarvanne.")
    hits = [hit("other", "2025-01-01"), named, hit("own", "2024-10-05", score=0.4)]
    assert order(hits, "2024-10") == ["own", "named", "other"]


def test_a_much_better_passage_of_another_time_stays_first() -> None:
    hits = [hit("better", "2020-01-01", score=0.9), hit("own", "2024-10-05", score=0.5)]
    assert order(hits, "2024-10") == ["better", "own"]


def test_without_a_period_and_without_dates_nothing_changes() -> None:
    named = hit("named", None, "En octobre 2024, la rivière a débordé.", score=0.1)
    hits = [hit("a", "2024-10-05", score=0.2), hit("b", None, score=0.15), named]
    assert prefer(hits, ()) == hits
    assert prefer(hits[1:], ("2024-10",)) == hits[1:]


def test_the_search_is_narrowed_unless_the_user_did() -> None:
    assert list(narrowed(ALL, ("2024-10", "2021/.."))) == [
        Filters(since="2024-10", until="2024-10"),
        Filters(since="2021"),
    ]
    assert list(narrowed(Filters(since="2020"), ("2024-10",))) == []
    french = Filters(languages=("fr",))
    assert list(narrowed(french, ("../2015",))) == [replace(french, until="2015")]


@pytest.fixture(scope="module")
def dated(shared: Path, tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Library:
    """The articles asked for among a hundred others."""
    file = shared / "articles" / "dated" / "debian-news.fr.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    asked = {article for row in QUESTIONS for article in row["articles"]}
    library = create_library(tmp_path_factory.mktemp("dated"))
    kept = [row for n, row in enumerate(rows) if row["id"] in asked or n % 8 == 0]
    articles = [
        Article(r["id"], r["title"], r["text"], "fr", r["source"], None, r["published"])
        for r in kept
    ]
    add_articles(
        library, embedder, [a for a in articles if len(a.published or "") == len("2004-06-19")]
    )
    return library


def test_the_article_of_the_period_is_found(dated: Library, embedder: Embedder) -> None:
    found = {True: 0, False: 0}
    for row in QUESTIONS:
        question = understand(row["question"])
        assert question.dates
        for with_dates in found:
            asked = question if with_dates else replace(question, dates=())
            hits = retrieve(dated, embedder, asked)
            articles = list(dict.fromkeys(each.passage.article.id for each in hits))
            found[with_dates] += not set(articles[:3]).isdisjoint(row["articles"])
    assert found[True] >= 0.9 * len(QUESTIONS)
    assert found[False] <= 0.7 * len(QUESTIONS)
