"""A library made good again from what SQLite holds: passages, vectors, sketches, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index import derived, faults
from index.build import build_again
from index.embed import EMBEDDED, open_encoder, unversioned
from index.manifest import is_readable
from index.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.consistency import Ill
    from index.database import Database
    from index.store import Library

CUT = {"tables", "cut"}
DERIVED = {"tables", "cut", "derive"}
SKETCHED = {"tables", "cut", "sketch"}


def repair(library: Library, ills: Iterable[Ill]) -> None:
    """Make anew what these need; what needs a person stays as it is.

    :raises LibraryBusyError: another process is writing
    """
    remedies = {ill.remedy for ill in ills}
    library.hold()
    database = library.database
    if remedies & DERIVED:
        _mend(database)
        faults.at("tables mended")
    if remedies & SKETCHED:
        database.sketch_again()
        faults.at("sketches made again")
    if remedies & CUT:
        settings = database.manifest.settings
        build_again(library, open_encoder(unversioned(settings.encoder) if settings else EMBEDDED))
    elif "derive" in remedies:
        library.publish()
    if "sweep" in remedies:
        derived.sweep(library.folder, derived.newest(database))
        for path in library.folder.glob("*.part"):
            derived.remove(path)


def _mend(database: Database) -> None:
    """Tables that are there, a manifest that can be read, and nothing derived any more."""
    with database.transaction() as connection:
        for statement in filter(str.strip, SCHEMA.split(";")):
            connection.execute(statement)
        manifest = connection.execute("SELECT name, value FROM manifest").fetchall()
        for name, value in manifest:
            if not is_readable(name, value):
                connection.execute("DELETE FROM manifest WHERE name = ?", (name,))
        (newest,) = connection.execute("SELECT max(sequence) FROM passages").fetchone()
        database.manifest.note("sequence", max(database.manifest.sequence, newest or 0))
        for name in ("id", "title", "text", "language"):
            sql = (
                f"UPDATE articles SET {name} = CAST({name} AS TEXT) WHERE typeof({name}) <> 'text'"  # noqa: S608 - constants
            )
            connection.execute(sql)
        connection.execute("DELETE FROM feedback WHERE NOT json_valid(row)")
        connection.execute(
            "DELETE FROM feedback_articles WHERE number NOT IN (SELECT number FROM feedback)"
        )
        connection.execute("DELETE FROM removed")
        connection.execute("DELETE FROM manifest WHERE name = 'derived'")
