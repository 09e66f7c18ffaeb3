"""The questions that an empty page proposes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeAlias

from index.build import settings_of
from index.chunk import chunk
from index.store import open_library
from index.types import Article
from page.examples import CORPUS, MOST, Examples, examples
from page.texts import ENGLISH, FRENCH
from rag.askable import how_many
from rag.chain import open_chain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Done

    from index.store import Library
    from index.types import Embedder

    Depeche: TypeAlias = Callable[..., Done]


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


NUMBERS = (
    ("Le vote", "Le conseil de Valmy a voté lundi 4 mai 2024. Il compte 1 250 habitants."),
    ("The vote", "The council of Valmy met in 2024. Some 37 farmers came to protest."),
    ("Rien", "Personne ne compte rien."),
    ("La foire", "Quelque 14 autres sont venus ; 612 exposants attendent à Valmy."),
)


def test_a_question_asks_for_the_first_number_of_things() -> None:
    made = [
        how_many(Article("a", title, text, "en" if title == "The vote" else "fr"))
        for title, text in NUMBERS
    ]
    assert made == [
        ("Combien d’habitants, selon «\u00a0Le vote\u00a0» ?", "1 250"),
        ("How many farmers, according to “The vote”?", "37"),
        ("", ""),
        ("Combien d’exposants, selon «\u00a0La foire\u00a0» ?", "612"),
    ]
    assert how_many(Article("a", "Die Messe", "612 Aussteller warten.", "de")) == ("", "")
    assert how_many(Article("a", "", "Quelque 612 exposants attendent.", "fr")) == ("", "")


def test_what_is_proposed_is_answered_by_its_article(depeche: Depeche, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    for number, (title, text) in enumerate(NUMBERS):
        (tmp_path / "new" / f"{number}.txt").write_text(f"{title}\n\n{text}\n", encoding="utf-8")
    assert depeche("index", tmp_path / "new", "--library", tmp_path / "kept").code == 0
    chain = open_chain(tmp_path / "kept")
    found = Examples(chain)
    found.look()
    [thread] = [each for each in threading.enumerate() if each.name == "trying examples"]
    found.look()  # not begun again while nothing changes
    thread.join()
    asked = [each for each in found.proposed(FRENCH) if not each.startswith("Que dit")]
    assert len(asked) >= 2
    for question in asked:
        answer = chain.ask(question)
        assert answer.status == "answered"
        assert f"{answer.citations[0].title}" in question
    chain.library.remove(answer.citations[0].article)
    chain.library.publish()
    assert found.proposed(FRENCH)[: len(asked) - 1] == asked[:-1]
    chain.library.close()


def test_an_empty_library_proposes_nothing(library: Library) -> None:
    assert examples(library, FRENCH) == []


def test_the_sample_corpus_has_its_own(corpus_library: Path) -> None:
    library = open_library(corpus_library)
    assert examples(library, FRENCH) == [question for _, question in CORPUS]
    library.close()
