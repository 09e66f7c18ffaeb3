from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from index.build import add_articles, settings_of
from index.duplicates import are_copies, bands, figures_differ, may_be_copies, share_held, sketch
from index.store import create_library, open_library
from index.types import Article
from rag.origins import OF_ONE_ORIGIN
from rag.retrieve import HITS, retrieve
from rag.understand import understand

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.store import Library
    from index.types import Embedder

LEAD = "La préfecture a levé l'alerte mercredi soir, après trois jours de pluie sur la vallée. "
BODY = (
    "La rivière a quitté son lit dimanche à l'aube, emportant deux passerelles et une partie du "
    "camping municipal. Les pompiers ont mis à l'abri 46 habitants, hébergés depuis au gymnase. "
    "Le maire demande la reconnaissance de l'état de catastrophe naturelle et chiffre les dégâts "
    "à 2,5 millions d'euros. La ligne de train restera coupée jusqu'au 12 avril, le temps de "
    "consolider le remblai que le courant a creusé sur 80 mètres. "
)
END = "Une cagnotte a été ouverte par les commerçants de la rue basse, la plus touchée."
FLOOD = Article(
    "agence/crue", "Crue", LEAD + BODY + END, "fr", "Agence du Val", published="2024-04-03"
)
PRINTED = replace(
    FLOOD,
    id="journal/crue",
    title="Trois jours d'eau",
    text="On respire enfin dans la vallée : le ciel s'est dégagé. " + BODY,
    source="Le Journal",
    published="2024-04-04",
)
OTHER = replace(
    FLOOD,
    id="autre",
    text=(
        "Après la crue, l'heure est aux comptes dans la vallée. Les 46 habitants mis à l'abri "
        "dimanche ont pu regagner leur maison, et la région promet 2,5 millions d'euros pour "
        "les passerelles. Au camping, il ne reste que les sanitaires, dit sa gérante, qui compte "
        "rouvrir en juin. Les trains ne circuleront pas avant le 12 avril."
    ),
    source="La Gazette",
)


def test_a_copy_with_another_lead_and_no_end_is_one() -> None:
    assert are_copies(FLOOD, PRINTED)
    assert are_copies(PRINTED, FLOOD)
    assert may_be_copies(sketch(FLOOD), sketch(PRINTED))
    assert not set(bands(sketch(FLOOD))).isdisjoint(bands(sketch(PRINTED)))


def test_two_reports_of_one_event_are_none() -> None:
    assert not are_copies(FLOOD, OTHER)


@pytest.mark.parametrize(
    "change",
    [{"language": "en"}, {"published": "2024-06-30"}, {"source": "Agence du Val"}],
    ids=["another language", "months later", "the same source's next report"],
)
def test_what_looks_alike_for_another_reason_is_none(change: dict[str, str]) -> None:
    assert not are_copies(FLOOD, replace(PRINTED, **change))


def test_the_same_words_are_copies_whenever_printed() -> None:
    again = replace(FLOOD, id="archive", source="Agence du Val", published="2031-01-01")
    assert are_copies(FLOOD, again)


def test_a_date_less_precise_than_a_day_rules_nothing_out() -> None:
    assert are_copies(FLOOD, replace(PRINTED, published="2025"))
    assert are_copies(FLOOD, replace(PRINTED, published=None))


def test_a_turn_of_phrase_makes_no_copy() -> None:
    short = replace(FLOOD, id="a", text="La rivière a quitté son lit dimanche.", source="Un")
    assert not are_copies(short, replace(short, id="b", source="Deux"))


def test_house_style_changes_neither_wording_nor_figures() -> None:
    assert share_held("L’ÉTAT d'urgence, dit-il.", "l'etat d’urgence dit-il") == 1
    written = replace(FLOOD, text=FLOOD.text.replace("46", "quarante-six"))
    assert not figures_differ(FLOOD, written)
    assert not figures_differ(FLOOD, PRINTED)
    assert figures_differ(FLOOD, replace(FLOOD, text=FLOOD.text.replace("46", "cinquante")))


def test_sketches_stay_comparable_with_those_kept_before() -> None:
    """A library keeps them: another version of the library that makes them must make the same."""
    made = sketch(replace(FLOOD, text="un deux trois quatre cinq"))
    assert made.size == 3
    assert [int(value) for value in made.hashes[:3]] == [260068548, 2453091285, 2037642045]


QUESTION = understand("Combien d'habitants les pompiers ont-ils mis à l'abri ?")
CUT = replace(FLOOD, id="web", text=BODY, source="Radio Val", published="2024-04-05")


def copies(library: Library) -> dict[str, set[str]]:
    found = library.copies([article.id for article in library.articles()])
    return {article: set(others) for article, others in found.items()}


ALL = {FLOOD.id, PRINTED.id, CUT.id}
ORIGIN = {article: ALL - {article} for article in ALL}


def test_an_origin_is_the_same_in_whatever_order_its_copies_come(
    tmp_path: Path, embedder: Embedder
) -> None:
    for n, order in enumerate(permutations([FLOOD, PRINTED, CUT, OTHER])):
        library = create_library(tmp_path / str(n))
        add_articles(library, embedder, order)
        assert copies(library) == ORIGIN
        library.close()


@pytest.mark.parametrize("gone", sorted(ALL))
def test_when_one_is_removed_the_others_stay_an_origin(
    library: Library, embedder: Embedder, gone: str
) -> None:
    add_articles(library, embedder, [FLOOD, PRINTED, CUT])
    library.remove(gone)
    left = ALL - {gone}
    assert copies(library) == {article: left - {article} for article in left}


def test_an_article_that_changes_leaves_its_origin(library: Library, embedder: Embedder) -> None:
    add_articles(library, embedder, [FLOOD, PRINTED])
    add_articles(library, embedder, [replace(OTHER, id=PRINTED.id)])
    assert copies(library) == {}
    tables = ("copies", "sketches", "bands")
    kept = [library.database.rows(f"SELECT count(*) FROM {t}")[0][0] for t in tables]  # noqa: S608 - constants
    assert kept == [0, 2, 128]


def test_indexing_reads_only_what_may_be_a_copy(
    library: Library, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_articles(library, embedder, [FLOOD, OTHER])
    read: list[str] = []
    whole = library.database.article

    def noted(article_id: str) -> Article:
        read.append(article_id)
        return whole(article_id)

    monkeypatch.setattr(library.database, "article", noted)
    add_articles(library, embedder, [PRINTED])
    assert read == [FLOOD.id]


def test_a_library_of_the_first_format_is_upgraded(library: Library, embedder: Embedder) -> None:
    add_articles(library, embedder, [FLOOD, PRINTED])
    library.close()
    with sqlite3.connect(library.folder / "library.sqlite") as before:
        before.executescript(
            "DROP TABLE sketches; DROP TABLE bands; DROP TABLE copies; PRAGMA user_version = 1;"
        )
    before.close()
    opened = open_library(library.folder)
    assert opened.article(FLOOD.id) == FLOOD
    assert len(retrieve(opened, embedder, QUESTION)) == 2
    assert copies(opened) == {}
    opened.begin(settings_of(embedder))
    assert copies(opened) == {FLOOD.id: {PRINTED.id}, PRINTED.id: {FLOOD.id}}
    opened.close()


def found(library: Library, embedder: Embedder, articles: Sequence[Article]) -> list[list[str]]:
    """For each hit its article and the others that it stands for."""
    add_articles(library, embedder, articles)
    hits = retrieve(library, embedder, QUESTION)
    return [[hit.passage.article.id, *sorted(hit.copies)] for hit in hits]


def test_copies_are_one_hit_and_the_earliest_stands_for_them(
    library: Library, embedder: Embedder
) -> None:
    rows = found(library, embedder, [CUT, PRINTED, FLOOD, OTHER])
    assert sorted(rows) == [[FLOOD.id, PRINTED.id, CUT.id], [OTHER.id]]


def test_a_copy_with_another_figure_stays_a_hit_of_its_own(
    library: Library, embedder: Embedder
) -> None:
    later = replace(PRINTED, text=PRINTED.text.replace("46 habitants", "52 habitants"))
    same = replace(FLOOD, id="reprise", text=FLOOD.text.replace("46", "53"), source="Radio Val")
    rows = found(library, embedder, [FLOOD, later, same])
    assert sorted(rows) == [[FLOOD.id], [PRINTED.id], [same.id]]


def test_what_a_copy_adds_is_found_in_it(library: Library, embedder: Embedder) -> None:
    added = "\n\n" + "Le club de canoë prête ses bateaux aux riverains du quai. " * 12
    longer = replace(PRINTED, text=LEAD + BODY + END + added)
    add_articles(library, embedder, [FLOOD, longer])
    hit, *_ = retrieve(library, embedder, understand("Qui prête des bateaux ?"))
    assert hit.passage.article.id == PRINTED.id
    assert "canoë" in hit.passage.text


def test_many_copies_do_not_crowd_out_the_rest(library: Library, embedder: Embedder) -> None:
    same = [replace(FLOOD, id=f"copie-{n:03}", source=f"Journal {n}") for n in range(130)]
    rest = [
        replace(OTHER, id=f"autre-{n}", text=f"Le conseil a parlé du dossier {n} lundi.")
        for n in range(HITS)
    ]
    rows = found(library, embedder, [*same, *rest])
    assert len(rows) == HITS
    assert len(rows[0]) == len(same)
    assert sum(row[0].startswith("copie") for row in rows) == 1


def test_copies_that_each_give_another_figure_do_not_crowd_out_the_rest(
    library: Library, embedder: Embedder
) -> None:
    """A text printed over and over to be believed: few of it are found, and fewer are read."""
    loud = [
        replace(FLOOD, id=f"copie-{n:03}", source=f"Journal {n}",
                text=FLOOD.text.replace("46", f"{1_000 + n}"))
        for n in range(60)
    ]  # fmt: skip
    rest = [
        replace(OTHER, id=f"autre-{n}", text=f"Le conseil a parlé du dossier {n} lundi.")
        for n in range(HITS)
    ]
    rows = found(library, embedder, [*loud, *rest])
    assert len(rows) == HITS
    assert sum(row[0].startswith("copie") for row in rows) == OF_ONE_ORIGIN
