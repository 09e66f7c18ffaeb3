from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.durable import folder_digest
from index.lexical import Indexed, LexicalIndex, write

if TYPE_CHECKING:
    from pathlib import Path

VOCABULARY = ["grève", "port", "dockers", "crue", "rivière", "loup", "vallée", "musée", "10 000"]


def passage(number: int, text: str, title: str = "", language: str = "fr") -> Indexed:
    return Indexed(number, title, text, text, language)


PASSAGES = [
    passage(1, "Les dockers ont voté la grève au port.", "Grève au port"),
    passage(2, "La rivière a débordé dans la vallée.", "Crue de l'Aune"),
    passage(3, "On a compté 46 loups dans la vallée.", "Le loup est là"),
    passage(4, "Les élèves ont fêté l'été.", "À l'école"),
]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    return made(tmp_path / "words", PASSAGES)


def made(folder: Path, passages: list[Indexed]) -> LexicalIndex:
    write(folder, passages)
    return LexicalIndex(folder)


def numbers(index: LexicalIndex, text: str, language: str = "fr", *others: str) -> list[int]:
    return [number for number, _ in index.search(text, language, others, 20)]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Quand les dockers ont-ils voté la grève ?", [1]),
        ("Combien de loups dans la vallée ?", [3, 2]),
        ("Les fêtes des élèves", [4]),
        ("les fetes des eleves", [4]),
        ("DOCKERS", [1]),
        ("l’Aune", [2]),
        ("rivières", [2]),
        ("46", [3]),
        ("hélicoptère", []),
        ("Qui et pour lesquelles ?", []),
        ("", []),
        ("?!", []),
        ('port" OR body:* AND (', [1]),
        ("+port -grève", [1]),
    ],
)
def test_an_article_is_found_by_its_words_only(
    index: LexicalIndex, question: str, found: list[int]
) -> None:
    assert numbers(index, question) == found


def test_the_title_and_the_rest_of_the_article_help(tmp_path: Path) -> None:
    whole = "La crue a surpris la vallée. Sept personnes ont été secourues."
    parts = [
        Indexed(1, "Grève", "Sept trains ont été supprimés.", "Sept trains sont supprimés.", "fr"),
        Indexed(2, "Crue", "Sept personnes ont été secourues.", whole, "fr"),
    ]
    index = made(tmp_path / "words", parts)
    assert numbers(index, "sept crue") == [2, 1]
    assert numbers(index, "vallée") == [2]


@pytest.mark.parametrize("limit", [0, -1])
def test_nothing_is_asked_for(index: LexicalIndex, limit: int) -> None:
    assert index.search("grève", "fr", (), limit) == []


def test_the_limit_keeps_the_best(index: LexicalIndex) -> None:
    assert [number for number, _ in index.search("loups vallée", "fr", (), 1)] == [3]


def test_equal_scores_are_ordered_by_number(tmp_path: Path) -> None:
    same = [passage(number, "Le port est fermé.") for number in (7, 3, 9, 1)]
    index = made(tmp_path / "words", same)
    found = index.search("port", "fr", (), 20)
    assert [number for number, _ in found] == [1, 3, 7, 9]
    assert len({score for _, score in found}) == 1


def test_scores_compare_from_question_to_question(index: LexicalIndex) -> None:
    def best(question: str) -> float:
        return index.search(question, "fr", (), 1)[0][1]

    # A word that no passage has lowers the score, rather than being left out of account
    assert best("dockers grève port") > best("dockers grève hélicoptère")
    assert best("dockers") > best("dockers hélicoptère sous-marin")


def test_words_of_other_languages_are_stemmed_as_theirs(tmp_path: Path) -> None:
    index = made(
        tmp_path / "words",
        [
            passage(1, "Die Soldaten stehen in Nordkorea.", language="de"),
            passage(2, "North Korean soldiers, Vladimir Putin's meetings.", language="en"),
            passage(3, "Les soldats de Nagasaki.", language="fr"),
            passage(4, "Los soldados de Filipinas.", language="es"),
        ],
    )
    assert numbers(index, "Que fait Vladimir Putin ?", "fr", "en", "de") == [2]
    assert numbers(index, "Nordkorea", "fr", "de") == [1, 2]  # the English name stands for it
    # "Philippines" and "Filipinas" share no stem; a name that is written alike does
    assert numbers(index, "Filipinas", "fr", "es") == [4]
    assert numbers(index, "Nagasaki", "de", "fr") == [3]


def test_a_stem_that_differs_by_language_is_found_when_the_language_is_there(
    tmp_path: Path,
) -> None:
    """English takes "meetings" to "meet", French does not."""
    index = made(tmp_path / "words", [passage(1, "The meeting failed.", language="en")])
    assert numbers(index, "meetings", "fr", "en") == [1]
    assert numbers(index, "meetings", "fr") == []


def test_a_name_typed_wrong_is_found_where_no_passage_has_it(tmp_path: Path) -> None:
    texts = [
        "Kaczyński a parlé à Varsovie.",
        "Macron a parlé à Paris.",
        "Marcon a gagné la course.",
    ]
    index = made(tmp_path / "words", [passage(n, text) for n, text in enumerate(texts, 1)])
    assert numbers(index, "Kacynski") == [1]
    assert numbers(index, "macorn") == [2]
    # What the articles have is never taken for a slip
    assert numbers(index, "Macron") == [2]
    assert numbers(index, "Marcon") == [3]
    assert numbers(index, "corse") == []


def test_what_stands_for_a_word_weighs_less_than_the_word(tmp_path: Path) -> None:
    texts = [
        "La Corée du Nord a envoyé des soldats.",
        "Pyongyang a envoyé des soldats.",
        "La Corée du Sud a envoyé des soldats.",
        "Le nord de la France.",
    ]
    index = made(tmp_path / "words", [passage(n, text) for n, text in enumerate(texts, 1)])
    assert numbers(index, "soldats de la Corée du Nord")[:2] == [1, 2]
    assert numbers(index, "soldats de Pyongyang")[:2] == [2, 1]
    scores = dict(index.search("Pyongyang", "fr", (), 9))
    assert scores[2] > scores[1] > 0
    assert set(scores) == {1, 2}


def test_deleting_by_number_deletes(tmp_path: Path) -> None:
    base = tmp_path / "base"
    write(base, PASSAGES)
    before = folder_digest(base)
    following = tmp_path / "next"
    write(following, [passage(5, "Le port a rouvert.")], [1, 3, 99], base)
    after = LexicalIndex(following)
    assert len(after) == 3
    assert numbers(after, "dockers grève port loups vallée rouvert") == [5, 2]
    assert numbers(after, "dockers") == []
    assert folder_digest(base) == before
    assert numbers(LexicalIndex(base), "dockers") == [1]


def test_what_is_added_in_steps_scores_as_what_is_made_at_once(tmp_path: Path) -> None:
    whole = made(tmp_path / "whole", PASSAGES)
    write(tmp_path / "one", PASSAGES[:2])
    write(tmp_path / "two", PASSAGES[2:], (), tmp_path / "one")
    steps = LexicalIndex(tmp_path / "two")
    for question in ("loups vallée", "grève au port", "été"):
        found, expected = (i.search(question, "fr", (), 9) for i in (steps, whole))
        assert [number for number, _ in found] == [number for number, _ in expected]
        assert [s for _, s in found] == pytest.approx([s for _, s in expected])


def test_an_open_index_leaves_nothing_in_a_folder_that_is_being_swept(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    index = made(folder, PASSAGES)
    for lock in folder.glob(".*.lock"):
        lock.unlink()
    (folder / "meta.json").write_text((folder / "meta.json").read_text("utf-8") + " ", "utf-8")
    time.sleep(1)  # tantivy's watcher looks twice a second
    assert not list(folder.glob(".*.lock"))
    assert numbers(index, "dockers") == [1]


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    assert numbers(made(tmp_path / "words", []), "grève") == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=30), min_size=1, max_size=8),
    asked=st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=6),
)
def test_scores_lie_between_0_and_1(
    tmp_path: Path, texts: list[list[str]], asked: list[str]
) -> None:
    passages = [passage(n, ". ".join(words), " ".join(words[:3])) for n, words in enumerate(texts)]
    index = made(tmp_path / "words", passages)
    found = index.search(" ; ".join(asked), "fr", (), 20)
    assert {number for number, _ in found} == {
        n for n, words in enumerate(texts) if not set(words).isdisjoint(asked)
    }
    assert all(0 < score <= 1 for _, score in found)
    assert found == sorted(found, key=lambda row: (-row[1], row[0]))
