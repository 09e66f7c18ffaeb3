"""Of pages of news sites of twenty kinds: how often the date is right, and how whole the text.

Each kind is a page of tests/data/newspages around the first story; the others take its place.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from html import escape
from pathlib import Path
from typing import NamedTuple

import pytest

from index.load import load
from index.loaded import LoadedArticle

PAGES = Path(__file__).parent / "data" / "newspages"
DATES = 0.98  # floor of pages with the right date; 60 of 60 when it was set
BODY_F1 = 0.97  # floor of the mean F1 of words; .999 when it was set
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


class Story(NamedTuple):
    title: str
    day: str
    paragraphs: list[str]

    def written(self) -> list[str]:
        """All that a page holds of it, as the pages write it."""
        day = date.fromisoformat(self.day)
        number = "1er" if day.day == 1 else str(day.day)
        said = f"{number} {MONTHS.split()[day.month - 1]} {day.year}"
        first = self.paragraphs[0]
        texts = [f'<span class="cap">{first[0]}</span>{escape(first[1:])}']
        texts += [escape(text) for text in self.paragraphs]
        weekday = WEEKDAYS[day.weekday()]
        days = [f"{weekday} {said}", f"{weekday.capitalize()} {said}", said, self.day]
        title = json.dumps(self.title, ensure_ascii=False)
        return [
            *texts, title, escape(self.title), *days, f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}",
        ]  # fmt: skip


class Score(NamedTuple):
    page: str
    date: bool
    title: bool
    f1: float


def stories() -> list[Story]:
    return [Story(**fields) for fields in json.loads((PAGES / "stories.json").read_text("utf-8"))]


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> list[Score]:
    folder = tmp_path_factory.mktemp("pages")
    first, *others = stories()
    wanted = {}
    for file in sorted(PAGES.glob("*.html")):
        for number, story in enumerate([first, *others]):
            page = file.read_text("utf-8")
            for old, new in zip(first.written(), story.written(), strict=True):
                page = page.replace(old, new)
            (folder / f"{file.stem}-{number}.html").write_text(page, encoding="utf-8")
            wanted[f"{file.stem}-{number}"] = story
    found = {i.article.id: i.article for i in load([folder]) if isinstance(i, LoadedArticle)}
    return [
        Score(
            name,
            found[name].published == story.day,
            found[name].title == story.title,
            word_f1(" ".join(story.paragraphs), found[name].text),
        )
        for name, story in wanted.items()
    ]


def word_f1(wanted: str, got: str) -> float:
    words = [Counter(re.findall(r"\w+", text.lower())) for text in (wanted, got)]
    shared = (words[0] & words[1]).total()
    return 2 * shared / (words[0].total() + words[1].total())


def test_dates(scores: list[Score]) -> None:
    wrong = [score.page for score in scores if not score.date]
    assert len(scores) == 60
    assert 1 - len(wrong) / len(scores) >= DATES, wrong


def test_titles(scores: list[Score]) -> None:
    assert [score.page for score in scores if not score.title] == []


def test_bodies(scores: list[Score]) -> None:
    low = {score.page: round(score.f1, 3) for score in scores if score.f1 < BODY_F1}
    assert sum(score.f1 for score in scores) / len(scores) >= BODY_F1, low
    assert min(score.f1 for score in scores) >= 0.9, low
