"""The library's articles as HTML: a search, a page of the list, the way to the other pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from index.holdings import articles_named
from page.cards import article_address, entities, origin_html
from page.languages import language_name
from page.library_texts import LIBRARY
from page.texts import written_count

if TYPE_CHECKING:
    from index.database import Database
    from index.holdings import Listed
    from page.texts import Texts

_NUMBER: Final = re.compile(r"[0-9]{1,7}")
ON_A_PAGE: Final = 25  # articles
LONGEST: Final = 200  # characters that are searched for


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the list."""

    words: str = ""
    page: int = 1

    def address(self, texts: Texts) -> str:
        """Where it is answered."""
        named = {"words": self.words, "page": self.page}
        asked = urlencode({k: v for k, v in named.items() if v not in {"", 1}}, errors="replace")
        return f"/{texts.language}/library{'?' if asked else ''}{asked}#list"


def wanted(words: str, page: str) -> Wanted:
    """The same as a reader's browser writes it; what is no page is the first."""
    number = int(page) if _NUMBER.fullmatch(page) else 1
    return Wanted(" ".join(words[:LONGEST].split()), max(1, number))


def listing_html(database: Database, asked: Wanted, texts: Texts, *, may_delete: bool) -> str:
    """The search, and the articles that it finds."""
    own = LIBRARY[texts.language]
    start = (asked.page - 1) * ON_A_PAGE
    articles, count = articles_named(database, asked.words, start, ON_A_PAGE)
    said = own.found_for if asked.words else own.found
    told = said.format(count=written_count(count, texts), words=entities(asked.words))
    items = "".join(_item(article, texts, may_delete=may_delete) for article in articles)
    found = f'<ol class="articles" start="{start + 1}">{items}</ol>' if items else own.nothing
    return (
        f'<section aria-labelledby="list"><h2 id="list" tabindex="-1">{own.list}</h2>'
        f"{_search(asked, texts)}<p>{told}</p>{found}{_pages(asked, count, texts)}</section>"
    )


def _search(asked: Wanted, texts: Texts) -> str:
    own = LIBRARY[texts.language]
    everything = f'<a href="{Wanted().address(texts)}">{own.clear}</a>' if asked.words else ""
    return (
        f'<form role="search" action="/{texts.language}/library#list">'
        f'<label for="words">{own.search}</label><div class="field">'
        f'<input id="words" name="words" type="search" '
        f'maxlength="{LONGEST}" value="{entities(asked.words)}">'
        f"<button>{own.find}</button>{everything}</div></form>"
    )


def _item(article: Listed, texts: Texts, *, may_delete: bool) -> str:
    own, language = LIBRARY[texts.language], entities(article.language)
    address = article_address(article.id, 0, 0, texts)
    facts = origin_html(article.source, article.published, texts)
    delete = ""
    if may_delete:
        named = urlencode({"id": article.id}, errors="replace")
        name = entities(own.delete_one.format(title=article.title))
        delete = (
            f'<a class="delete" href="/{texts.language}/library/delete?{named}" '
            f'aria-label="{name}">{own.delete}</a>'
        )
    return (
        f'<li class="card"><h3><a class="read" lang="{language}" href="{entities(address)}">'
        f'{entities(article.title)}</a></h3><p class="facts">{facts} · '
        f"{entities(language_name(article.language, texts))}</p>{delete}</li>"
    )


def _pages(asked: Wanted, count: int, texts: Texts) -> str:
    own, pages = LIBRARY[texts.language], ceil(count / ON_A_PAGE)
    if pages <= 1 and asked.page == 1:
        return ""
    earlier, later = (
        f'<a href="{entities(Wanted(asked.words, page).address(texts))}" rel="{rel}">{name}</a>'
        if 1 <= page <= pages
        else ""
        for page, rel, name in (
            (min(asked.page - 1, pages), "prev", own.earlier),
            (asked.page + 1, "next", own.later),
        )
    )
    here = own.page.format(page=asked.page, pages=pages)
    return f'<nav class="pages" aria-label="{own.pages}">{earlier}<span>{here}</span>{later}</nav>'
