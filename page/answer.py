"""An Answer as HTML, from the question searched to the proof. Decides nothing about the answer.

Knows nothing of Gradio. A message is one line: an HTML block of Markdown ends at a blank line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from page.cards import closest_html, entities, others_html, sources_html
from page.reasons import reason
from rag.cite import paragraphs
from rag.dates.written import written_at, written_period

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.types import Article
    from page.texts import Texts
    from rag.types import Answer

LEVELS: Final = (0.5, 0.8)  # confidence from which it is called fair, then high; untested


def question_html(text: str) -> str:
    """What was asked, as the heading of its answer."""
    return f'<h2 class="asked">{entities(text)}</h2>'


def notice_html(text: str, kind: str) -> str:
    """One line in the answer's place.

    :param kind: its class: "waiting", "stopped" or "failed"
    """
    return f'<div class="notice {kind}"><p>{entities(text)}</p></div>'


def answer_html(
    answer: Answer,
    article: Callable[[str], Article],
    texts: Texts,
    turn: int,
    narrowed: str = "",
) -> str:
    """The answer with its proof.

    :param article: gives the article of an id
    :param turn: which answer of the conversation this is; makes the cards' ids unique
    :param narrowed: the filters it was searched within, in words
    """
    parts = [
        _searched(answer, texts),
        _narrowed(narrowed, texts),
        _period(answer, texts),
        _label(answer, texts),
        _text(answer, article, texts, turn),
        _facts(answer, texts),
        _model(answer, texts),
        _tools(texts, turn),
        sources_html(answer, article, texts, turn),
        others_html(answer, article, texts),
        closest_html(answer, texts),
    ]
    return f'<div class="answer {answer.status}">{"".join(parts)}</div>'


def _searched(answer: Answer, texts: Texts) -> str:
    question = answer.question
    if question.standalone == question.text:
        return ""
    standalone = (
        f'<span lang="{entities(question.language)}">{entities(question.standalone)}</span>'
    )
    return f'<p class="searched">{texts.searched}{texts.colon}{standalone}</p>'


def _narrowed(narrowed: str, texts: Texts) -> str:
    if not narrowed:
        return ""
    return f'<p class="searched narrowed">{texts.filters}{texts.colon}{entities(narrowed)}</p>'


def _period(answer: Answer, texts: Texts) -> str:
    """The periods understood from the question."""
    dates = answer.question.dates
    if not dates:
        return ""
    name = texts.period if len(dates) == 1 else texts.periods
    written = entities(", ".join(written_period(each, texts.language) for each in dates))
    return f'<p class="searched period">{name}{texts.colon}{written}</p>'


def _label(answer: Answer, texts: Texts) -> str:
    labels = {"unsupported": texts.unsupported, "refused": texts.refused}
    label = labels.get(answer.status)
    return f'<p class="label">{label}</p>' if label else ""


def _text(answer: Answer, article: Callable[[str], Article], texts: Texts, turn: int) -> str:
    """The paragraphs, the short answer larger, each marker a link to its card."""
    cited = {f"[{citation.marker}]": citation for citation in answer.citations}
    html = []
    for words, markers in paragraphs(answer.text):
        quoted = [cited[m] for m in markers if m in cited and words in cited[m].quote]
        language = article(quoted[0].article).language if quoted else answer.question.language
        links = [_marker(m, texts, turn) if m in cited else f" {entities(m)}" for m in markers]
        kind = ' class="short"' if words == answer.short else ""
        said = f'<span lang="{entities(language)}">{entities(words)}</span>'
        if kind and answer.dated:
            said += f" ({entities(written_period(answer.dated, texts.language))})"
        html.append(f"<p{kind}>{said}{''.join(links)}</p>")
    return f'<div class="text">{"".join(html)}</div>'


def _marker(marker: str, texts: Texts, turn: int) -> str:
    name = f'<span class="unseen">{texts.source} </span>'
    return f'&#8239;<a class="marker" href="#source-{turn}-{marker[1:-1]}">{name}{marker}</a>'


def _facts(answer: Answer, texts: Texts) -> str:
    """What the answer holds for, and how sure it is."""
    if answer.status != "answered":
        return ""
    level = texts.levels[sum(answer.confidence >= bound for bound in LEVELS)]
    facts = [f"{texts.confidence}{texts.colon}{level}"]
    if answer.as_of:
        facts.insert(0, _at(answer.as_of, texts))
    if answer.origins:
        one, several = texts.origins
        said = (several if answer.origins > 1 else one).format(count=answer.origins)
        facts.insert(-1, said if answer.as_of else f"{said[0].upper()}{said[1:]}")
    return f'<p class="facts">{" · ".join(facts)}</p>'


def _model(answer: Answer, texts: Texts) -> str:
    """What became of a chat model's draft: what was not proved, and why it wrote no more."""
    one, several = texts.withheld
    said = [(one if answer.withheld == 1 else several).format(count=answer.withheld)]
    if not answer.withheld:
        said = []
    if answer.note:
        said.append(entities(reason(answer.note, texts)))
    return f'<p class="facts model">{" ".join(said)}</p>' if said else ""


def _tools(texts: Texts, turn: int) -> str:
    """What page/history.js does with an answer; it knows the turn by the id."""
    return (
        f'<p class="tools"><button type="button" class="copy" id="copy-{turn}">{texts.copy}'
        "</button></p>"
    )


def _at(as_of: str, texts: Texts) -> str:
    written = entities(written_at(as_of, texts.language))
    return written if "/" in as_of else f'<time datetime="{entities(as_of)}">{written}</time>'
