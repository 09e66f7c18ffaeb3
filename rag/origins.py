"""Copies of one text among the hits, as one: agency copy counts once. Knows nothing of ranking."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.duplicates import figures_differ, share_held

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from index.types import Article, Hit, Passage, Store

# Share of a passage's wording that a copy has, from which it says the same. Untested: a third of
# the words changed leave a third of the wording, another subject leaves under a tenth.
SAID: Final = 0.25
VERBATIM: Final = 0.9  # from which it has the same words, so that the earlier one may be cited
# Hits of several articles of one origin, as many as are read of one article (rag/reader.py): who
# prints a text many times, each time with other figures, fills no ranking.
OF_ONE_ORIGIN: Final = 4


def collapse(store: Store, hits: Sequence[Hit]) -> list[Hit]:
    """The hits in their order, what copies repeat left out, the others named in `Hit.copies`.

    The first copy found stands for the others, or the earliest published that has its words. What
    a copy adds, or where it gives other figures, stays a hit of its own, as far as there are few.
    """
    linked = store.copies({hit.passage.article.id for hit in hits})
    found = {hit.passage.article.id: hit.passage.article for hit in hits}
    kept: dict[str, Hit] = {}
    for hit in hits:
        article = hit.passage.article
        if article.id not in linked:
            kept.setdefault(hit.passage.id, hit)
            continue
        near = [found[other] for other in linked[article.id] if other in found]
        passage = _stand_in(store, hit.passage, near, kept.values())
        copies = tuple(a.id for a in _having(passage, [article, *near]))
        kept.setdefault(passage.id, replace(hit, passage=passage, copies=copies))
    return _few_of_each(kept.values(), linked)


def _few_of_each(hits: Collection[Hit], linked: Mapping[str, Sequence[str]]) -> list[Hit]:
    """The hits without those beyond the first few of an origin that has several articles here.

    :param linked: the other articles of each one's origin, by id
    """
    here = {hit.passage.article.id for hit in hits}
    seen: Counter[str] = Counter()
    kept = []
    for hit in hits:
        article = hit.passage.article.id
        origin = [article, *(other for other in linked.get(article, ()) if other in here)]
        seen[min(origin)] += 1
        if len(origin) == 1 or seen[min(origin)] <= OF_ONE_ORIGIN:
            kept.append(hit)
    return kept


def _stand_in(
    store: Store, passage: Passage, near: Sequence[Article], kept: Iterable[Hit]
) -> Passage:
    """The passage shown in the place of this one, which may be itself."""
    earliest = sorted([passage.article, *near], key=lambda a: (a.published or "9999", a.id))
    for article in earliest:
        if article != passage.article and _says(article, passage, VERBATIM):
            return _closest(store.passages(article.id), passage)
        if article == passage.article:
            break
    shown = [hit.passage for hit in kept if hit.passage.article in near]
    repeats = [p for p in shown if _says(p.article, passage)]
    return _closest(repeats, passage) if repeats else passage


def _closest(passages: Sequence[Passage], wanted: Passage) -> Passage:
    return max(passages, key=lambda passage: share_held(wanted.text, passage.text))


def _having(passage: Passage, articles: Iterable[Article]) -> list[Article]:
    """Those of the other articles that say what the passage says."""
    return [a for a in articles if a.id != passage.article.id and _says(a, passage)]


def _says(article: Article, passage: Passage, least: float = SAID) -> bool:
    """Whether an article has the passage's text, give or take words, and no other figures."""
    part = replace(passage.article, text=passage.text)
    return share_held(part.text, article.text) >= least and not figures_differ(part, article)
