"""The questions that an empty page proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.build import settings_of
from index.chunk import chunk
from index.store import open_library
from index.types import Article
from page.examples import CORPUS, MOST, examples
from page.texts import ENGLISH, FRENCH

if TYPE_CHECKING:
    from pathlib import Path

    from index.store import Library
    from index.types import Embedder


def test_they_are_about_the_newest_articles_however_many_there_are(
    library: Library, embedder: Embedder
) -> None:
    library.begin(settings_of(embedder))
    for day in (4, 2, 6, 1, 5, 3):
        title = "" if day == 5 else f"Le {day} mai"
        article = Article(
            f"{9 - day}", title, "Le conseil a voté.", "fr", published=f"2024-05-0{day}"
        )
        passages = chunk(article)
        library.add(article, passages, embedder.embed_passages([p.text for p in passages]))
    library.publish()
    found = examples(library, FRENCH)
    assert len(found) == MOST
    assert [question.split("« ")[1][:4] for question in found] == ["Le 6", "Le 4", "Le 3", "Le 2"]
    assert examples(library, ENGLISH)[0] == "What does the article “Le 6 mai” say?"


def test_an_empty_library_proposes_nothing(library: Library) -> None:
    assert examples(library, FRENCH) == []


def test_the_sample_corpus_has_its_own(corpus_library: Path) -> None:
    library = open_library(corpus_library)
    assert examples(library, FRENCH) == [question for _, question in CORPUS]
    library.close()
