"""Which passages may be found: `Filters` checked, and as a condition on SQLite's articles.

An article's date is a period: "2024-10" is the whole month. It is inside when it shares a day with
the period asked for; an article without a date never is. Knows nothing of how passages are ranked.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from index.errors import InputError
from index.language import normalised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Filters

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
# A date of any precision filled up to its first and its last day; compared as text, so that no
# month has to be known to be shorter than 31 days.
_FIRST: Final = "0000-01-01"
_LAST: Final = "9999-12-31"
_FIRST_DAY: Final = f"substr(published || substr('{_FIRST}', length(published) + 1), 1, 10)"
_LAST_DAY: Final = f"substr(published || substr('{_LAST}', length(published) + 1), 1, 10)"


def checked(filters: Filters) -> Filters:
    """The filters with each language as its code.

    :raises InputError: a date or a language cannot be understood, or the period is none
    """
    for name, value in (("since", filters.since), ("until", filters.until)):
        if value is not None and not _is_date(value):
            raise InputError(f"{name}: {value!r} is no date; write 2024, 2024-10 or 2024-10-24")
    since, until = filters.since, filters.until
    if since and until and since + _FIRST[len(since) :] > until + _LAST[len(until) :]:
        raise InputError(f"since {since} is after until {until}; swap them")
    codes = tuple(_code(language) for language in filters.languages)
    return replace(filters, languages=codes)


def condition(filters: Filters, sources: Sequence[str]) -> tuple[str, list[str]]:
    """What SQLite is asked of the table `articles`: an expression, and its values.

    :param sources: those of the library; the ones asked for are found by `source_key`
    :raises InputError: see `checked`
    """
    filters = checked(filters)
    wanted = {source_key(source) for source in filters.sources}
    written = [source for source in sources if source_key(source) in wanted]
    clauses = ["TRUE"]
    values: list[str] = []
    if filters.since:
        clauses.append(f"{_LAST_DAY} >= ?")
        values.append(filters.since + _FIRST[len(filters.since) :])
    if filters.until:
        clauses.append(f"{_FIRST_DAY} <= ?")
        values.append(filters.until + _LAST[len(filters.until) :])
    for column, asked, among in (
        ("source", filters.sources, written),
        ("language", filters.languages, filters.languages),
        ("id", filters.articles, filters.articles),
    ):
        if asked:
            clauses.append(f"articles.{column} IN (SELECT value FROM json_each(?))")  # noqa: S608 - constants
            values.append(json.dumps(among))
    return " AND ".join(clauses), values


def source_key(source: str) -> str:
    """The same for a source however its capitals and apostrophes are written."""
    return source.casefold().replace("’", "'")


def _is_date(value: str) -> bool:
    found = _DATE.fullmatch(value)
    try:
        return bool(found and date(*(int(part or 1) for part in found.groups())))
    except ValueError:
        return False


def _code(language: str) -> str:
    code = normalised(language)
    if code is None:
        raise InputError(f"language: {language!r} is no code; write fr, en, de, ...")
    return code
