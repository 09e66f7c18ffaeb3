"""Which articles are copies of each other, kept in SQLite: an origin is what links hold together.

Of each article a sketch is kept, so that a new one is compared with those that may be its copies
and with no other; removing an article leaves the links between the others. Each function works
within a transaction of who calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from index.duplicates import Sketch, are_copies, bands, may_be_copies

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from index.types import Article

# Links of an article, to the newest: a thousand copies of one text are one origin with few links.
LINKS: Final = 20  # Untested limit
ORIGINS: Final = """
WITH RECURSIVE linked (root, number) AS (
    SELECT number, number FROM sketches WHERE article IN ({marks})
    UNION SELECT root, other FROM linked JOIN copies ON copies.number = linked.number
)
SELECT roots.article, others.article FROM linked
JOIN sketches AS roots ON roots.number = root
JOIN sketches AS others ON others.number = linked.number
WHERE linked.number <> root ORDER BY 1, 2
"""


def add(
    connection: sqlite3.Connection,
    article: Article,
    made: Sketch,
    article_of: Callable[[str], Article],
) -> None:
    """Keep the sketch of an article that is stored, and link it with its copies.

    :param article_of: reads an article by its id
    """
    links = []
    for number, other_id in _candidates(connection, made):
        if are_copies(article, article_of(other_id)):
            links.append(number)
        if len(links) == LINKS:
            break
    sql = "INSERT INTO sketches (article, size, hashes) VALUES (?, ?, ?)"
    new = connection.execute(sql, (article.id, made.size, made.hashes.tobytes())).lastrowid
    rows = [(band, new) for band in bands(made)]
    connection.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", rows)
    both = [pair for number in links for pair in ((new, number), (number, new))]
    connection.executemany("INSERT INTO copies VALUES (?, ?)", both)


def drop(connection: sqlite3.Connection, article_id: str) -> None:
    """Forget an article's sketch and links; nothing when it has none."""
    sql = "SELECT number, size, hashes FROM sketches WHERE article = ?"
    for number, size, hashes in connection.execute(sql, (article_id,)).fetchall():
        rows = [(band, number) for band in bands(_sketch(hashes, size))]
        connection.executemany("DELETE FROM bands WHERE band = ? AND number = ?", rows)
        sql = "SELECT other FROM copies WHERE number = ?"
        links = [(other, number) for (other,) in connection.execute(sql, (number,))]
        both = [pair for link in links for pair in (link, link[::-1])]
        connection.executemany("DELETE FROM copies WHERE number = ? AND other = ?", both)
        connection.execute("DELETE FROM sketches WHERE number = ?", (number,))


def copies(
    rows: Callable[[str, Sequence[str]], list[tuple[str, str]]], article_ids: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """The other articles of each one's origin, by id; an article without copies is left out.

    :param rows: runs a query; it must take this many values at once
    """
    found: dict[str, tuple[str, ...]] = {}
    marks = ",".join("?" * len(article_ids))
    for article, other in rows(ORIGINS.format(marks=marks), article_ids):
        found[article] = (*found.get(article, ()), other)
    return found


def _candidates(connection: sqlite3.Connection, made: Sketch) -> list[tuple[int, str]]:
    """Who may be a copy: number and article id, the newest first."""
    wanted = bands(made)
    marks = ",".join("?" * len(wanted))
    sql = (
        "SELECT number, article, size, hashes FROM sketches WHERE number IN "  # noqa: S608 - marks
        f"(SELECT number FROM bands WHERE band IN ({marks})) ORDER BY number DESC"
    )
    found = connection.execute(sql, wanted)
    return [(n, article) for n, article, size, h in found if may_be_copies(made, _sketch(h, size))]


def _sketch(hashes: bytes, size: int) -> Sketch:
    import numpy as np

    return Sketch(np.frombuffer(hashes, np.uint32), size)
