"""What an Answer rests on, as HTML: sources, other values, closest passages.

What comes from articles and people passes through `entities`, so that neither a browser nor a
Markdown renderer can take it for markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from index.pages import page
from rag.dates.written import written_date
from rag.quote import context

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.types import Article, Hit
    from page.texts import Texts
    from rag.types import Answer, Citation, OtherValue

AROUND: Final = 180  # characters of the article on each side of a quote
LISTED: Final = 3  # closest passages, where there is no answer
_PLAIN: Final = frozenset(" ").union(map(chr, range(0x80, 0xA0)))


def entities(text: str) -> str:
    """The text with all but letters, digits and spaces as entities.

    HTML reads the numbers of C1 controls as other characters; those stand as they are, and mean
    nothing in markup.
    """
    return "".join(c if c.isalnum() or c in _PLAIN else f"&#{ord(c)};" for c in text)


def link(url: str | None) -> tuple[str, str] | None:
    """An article's own address and its host, None when it is none that a reader can be sent to."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname
    except ValueError:
        return None
    if not url or not host or parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        return None
    return url, host.removeprefix("www.")


def article_address(article_id: str, start: int, end: int, texts: Texts) -> str:
    """Where `page.viewer` shows an article, its words from `start` to `end` marked."""
    named = urlencode({"id": article_id, "start": start, "end": end}, errors="replace")
    return f"/{texts.language}/article?{named}"


def sources_html(answer: Answer, article: Callable[[str], Article], texts: Texts, turn: int) -> str:
    if not answer.citations:
        return ""
    cards = [
        _source(citation, article(citation.article), texts, turn) for citation in answer.citations
    ]
    return f'<section class="cards"><h3>{texts.sources}</h3>{"".join(cards)}</section>'


def closest_html(answer: Answer, texts: Texts) -> str:
    if answer.status == "answered" or not answer.hits:
        return ""
    cards = "".join(_passage(hit, texts) for hit in answer.hits[:LISTED])
    return f'<section class="cards"><h3>{texts.closest}</h3>{cards}</section>'


def others_html(answer: Answer, article: Callable[[str], Article], texts: Texts) -> str:
    if not answer.others:
        return ""
    items = "".join(_other(other, article(other.article), texts) for other in answer.others)
    return f'<section class="others"><h3>{texts.others}</h3><ul>{items}</ul></section>'


def origin_html(source: str | None, published: str | None, texts: Texts) -> str:
    """Who published something, and when."""
    date = _time(published, texts) if published else texts.undated
    return " · ".join([f"<bdi>{entities(source)}</bdi>", date] if source else [date])


def original_html(article: Article, texts: Texts) -> str:
    """The link to the article where it was published; nothing when no reader can be sent there."""
    found = link(article.url)
    if not found:
        return ""
    url, host = found
    words = texts.original.format(host=f"<bdi>{entities(host)}</bdi>")
    unseen = f'<span class="unseen"> ({texts.new_tab})</span>'
    return (
        f'<p class="original"><a href="{entities(url)}" target="_blank" rel="noopener noreferrer">'
        f"{words}{unseen}</a></p>"
    )


def _source(citation: Citation, article: Article, texts: Texts, turn: int) -> str:
    before, after = context(article.text, citation.start, citation.end, AROUND)
    quote = f"{entities(before)}<mark>{entities(citation.quote)}</mark>{entities(after)}"
    number = (
        f'<span class="number"><span class="unseen">{texts.source} </span>{citation.marker}</span>'
    )
    place = f' id="source-{turn}-{citation.marker}"'
    address = article_address(article.id, citation.start, citation.end, texts)
    facts = on_page(article, citation.start, texts) + _copies(citation.copies, texts)
    return _card(article, quote, address, texts, number=number, place=place, facts=facts)


def _passage(hit: Hit, texts: Texts) -> str:
    passage = hit.passage
    facts = on_page(passage.article, passage.start, texts) + _copies(hit.copies, texts)
    address = article_address(passage.article.id, passage.start, passage.end, texts)
    return _card(passage.article, entities(passage.text), address, texts, facts=facts)


def on_page(article: Article, start: int, texts: Texts) -> str:
    """The page on which words begin; nothing for what has no pages."""
    number = page(article.text, start)
    return f" · {texts.on_page.format(page=number)}" if number else ""


def _copies(articles: tuple[str, ...], texts: Texts) -> str:
    """How many articles have these words from one origin; nothing when it is one."""
    return f" · {texts.copies.format(count=1 + len(articles))}" if articles else ""


def _card(  # noqa: PLR0913 - parts of one card
    article: Article,
    quote: str,
    address: str,
    texts: Texts,
    *,
    number: str = "",
    place: str = "",
    facts: str = "",
) -> str:
    """An article's words with what they come from.

    :param quote: HTML, as are the number, the attribute `place` and the further facts
    :param address: the article's own page
    """
    language = entities(article.language)
    return (
        f'<article class="card" tabindex="-1"{place}>'
        f'<h4>{number}<cite lang="{language}"><a class="read" href="{entities(address)}">'
        f"{entities(article.title)}</a></cite></h4>"
        f'<p class="facts">{origin_html(article.source, article.published, texts)}{facts}</p>'
        f'<blockquote lang="{language}">{quote}</blockquote>'
        f"{original_html(article, texts)}</article>"
    )


def _time(published: str, texts: Texts) -> str:
    written = entities(written_date(published, texts.language))
    return f'<time datetime="{entities(published)}">{written}</time>'


def _other(other: OtherValue, article: Article, texts: Texts) -> str:
    opening, closing = texts.quotes
    language = entities(article.language)
    address = article_address(article.id, other.start, other.end, texts)
    return (
        f'<li><a class="read" href="{entities(address)}"><strong lang="{language}">'
        f"{entities(other.short)}</strong></a> "
        f'<span class="facts">{origin_html(article.source, other.published, texts)}'
        f"{on_page(article, other.start, texts)} · {texts.relations[other.relation]}</span>"
        f'<q lang="{language}">{opening}{entities(other.quote)}{closing}</q></li>'
    )
