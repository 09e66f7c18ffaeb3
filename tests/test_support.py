"""What proves a sentence: the mutation set with its floors, and each kind of claim by example."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

from eval.mutations import Altered, altered, right
from index.load import load
from index.loaded import LoadedArticle
from index.types import Article, Passage
from rag.proof.support import Proof, Verdict
from rag.quote import article_sentences, quotes
from rag.types import Span

ROOT = Path(__file__).parents[1]
ROWS = [
    json.loads(line)
    for line in (ROOT / "tests/data/supported.jsonl").read_text(encoding="utf-8").splitlines()
]
AROUND = (0, -1, 1, 2)  # articles of the corpus that a sentence may rest on, from its own
# Measured over 264 right sentences and 513 altered ones: 95.8 % of the right ones pass, 97.8 % of
# the altered ones are caught, all figures and dates among them. The 45 right sentences of the
# split "test", written last, gave 91.1 %, 93.0 % and 95.1 % before anything was made for them.
FLOORS = {"right": 0.95, "altered": 0.97, "figure": 0.99, "date": 0.99}


class Checked(NamedTuple):
    sentence: Altered
    verdict: Verdict


@pytest.fixture(scope="module")
def corpus() -> dict[str, Article]:
    loaded = (item for item in load([ROOT / "corpus"]) if isinstance(item, LoadedArticle))
    return {item.article.id: item.article for item in loaded}


def proof(*articles: Article) -> Proof:
    """All the sentences of these articles as proof."""
    spans = [
        Span(Passage(article, 0, len(article.text)), start, end, 1.0)
        for article in articles
        for start, end in article_sentences(article)
    ]
    return Proof(quotes(spans))


@pytest.fixture(scope="module")
def checked(corpus: dict[str, Article]) -> list[Checked]:
    ids = sorted(corpus)

    @lru_cache
    def around(article: str) -> Proof:
        place = ids.index(article)
        return proof(*(corpus[ids[(place + step) % len(ids)]] for step in AROUND))

    return [
        Checked(sentence, around(sentence.article).of(sentence.sentence, sentence.language))
        for sentence in [*right(ROWS), *altered(ROWS)]
    ]


def rate(checked: list[Checked], *kinds: str) -> float:
    """The share that was judged as it should be."""
    of_kinds = [c for c in checked if c.sentence.kind in kinds]
    good = sum(bool(c.verdict.quotes) == (c.sentence.kind == "right") for c in of_kinds)
    return good / len(of_kinds)


def test_the_set_is_large_enough() -> None:
    kinds = Counter(sentence.kind for sentence in [*right(ROWS), *altered(ROWS)])
    assert kinds["right"] >= 150
    assert kinds.total() - kinds["right"] >= 300
    assert set(kinds) == {"right", "figure", "date", "actor", "place", "direction", "negation"}
    for wrong, same in zip(altered(ROWS), altered(ROWS), strict=True):
        assert wrong == same


def test_altered_answers_are_caught_and_right_ones_pass(checked: list[Checked]) -> None:
    others = ("figure", "date", "actor", "place", "direction", "negation")
    assert rate(checked, "right") >= FLOORS["right"]
    assert rate(checked, *others) >= FLOORS["altered"]
    assert rate(checked, "figure") >= FLOORS["figure"]
    assert rate(checked, "date") >= FLOORS["date"]


def test_articles_about_something_else_prove_nothing(corpus: dict[str, Article]) -> None:
    ids = sorted(corpus)
    passed = 0
    for row in right(ROWS)[::4]:
        far = ids[(ids.index(row.article) + len(ids) // 2) % len(ids)]
        passed += bool(proof(corpus[far]).of(row.sentence, row.language).quotes)
    assert passed <= 1


PORT = Article(
    "port",
    "Grève à Port-Brume",
    "Le 24 mars, les 140 dockers de Port-Brume ont voté la grève. La Corée du Nord a livré 10 000 "
    "obus à la Russie. La France a battu l’Italie 2 à 1. La direction n’a pas signé l’accord. Le "
    "prix du blé a baissé de 2,5 %. La France consacre 47 milliards à son armée, l’Italie 30 "
    "milliards. Selon la police, 2 300 personnes ont défilé ; les syndicats en comptent 6 000. "
    "L’usine a refusé de payer la prime. Elle ouvrira lundi. Une moitié des salariés est partie.",
    "fr",
    "Le Courrier",
    None,
    "2024-03-28",
)
PROVED = [
    ("fr", "Cent quarante dockers de Port-Brume ont voté la grève le 24 mars 2024."),
    ("fr", "Dix mille obus ont été livrés à la Russie par la Corée du Nord."),
    ("fr", "Les Nord-Coréens ont livré 10.000 obus à la Russie."),
    ("fr", "L’Italie a été battue 2 à 1 par la France."),
    ("fr", "L’accord n’a pas été signé par la direction."),
    ("fr", "L’usine ne paiera pas la prime."),
    ("fr", "L’usine ouvrira le lundi 1er avril."),
    ("fr", "L’Italie consacre 30 milliards à son armée."),
    ("en", "North Korea delivered 10,000 shells to Russia."),
    ("en", "The price of wheat fell by 2.5 percent."),
    ("fr", "La moitié des salariés est partie."),
]
REFUTED = [
    ("fr", "Cent quarante dockers de Port-Brume ont voté la grève le 25 mars.", "date"),
    ("fr", "Cent quarante dockers de Port-Brume ont voté la grève en mai.", "date"),
    ("fr", "La Corée du Sud a livré 10 000 obus à la Russie.", "name Corée du Sud"),
    ("fr", "La Corée du Nord a livré 1 000 obus à la Russie.", "number"),
    ("fr", "La Corée du Nord a livré 10 000 euros à la Russie.", "number"),
    ("fr", "La Russie a livré 10 000 obus à la Corée du Nord.", "roles"),
    ("fr", "L’Italie a battu la France 2 à 1.", "roles"),
    ("fr", "La direction a signé l’accord.", "denial dropped"),
    ("fr", "Les dockers de Port-Brume n’ont pas voté la grève.", "denial"),
    ("fr", "Le prix du blé a augmenté de 2,5 %.", ""),
    ("fr", "L’Italie consacre 47 milliards à son armée.", "number of"),
    ("fr", "L’usine a payé la prime.", "denial dropped"),
    ("fr", "Un tiers des salariés est parti.", "number"),
    ("en", "South Korea delivered 10,000 shells to Russia.", "name South Korea"),
    ("fr", "Les dockers ont voté la grève, lire https://ailleurs.example/a.", "link"),
    ("fr", "Le maire a promis une prime aux écoles.", ""),
    ("fr", "Oui.", "nothing is claimed"),
]


@pytest.mark.parametrize(("language", "sentence"), PROVED)
def test_fair_rewordings_are_proved(language: str, sentence: str) -> None:
    verdict = proof(PORT).of(sentence, language)
    assert verdict.quotes, verdict.reason


@pytest.mark.parametrize(("language", "sentence", "reason"), REFUTED)
def test_what_the_article_does_not_say_is_refuted(
    language: str, sentence: str, reason: str
) -> None:
    verdict = proof(PORT).of(sentence, language)
    assert not verdict.quotes
    assert verdict.reason
    assert reason in verdict.reason


def test_a_sentence_may_rest_on_two() -> None:
    both = "La direction n’a pas signé l’accord et l’usine ouvrira lundi."
    verdict = proof(PORT).of(both, "fr")
    assert [quote.text for quote in verdict.quotes] == [
        "La direction n’a pas signé l’accord.",
        "Elle ouvrira lundi.",
    ]


def test_words_cut_out_of_a_denial_prove_nothing() -> None:
    text = "La Corée du Sud n’a pas envoyé de soldats en Russie."
    article = Article("sud", "Séoul", text, "fr")
    assert proof(article).of(text, "fr").quotes
    assert not proof(article).of("envoyé de soldats en Russie", "fr").quotes


def test_a_figure_is_never_part_of_another() -> None:
    article = Article("nord", "Séoul", "Ils ont envoyé 10 000 soldats.", "fr")
    assert proof(article).of("10 000 soldats", "fr").quotes
    assert not proof(article).of("10", "fr").quotes
    assert not proof(article).of("000 soldats", "fr").quotes
