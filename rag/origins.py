"""Copies of one text among the hits, as one: agency copy counts once. Knows nothing of ranking."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.duplicates import figures_differ, share_held

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.types import Article, Hit, Passage, Store

# Share of a passage's wording that a copy has, from which it says the same. Untested: a third of
# the words changed leave a third of the wording, another subject leaves under a tenth.
SAID: Final = 0.25
VERBATIM: Final = 0.9  # from which it has the same words, so that the earlier one may be cited


def collapse(store: Store, hits: Sequence[Hit]) -> list[Hit]:
    """The hits in their order, what copies repeat left out, the others named in `Hit.copies`.

    The first copy found stands for the others, or the earliest published that has its words. What
    a copy adds, or where it gives other figures, stays a hit of its own.
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
    return list(kept.values())


def _stand_in(
    store: Store, passage: Passage, near: Sequence[Article], kept: Iterable[Hit]
) -> Passage:
    """The passage shown in the place of this one, which may be itself."""
    earliest = sorted([passage.article, *near], key=lambda a: (a.published or "9999", a.id))
    for article in earliest:
        if article != passage.article and share_held(passage.text, article.text) >= VERBATIM:
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


def _says(article: Article, passage: Passage) -> bool:
    """Whether an article has the passage's text, give or take words, and no other figures."""
    held = share_held(passage.text, article.text)
    return held >= SAID and not figures_differ(replace(passage.article, text=passage.text), article)
