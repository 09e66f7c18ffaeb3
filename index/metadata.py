"""What an article says of itself: title, date, source, address, each with where it was read from.

Nothing is invented: a date keeps the precision it was written with, and a file's own dates do not
count. Knows nothing about languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from index.calendar import date_in_words
from index.clean import one_line

if TYPE_CHECKING:
    from index.readers.raw import Origin, RawArticle

TITLE_LIMIT: Final = 170  # characters of a first line; the longest title in ../shared has 166
GUESS_LIMIT: Final = 90  # characters of a guessed title
EARLIEST_YEAR: Final = 1600  # no newspaper is older
LATEST: Final = timedelta(days=366)  # a date farther ahead is a slip

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[TZ ,].*|-)?)?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:$|T.*)")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:$|[ ,T].*)")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/.](\d{4})")  # 10/2024
_RFC_2822 = re.compile(r"(?:[A-Za-z]{3},? )?(\d{1,2} [A-Za-z]{3} \d{4}) \d{1,2}:\d{2}.*")
# The words around a date on a page; what stands before the first and after the second is dropped.
_BEFORE = re.compile(
    r"^.{0,40}?\b(?:publiée?|mise? en ligne|paru|posté|published|posted|veröffentlicht|erschienen"
    r"|publicado|pubblicato|gepubliceerd)\b[ :,|-]{0,4}(?:(?:le|on|am|el|il|em|op|:) )?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:,? (?:à|at|um|a las|alle|às|om|kl\.?) ?\d|[ ,–|-]{1,9}\d{1,2} ?[h:]\d{2}| [-–—] | ?[|(•·]"
    r"|,? (?:par|by|von|por|di|door) "
    r"|,? (?:mise? à jour|modifiée?|updated|aktualisiert|actualizado|aggiornato)).*$",
    re.IGNORECASE,
)
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBER = re.compile(r"\d+")
_WORDS_LIMIT: Final = 60  # characters of a date in words
_PAGE_LIMIT: Final = 200  # characters of a date with the words around it
# A line of its own near the top that tells the date, "Publié le 24 octobre 2024 à 10 h".
_TOLD = re.compile(
    r"(?:publié|mis en ligne|posté|published|posted|veröffentlicht|erschienen|publicado"
    r"|pubblicato|gepubliceerd)\b",
    re.IGNORECASE,
)
_TOLD_WITHIN: Final = 6  # lines from the top
_TOLD_LIMIT: Final = 80  # characters

_HEADER = re.compile(
    r"\s{0,99}date ?:? ?(\d{4}(?:[-/.]\d{1,2}){0,2})(?![\w/.-]*\d)\s{0,99}", re.IGNORECASE
)
_HEADER_LINE = re.compile(r"\s{0,99}date ?: ?([^\n]{4,60})(?:\n\s{0,99}|$)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…](?=[\s\u00a0]|[»\"”’)]|$)[\s\u00a0]?[»\"”’)]?")
_CLOSERS: Final = "»\"”’') \u00a0\u202f"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of an article, and where it was read from."""

    value: str
    origin: Origin


def split_header(text: str) -> tuple[str | None, str]:
    """The date in a header such as ` date 2024-10 ` at the very top, and the text without it."""
    found = _HEADER.match(text)
    if found:
        return found.group(1), text[found.end() :]
    line = _HEADER_LINE.match(text)
    if line and parse_date(line.group(1))[0]:
        return line.group(1), text[line.end() :]
    return None, text


def find_title(raw: RawArticle, text: str) -> Fact:
    """:param text: the cleaned text, of which the first line may be the title"""
    given = one_line(raw.title or "")
    if given:
        return Fact(given, raw.origin)
    first, _, rest = text.partition("\n")
    if rest.startswith("\n") and len(first) <= TITLE_LIMIT and not _ends_a_sentence(first):
        return Fact(first, "first line")
    return Fact(_guessed_title(text), "guess")


def without_title(text: str, title: Fact) -> str:
    """The text without the lines at its top that only repeat the title; never without all of it.

    A guessed title is a sentence of the text, and stays there.
    """
    first, _, rest = text.partition("\n")
    while first == title.value and rest and title.origin != "guess":
        text = rest.lstrip("\n")
        first, _, rest = text.partition("\n")
    return text


def _ends_a_sentence(line: str) -> bool:
    return line.rstrip(_CLOSERS).endswith((".", ";", ",", ":"))


def _guessed_title(text: str) -> str:
    """The first sentence, cut between words."""
    line = text.partition("\n")[0]
    end = _SENTENCE_END.search(line, min(len(line), 20))
    sentence = line[: end.end()].rstrip() if end else line
    if len(sentence) <= GUESS_LIMIT:
        return sentence.rstrip(" ,;:–—-")
    words = sentence[:GUESS_LIMIT].rpartition(" ")[0] or sentence[: GUESS_LIMIT - 1]
    return words.rstrip(" ,;:–—-«(\u00a0") + "…"


def find_published(
    raw: RawArticle, header: str | None, text: str
) -> tuple[Fact | None, str | None]:
    """The date of publication, and a note on one that could not be used.

    :param header: as `split_header` gave it
    """
    note = None
    origins: tuple[tuple[str | None, Origin], ...] = (
        (raw.published, raw.origin),
        (header, "header"),
    )
    for written, origin in origins:
        if written and written.strip():
            value, problem = parse_date(written)
            if value:
                return Fact(value, origin), None
            note = note or problem
    told, _ = parse_date(_told(text) or "")
    return (Fact(told, "header") if told else None), note


def _told(text: str) -> str | None:
    lines = text.split("\n", _TOLD_WITHIN)[:_TOLD_WITHIN]
    return next((ln for ln in lines if len(ln) <= _TOLD_LIMIT and _TOLD.match(ln)), None)


def find_source(raw: RawArticle) -> Fact | None:
    source = one_line(raw.source or "")
    return Fact(source, raw.origin) if source else None


def find_url(raw: RawArticle) -> tuple[str | None, str | None]:
    """The address if it can be a link, and a note on one that cannot."""
    url = one_line(raw.url or "")
    if not url or url.lower().startswith(("http://", "https://")):
        return url or None, None
    return None, f"the address {url[:80]!r} was left out: it begins with neither http nor https"


def parse_date(written: str) -> tuple[str | None, str | None]:
    """Give "YYYY", "YYYY-MM" or "YYYY-MM-DD" as precise as written, or None and why.

    Year first, else day first; of a time with a zone the day as written there.
    """
    words = one_line(written[:_PAGE_LIMIT])
    parts = _parts(words)
    if parts is None:
        return None, f"the date {words[:60]!r} was not understood; write it as 2024-10-24"
    value = "-".join(f"{part:0{width}d}" for part, width in zip(parts, (4, 2, 2), strict=False))
    if not _possible(parts):
        return None, f"the date {words[:60]!r} cannot be; write it as 2024-10-24"
    return value, None


def _parts(words: str) -> tuple[int, ...] | None:
    """Year, month and day, as many as are written."""
    if found := _YEAR_FIRST.fullmatch(words) or _COMPACT.fullmatch(words):
        return tuple(int(part) for part in found.groups() if part)
    if found := _DAY_FIRST.fullmatch(words) or _MONTH_FIRST.fullmatch(words):
        return tuple(int(part) for part in reversed(found.groups()))
    if found := _RFC_2822.fullmatch(words):
        return _in_words(found.group(1))
    bare = _AFTER.sub("", _BEFORE.sub("", words)).strip(" ,.:|")
    if bare != words:
        return _parts(bare)
    return _in_words(bare)


def _possible(parts: tuple[int, ...]) -> bool:
    try:
        first = date(parts[0], *(*parts[1:], 1, 1)[:2])
    except ValueError:
        return False
    return first.year >= EARLIEST_YEAR and first <= date.today() + LATEST  # noqa: DTZ011 - a margin


def _in_words(words: str) -> tuple[int, ...] | None:
    """A date with the month in words, in any of the project's languages.

    dateparser is not believed further than what is written: the year and the day must stand there
    as numbers.
    """
    if len(words) > _WORDS_LIMIT or not _FOUR_DIGITS.search(words):
        return None
    found = date_in_words(words)
    if found.date_obj is None or found.period not in {"day", "month"}:
        return None
    numbers = {int(number) for number in _NUMBER.findall(words)}
    year, month, day = found.date_obj.year, found.date_obj.month, found.date_obj.day
    if year not in numbers or (found.period == "day" and day not in numbers):
        return None
    return (year, month, day) if found.period == "day" else (year, month)
