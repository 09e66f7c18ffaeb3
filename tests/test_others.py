"""What other articles say on the same question, through the whole chain and the shipped models."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.build import add_articles
from index.store import create_library
from index.types import Article, Passage
from rag.chain import chain_of
from rag.dates.held import held_on, resolved
from rag.types import Span
from rag.values import agree, differ, value_of

if TYPE_CHECKING:
    from index.types import Embedder
    from rag.chain import Chain

LINES = (Path(__file__).parent / "data" / "families.jsonl").read_text(encoding="utf-8")
FAMILIES = {row["id"]: row for row in map(json.loads, LINES.splitlines())}


def articles(family: dict[str, Any]) -> list[Article]:
    return [
        Article(a["id"], a["title"], a["text"], a["language"], a["source"], None, a["published"])
        for a in family["articles"]
    ]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Chain:
    """All the families in one library: each may mislead the others."""
    library = create_library(tmp_path_factory.mktemp("families"))
    add_articles(library, embedder, [a for row in FAMILIES.values() for a in articles(row)])
    return chain_of(library, embedder)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("name", FAMILIES)
def test_the_newest_value_stands_first_and_the_others_are_told(chain: Chain, name: str) -> None:
    family = FAMILIES[name]
    answer = chain.ask(family["question"])
    assert answer.status == "answered"
    if family["first"]:
        assert any(value in plain(answer.short) for value in family["first"].split("|"))
    told = [(plain(other.short), other.relation) for other in answer.others]
    assert len(told) == len(family["others"])
    for value, relation in family["others"]:
        assert any((value or "") in short and relation == how for short, how in told)
    assert not any(value in short for value in family["never"] for short, _ in told)
    assert answer.origins == family["origins"]
    for other in answer.others:
        text = chain.library.article(other.article).text
        assert text[other.start : other.end] == other.quote
        assert other.short in other.quote


def test_an_answer_says_the_day_it_holds_for(chain: Chain) -> None:
    assert chain.ask(FAMILIES["contingent"]["question"]).as_of == "2024-10-28"  # "lundi"
    assert chain.ask(FAMILIES["tunnel"]["question"]).as_of == "2023-11-20"  # the paper's
    assert chain.ask(FAMILIES["chomage"]["question"]).as_of == "2024-01/2024-03"


def test_a_period_in_the_question_chooses_the_value(chain: Chain) -> None:
    answer = chain.ask("Combien coûtera le tunnel du Grand-Sault, d'après l'État en juin 2019 ?")
    assert answer.question.dates == ("2019-06",)
    assert "730 millions" in plain(answer.short)
    assert answer.others == ()


def span(text: str, words: str, published: str | None = None, language: str = "fr") -> Span:
    article = Article("a", "Titre", text, language, published=published)
    start = text.index(words)
    return Span(Passage(article, 0, len(text)), start, start + len(words), 1.0)


@pytest.mark.parametrize(
    ("text", "words", "published", "held"),
    [
        ("Le 18 octobre, ils étaient 1 500.", "1 500", "2024-10-31", "2024-10-18"),
        ("Ils étaient 1 500 mardi.", "1 500", "2024-10-31", "2024-10-29"),
        ("Ils étaient 1 500.", "1 500", "2024-10-31", "2024-10-31"),
        ("Ils étaient 1 500.", "1 500", "2024-10", "2024-10"),
        ("Ils étaient 1 500.", "1 500", None, None),
        ("Ils étaient 1 500 mardi.", "1 500", None, None),
        ("Ils étaient 1 500 mardi.", "1 500", "2024-10", "2024-10"),
        ("Ils étaient 1 500 en mars.", "1 500", "2024-10", "2024-03"),
        ("Ils étaient 1 500 en mars 2023.", "1 500", None, "2023-03"),
        ("Ils étaient 500 en 2020, puis 1 500 en 2023.", "1 500", "2024-10-31", "2023"),
        ("Le conseil a voté mardi.", "mardi", "2024-10-31", "2024-10-31"),
    ],
)
def test_the_date_that_a_sentence_holds_for(
    text: str, words: str, published: str | None, held: str | None
) -> None:
    assert held_on(span(text, words, published)) == held


@pytest.mark.parametrize(
    ("question", "text", "words", "published", "dated"),
    [
        ("Quel jour ?", "Le conseil a voté mardi.", "mardi", "2024-10-31", "2024-10-29"),
        ("Quand ?", "Le conseil a voté mardi.", "Le conseil a voté", "2024-10-31", "2024-10-29"),
        ("When?", "Le conseil a voté en mars.", "voté", "2024-10", "2024-03"),
        ("Qui ?", "Le conseil a voté mardi.", "Le conseil", "2024-10-31", None),
        ("Quand ?", "Il a voté le 3 mai 2021.", "3 mai 2021", "2024-10-31", None),
        ("Quand ?", "Le conseil a voté mardi.", "mardi", None, None),
    ],
)
def test_a_relative_date_that_answers_is_resolved(
    question: str, text: str, words: str, published: str | None, dated: str | None
) -> None:
    assert resolved(span(text, words, published), question) == dated


SAME = [
    ("Ils sont 10 000 soldats.", "10 000 soldats", "Ils sont dix mille soldats.", "dix mille"),
    ("Ils sont 10 000 soldats.", "10 000", "Ils sont 10.000 hommes.", "10.000"),
    ("Il a coûté 47 milliards d'euros.", "47 milliards", "Soit 47,2 milliards.", "47,2 milliards"),
    ("Le maire, Lucie Montarnal, parle.", "Lucie Montarnal", "Mme Montarnal parle.", "Montarnal"),
    ("Le pont ouvre le 3 mai 2024.", "3 mai 2024", "Le pont ouvre en mai 2024.", "mai 2024"),
]
OTHER = [
    ("Ils sont 10 000 soldats.", "10 000 soldats", "Ils sont 1 500 militaires.", "1 500"),
    ("Ils sont 2 300 manifestants.", "2 300", "Ils sont 6 000 personnes.", "6 000 personnes"),
    ("Un taux de 7,4 %.", "7,4 %", "Un taux de 8,1 pour cent.", "8,1 pour cent"),
    ("Le pont ouvre le 3 mai 2024.", "3 mai 2024", "Le pont ouvre en 2024.", "2024"),
    ("Le maire est Lucie Montarnal.", "Lucie Montarnal", "C'est Henri Daussois.", "Henri Daussois"),
]
ANOTHER_QUANTITY = [
    ("Ils sont 10 000 soldats.", "10 000 soldats", "Il a coûté 1 500 euros.", "1 500 euros"),
    ("Ils sont 10 000 soldats.", "10 000 soldats", "Il y a 140 postes.", "140 postes"),
    ("Il y a trois morts.", "trois morts", "Il y a 400 habitants.", "400 habitants"),
    ("Un taux de 7,4 %.", "7,4 %", "Ils sont 12 élus.", "12 élus"),
    ("Ils sont 10 000 soldats.", "10 000 soldats", "Elle vient de Séoul.", "Séoul"),
    ("Un fait divers.", "divers", "Un fait grave.", "grave"),
]


@pytest.mark.parametrize("row", SAME)
def test_the_same_value_in_other_words(row: tuple[str, str, str, str], embedder: Embedder) -> None:
    one, other = value_of(span(row[0], row[1])), value_of(span(row[2], row[3]))
    assert agree(one, other)
    assert agree(other, one)
    assert not differ(one, other, embedder)


@pytest.mark.parametrize("row", OTHER)
def test_another_value_of_the_same_kind(row: tuple[str, str, str, str], embedder: Embedder) -> None:
    one, other = value_of(span(row[0], row[1])), value_of(span(row[2], row[3]))
    assert differ(one, other, embedder)
    assert differ(other, one, embedder)


@pytest.mark.parametrize("row", ANOTHER_QUANTITY)
def test_a_value_of_another_kind_is_no_other_value(
    row: tuple[str, str, str, str], embedder: Embedder
) -> None:
    one, other = value_of(span(row[0], row[1])), value_of(span(row[2], row[3]))
    assert not differ(one, other, embedder)
    assert not agree(one, other)


def test_articles_without_dates_keep_the_order_they_were_read_in(
    tmp_path: Path, embedder: Embedder
) -> None:
    library = create_library(tmp_path)
    family = FAMILIES["strike"]
    undated = [Article(a.id, a.title, a.text, a.language, a.source) for a in articles(family)]
    add_articles(library, embedder, undated)
    answer = chain_of(library, embedder).ask(family["question"])
    assert answer.as_of is None
    assert [other.relation for other in answer.others] == ["disagrees"]


def test_today_may_be_given(chain: Chain) -> None:
    from dataclasses import replace

    asked = replace(chain, today=date(2023, 11, 22))
    answer = asked.ask(
        "Combien coûtera le tunnel du Grand-Sault, selon les articles de ce mois-ci ?"
    )
    assert answer.question.dates == ("2023-11",)
    assert "1,2 milliard" in plain(answer.short)


def test_a_day_of_the_week_that_answers_has_its_date(tmp_path: Path, embedder: Embedder) -> None:
    library = create_library(tmp_path)
    text = "Le conseil de Tarvanne a voté la fermeture du marché mardi. Nul n'a protesté."
    add_articles(
        library, embedder, [Article("a", "Le marché", text, "fr", None, None, "2024-10-31")]
    )
    answer = chain_of(library, embedder).ask(
        "Quand le conseil de Tarvanne a-t-il voté la fermeture du marché ?"
    )
    assert "mardi" in answer.short
    assert answer.dated == "2024-10-29"
    assert answer.citations[0].quote == text.partition(" Nul")[0]
