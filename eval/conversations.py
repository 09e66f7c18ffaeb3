"""Whether a turn is completed from the turns before it, and its article found then.

Each conversation names what the complete question must contain and what must be gone from it; a
turn that leans on nothing must stay as it is. Knows nothing of how `understand` does it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eval.bootstrap import mean
from eval.rows import read_rows
from index.errors import InputError
from index.words import fold
from rag.retrieve import retrieve
from rag.understand import understand

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from eval.bootstrap import Score
    from rag.chain import Chain

FIRST: Final = 5  # passages among which the article is looked for
ALONE: Final = "alone"  # the kind of turn that leans on nothing
# completed: what is searched. typed: the last turn without the others. joined: all turns one after
# the other. reference: the complete question as a person wrote it.
ARMS: Final = ("completed", "typed", "joined", "reference")
# complete: all that is needed and nothing that was replaced, of the turns that lean on others.
# unchanged: of those that do not. Article@5: one of the first five passages is of the article.
MEASURES: Final = ("complete", "unchanged", "Article@5")


@dataclass(frozen=True, slots=True)
class Conversation:
    """Two or three turns, and what the last one asks."""

    id: str
    kind: str
    language: str
    turns: tuple[str, ...]
    standalone: tuple[str, ...]  # complete questions as people would ask them, the best first
    needs: tuple[str, ...]  # words and names that the complete question holds
    gone: tuple[str, ...]  # those that it no longer holds
    article: str
    answer: str  # "" where the article does not say


@dataclass(frozen=True, slots=True)
class Scored:
    """For one conversation, the value of each measure that applies to it, by arm."""

    conversation: Conversation
    arms: dict[str, dict[str, float]]


def read_conversations(path: Path) -> list[Conversation]:
    """The conversations of a file of JSON lines.

    :raises InputError: the file or a line cannot be read
    """
    try:
        return [
            Conversation(
                row["id"],
                row["kind"],
                row["lang"],
                tuple(row["turns"]),
                tuple(row["standalone"]),
                tuple(row["needs"]),
                tuple(row.get("gone", ())),
                row["article"],
                row.get("answer", ""),
            )
            for row in read_rows(path)
        ]
    except KeyError as error:
        raise InputError(f"{path}: a conversation lacks the field {error}") from error


def score_conversations(path: Path, chain: Chain | None = None) -> list[Scored]:
    """Each conversation by each arm.

    :param chain: over the articles that the conversations name; None leaves Article@5 out
    """
    return [
        Scored(talk, {arm: _values(talk, text, chain) for arm, text in texts(talk).items()})
        for talk in read_conversations(path)
    ]


def conversation_figures(scored: Sequence[Scored]) -> dict[str, dict[str, Score]]:
    """Arm -> measure -> mean and interval over the conversations that have the measure."""
    return {
        arm: {
            measure: mean([s.arms[arm][measure] for s in scored if measure in s.arms[arm]])
            for measure in MEASURES
        }
        for arm in ARMS
    }


def texts(talk: Conversation) -> dict[str, str]:
    """Arm -> what is searched."""
    *before, last = talk.turns
    return {
        "completed": understand(last, before).standalone,
        "typed": last,
        "joined": " ".join(talk.turns),
        "reference": talk.standalone[0],
    }


def is_complete(talk: Conversation, text: str) -> bool:
    """Whether the text has all that is needed and nothing that was replaced."""
    return all(_holds(text, word) for word in talk.needs) and not any(
        _holds(text, word) for word in talk.gone
    )


def _values(talk: Conversation, text: str, chain: Chain | None) -> dict[str, float]:
    if talk.kind == ALONE:
        values = {"unchanged": float(text == talk.turns[-1])}
    else:
        values = {"complete": float(is_complete(talk, text))}
    if chain is not None:
        hits = retrieve(chain.library, chain.embedder, understand(text), FIRST)
        values["Article@5"] = float(any(h.passage.article.id == talk.article for h in hits))
    return values


def _holds(text: str, words: str) -> bool:
    """Whether these whole words stand in the text, whatever case, accents and apostrophes."""
    return re.search(rf"(?<!\w){re.escape(_plain(words))}(?!\w)", _plain(text)) is not None


def _plain(text: str) -> str:
    return fold(text.casefold().replace("’", "'"))
