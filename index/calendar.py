"""What months, days and spans of time are called in a language, as CLDR has it, and dates in words.

The only place where dateparser, which brings CLDR's words, is imported; it is slow to load, so ask
`may_name_date` first. Knows nothing of sentences and of questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from index.language import LANGUAGES
from index.words import fold

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
UNITS: Final = ("hour", "day", "week", "month", "year")
_AGO = re.compile(r"(\d) (day|week|month|year) ago")
_AHEAD = re.compile(r"in (\d) (day|week|month|year)")
# How years and the words of dates begin in the seven languages of the encoder; it spares most
# questions the loading of dateparser, and may hold for other words too.
_SIGNS = re.compile(
    r"(?<!\d)(?:1\d|20|21)\d\d(?!\d)|\d[./-]\d|['’]\d0\b|\b\d0(?:s|er)\b|\b[QTqt][1-4]\b|\b(?:"
    r"janv|janu|jane|enero|genna|f[eé]vr|feve|febr|febb|mars\b|march|m[äa]rz|marzo|mar[çc]o|maart|"
    r"avril|april|abril|mai\b|may|maio|maggio|mei\b|juin|jun[eihi]|giugno|juil|jul[yiho]|lugl|ao[uû]t|"
    r"august|agosto|sept|sette|sete|setie|o[ck]to|octu|otto|outu|nov[ei]|d[eé]ce|deze|dici|dice|"
    r"lun[deé]|mar[dt][ie]|mer[ck]|mi[eé]rc|jeu|jue|gio[vr]|ve[nr][de]|vier|sam[es]|s[aá]ba|dim|domi|dome|"
    r"\w+(?:day|days|tag|tage|tagen|dag|dagen|-feira)\b|mittw|segunda|ter[çc]a|quarta|quinta|sexta|"
    r"heures?\b|hours?\b|stunden?\b|horas?\b|ore\b|uur\b|uren\b|"
    r"day|tage?n?\b|dag|d[ií]as?\b|jours?\b|hier\b|avant-|gest|vorg|ayer|ante|ieri|altro|ontem|gist|"
    r"eerg|demain|apr[eè]s-|tomo|morgen|[üu]ber|over|ma[nñ]ana|domani|amanh|sem|woche|week|weken|sett|"
    r"mois|month|monat|mes|m[eê]s|maand|ans?\b|ann|a[nñ]o|year|jahr|jaar|d[eé]cenn|decad|nineties|"
    r"[eé]t[eé]\b|hiver|automne|print|summ|winter|spring|autumn|fall\b|somm|fr[uü]h|herb|prim|vera|"
    r"ver[aã]o|oto|inv[ei]|estate|lente|zomer|herf|trim|quart|kwart|nuit|soir|matin|night|noche|notte)",
    re.IGNORECASE,
)
_SHORTEST: Final = 3  # letters of an abbreviation; "ma" is mardi, and much else
_IN_FULL: Final = 5  # letters from which a second name, "setiembre", is no abbreviation


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """Names in lower case without accents."""

    months: dict[str, int]  # in full -> 1..12
    short_months: dict[str, int]  # "janv", "oct"
    weekdays: dict[str, int]  # in full -> 0..6, from Monday
    units: dict[str, str]  # "annees" -> "year"
    relative: dict[str, tuple[int, str]]  # "la semaine derniere" -> (-1, "week")


def may_name_date(text: str) -> bool:
    """Whether a text may name a date; without loading anything."""
    return _SIGNS.search(text) is not None


@lru_cache
def calendar_words(language: str) -> CalendarWords:
    """The words of a language, of English where there are none."""
    try:
        info = import_module(f"dateparser.data.date_translation_data.{language}").info
    except ModuleNotFoundError:
        return calendar_words("en")
    months, short_months = _names(info, MONTHS, first=1)
    weekdays, _ = _names(info, WEEKDAYS, first=0)
    units = {fold(w.lower()): unit for unit in UNITS for w in info[unit] if len(w) > 1}
    return CalendarWords(months, short_months, weekdays, units, dict(_relative(info)))


def _names(
    info: dict[str, Any], keys: tuple[str, ...], first: int
) -> tuple[dict[str, int], dict[str, int]]:
    """Names in full, the longest and those nearly as long; and the shorter ones."""
    full: dict[str, int] = {}
    short: dict[str, int] = {}
    for number, key in enumerate(keys, first):
        names = sorted({fold(name.lower()) for name in info[key]}, key=len)
        for name in names:
            if name == names[-1] or len(name) >= max(_IN_FULL, len(names[-1]) - 1):
                full[name] = number
            elif len(name) >= _SHORTEST:
                short[name] = number
    return full, short


def _relative(info: dict[str, Any]) -> list[tuple[str, tuple[int, str]]]:
    """CLDR's own phrases, "the day before yesterday": those about today are left out."""
    found = []
    for key, phrases in info["relative-type"].items():
        ago, ahead = _AGO.fullmatch(key), _AHEAD.fullmatch(key)
        match = ago or ahead
        if match and (match[1] != "0" or match[2] != "day"):
            count = -int(match[1]) if ago else int(match[1])
            found += [(fold(p.lower()), (count, match[2])) for p in phrases if len(p) > _SHORTEST]
    return found


def date_in_words(words: str) -> Any:  # noqa: ANN401 - it ships no types
    """What dateparser makes of a date with the month in words, in any of the languages known."""
    return _parser().get_date_data(words)


@lru_cache(maxsize=1)
def _parser() -> Any:  # noqa: ANN401 - it ships no types
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=sorted(LANGUAGES),
        settings={
            "DATE_ORDER": "DMY",
            "PARSERS": ["absolute-time"],  # neither "yesterday" nor timestamps
            "REQUIRE_PARTS": ["month", "year"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
