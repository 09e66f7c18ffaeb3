from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import vectors
from index.build import add_articles
from index.errors import InputError
from index.filters import checked
from index.store import create_library
from index.types import ALL, Article, Filters
from rag.commands.batch import answer_all, read_questions
from rag.langchain import ArticleRetriever

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Done

    from index.store import Library
    from index.types import Embedder, Hit
    from rag.chain import Chain

DATES = (None, "2023", "2024", "2024-09", "2024-10", "2024-10-01", "2024-10-31", "2025-02-28")
SOURCES = (None, "Le Courrier", "L’Écho", "Agence Nord")
SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"


def articles() -> list[Article]:
    return [
        Article(
            f"{n}",
            f"Le port, jour {n}",
            f"Les dockers du port ont voté la grève numéro {n}. " * (1 + n % 3),
            ("fr", "en", "de")[n % 3],
            SOURCES[n % len(SOURCES)],
            None,
            DATES[n // 2 % len(DATES)],
        )
        for n in range(48)
    ]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    made = create_library(tmp_path_factory.mktemp("library"))
    add_articles(made, embedder, articles())
    yield made
    made.close()


def found(library: Library, filters: Filters) -> set[str]:
    return {hit.passage.article.id for hit in library.search_words("grève", "fr", 999, filters)}


def dated(library: Library, filters: Filters) -> set[str | None]:
    return {library.article(key).published for key in found(library, filters)}


@pytest.mark.parametrize(
    ("since", "until", "dates"),
    [
        ("2025", None, {"2025-02-28"}),
        ("2024-10-15", None, {"2024", "2024-10", "2024-10-31", "2025-02-28"}),
        (None, "2023", {"2023"}),
        (None, "2024-09-30", {"2023", "2024", "2024-09"}),
        ("2024-10", "2024-10", {"2024", "2024-10", "2024-10-01", "2024-10-31"}),
        ("2024-10-01", "2024-10-01", {"2024", "2024-10", "2024-10-01"}),
        ("2026", None, set()),
    ],
)
def test_an_article_is_inside_when_its_date_and_the_period_share_a_day(
    library: Library, since: str | None, until: str | None, dates: set[str]
) -> None:
    assert dated(library, Filters(since, until)) == dates


def test_sources_languages_and_articles_narrow(library: Library) -> None:
    assert found(library, Filters(sources=("le courrier",))) == {str(n) for n in range(1, 48, 4)}
    assert found(library, Filters(languages=("EN-gb",))) == {str(n) for n in range(1, 48, 3)}
    assert found(library, Filters(articles=("7", "9", "none"))) == {"7", "9"}
    both = Filters(sources=("Le Courrier", "L’ÉCHO"), languages=("fr",))
    assert found(library, both) == {str(n) for n in range(48) if n % 4 in {1, 2} and n % 3 == 0}


@pytest.mark.parametrize(
    "filters",
    [
        Filters(since="2031"),
        Filters(sources=("Nobody's Gazette",)),
        Filters(sources=("' OR 1=1 --",)),
        Filters(languages=("ja",)),
        Filters(articles=("none",)),
        Filters(articles=("3",), languages=("de",)),
    ],
)
def test_a_filter_that_matches_nothing_returns_nothing(
    library: Library, embedder: Embedder, filters: Filters
) -> None:
    assert library.search_words("grève au port", "fr", 100, filters) == []
    assert library.search_vector(embedder.embed_question("grève"), 100, filters) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Filters,
        st.sampled_from([None, "2023", "2024-10", "2024-10-15"]),
        st.sampled_from([None, "2024-10", "2025-02-27", "2026"]),
        st.lists(st.sampled_from(SOURCES[1:])).map(tuple),
        st.lists(st.sampled_from(["fr", "en", "de"])).map(tuple),
        st.lists(st.integers(0, 60).map(str)).map(tuple),
    ),
    st.integers(1, 30),
)
def test_a_filtered_search_is_the_whole_one_less_what_is_outside(
    library: Library, embedder: Embedder, filters: Filters, limit: int
) -> None:
    inside = {a.id for a in library.articles() if is_inside(a, filters)}
    question, vector = "la grève au port, jour 7", embedder.embed_question("dockers")

    def whole(hits: list[Hit]) -> list[Hit]:
        return [hit for hit in hits if hit.passage.article.id in inside]

    by_words = library.search_words(question, "fr", limit, filters)
    expected = whole(library.search_words(question, "fr", 999))
    assert [hit.score for hit in by_words] == pytest.approx([h.score for h in expected[:limit]])
    by_vector = library.search_vector(vector, limit, filters)
    assert [h.score for h in by_vector] == [
        h.score for h in whole(library.search_vector(vector, 999))[:limit]
    ]
    assert {h.passage.article.id for h in (*by_words, *by_vector)} <= inside
    assert len(library.search_words(question, "fr", 999, filters)) == len(expected)


def is_inside(article: Article, filters: Filters) -> bool:
    """As the words of the documentation say it, day by day."""
    date = article.published or ""
    first, last = date + "0000-01-01"[len(date) :], date + "9999-12-31"[len(date) :]
    after = not filters.since or (date and last >= filters.since)
    before = not filters.until or (date and first[: len(filters.until)] <= filters.until)
    return bool(
        after
        and before
        and (not filters.sources or article.source in filters.sources)
        and (not filters.languages or article.language in filters.languages)
        and (not filters.articles or article.id in filters.articles)
    )


def test_clusters_miss_nothing_that_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "CLUSTER_FROM", 500)
    random = np.random.default_rng(0)
    centres = random.normal(size=(12, 16))
    rows = centres[random.integers(0, 12, 3_000)] + 0.1 * random.normal(size=(3_000, 16))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    index = vectors.build(rows, np.arange(3_000) * 2)
    assert index.ntotal == 3_000
    for count in (1, 40, 1_500):
        allowed = np.sort(random.choice(3_000, count, replace=False)) * 2
        [vector] = (rows[[0]],)
        got = vectors.search(index, vector, 25, allowed)
        scores = dict(vectors.search(index, vector, 3_000, np.arange(3_000) * 2))
        best = sorted((scores[n] for n in allowed.tolist()), reverse=True)[:25]
        assert [score for _, score in got] == pytest.approx(best)
        assert {number for number, _ in got} <= set(allowed.tolist())


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (Filters(since="octobre"), "since: 'octobre' is no date; write 2024, 2024-10 or"),
        (Filters(until="2024-13"), "until: '2024-13' is no date"),
        (Filters(since="2023-02-29"), "since: '2023-02-29' is no date"),
        (Filters(since="٢٠٢٤"), "is no date"),
        (Filters(since=""), "is no date"),
        (Filters(since="2024-10-02", until="2024-10-01"), "since 2024-10-02 is after until"),
        (Filters(languages=("french",)), "language: 'french' is no code"),
    ],
)
def test_what_is_no_filter_is_told(library: Library, filters: Filters, message: str) -> None:
    with pytest.raises(InputError, match=message):
        library.search_words("grève", "fr", 5, filters)


def test_a_year_ends_after_its_months() -> None:
    for filters in (Filters("2024-12-31", "2024"), Filters("2024", "2024-01"), ALL):
        assert checked(filters) == filters


def test_answers_come_from_the_articles_asked_for(corpus_chain: Chain) -> None:
    asked = corpus_chain.ask(SOLDIERS)
    cited = asked.citations[0].article
    source = corpus_chain.library.article(asked.hits[-1].passage.article.id).source
    assert source
    other = replace(ALL, sources=(source,))
    for filters in (Filters(articles=(cited,)), other):
        narrowed = corpus_chain.ask(SOLDIERS, filters=filters)
        allowed = {a.id for a in corpus_chain.library.articles() if is_inside(a, filters)}
        assert narrowed.hits
        assert {hit.passage.article.id for hit in narrowed.hits} <= allowed
    nothing = corpus_chain.ask(SOLDIERS, filters=Filters(until="1950"))
    assert (nothing.status, nothing.hits, nothing.citations) == ("refused", (), ())


def test_the_retriever_takes_filters(corpus_chain: Chain) -> None:
    retriever = ArticleRetriever(chain=corpus_chain, filters=Filters(languages=("en",)))
    assert {document.metadata["language"] for document in retriever.invoke(SOLDIERS)} == {"en"}


def test_each_row_of_a_batch_has_its_own(corpus_chain: Chain, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "all", "question": SOLDIERS},
        {"id": "none", "question": SOLDIERS, "filters": {"until": "1950"}},
        {"id": "en", "question": SOLDIERS, "filters": {"languages": ["en"]}},
    ]
    file, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    list(answer_all(corpus_chain, read_questions(file), out))
    whole, nothing, english = map(json.loads, out.read_text("utf-8").splitlines())
    assert nothing["hits"] == []
    assert english["hits"]
    assert len(english["hits"]) < len(whole["hits"])


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"since": "hier"}, "line 1: since: 'hier' is no date"),
        ({"source": ["x"]}, "line 1: filters.source: Extra inputs"),
        ({"sources": "x"}, "line 1: filters.sources: "),
    ],
)
def test_a_filter_that_is_none_is_named_before_anything_is_asked(
    tmp_path: Path, filters: dict[str, object], message: str
) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps({"id": "1", "question": "Qui ?", "filters": filters}), "utf-8")
    with pytest.raises(InputError, match=message):
        read_questions(file)


def test_the_command_takes_filters(
    depeche: Callable[..., Done], corpus_library: Path, tmp_path: Path
) -> None:
    def hits(*options: str) -> list[str]:
        done = depeche("ask", SOLDIERS, "--library", corpus_library, "--json", *options)
        return [hit["article"] for hit in json.loads(done.out)["hits"]]

    some = hits()[:2]
    assert set(hits("--article", some[0], "--article", some[1])) == set(some)
    assert hits("--language", "en", "--since", "2024", "--until", "2025-12")
    assert hits("--source", "nobody") == []
    done = depeche("ask", SOLDIERS, "--since", "hier", "--library", corpus_library)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("depeche: since: 'hier' is no date; write 2024, 2024-10 or")
    (tmp_path / "in.jsonl").write_text("", "utf-8")
    batch = ("--batch", "in.jsonl", "--out", "out.jsonl", "--since", "2024")
    done = depeche("ask", *batch, "--library", corpus_library)
    assert (done.code, len(done.err.splitlines())) == (2, 1)
