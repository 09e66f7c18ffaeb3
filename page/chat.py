"""The chat in Gradio: what stands where, and what each thing sets off. One Blocks a language."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import gradio as gr

from index.errors import UnknownArticleError
from page.filters import panel
from page.history import history_html
from page.talk import Talk, emptied, taken_back
from page.texts import written_count
from rag.understand import MAX_QUESTION

if TYPE_CHECKING:
    from index.store import Library
    from page.texts import Texts
    from rag.chain import Chain
    from rag.doors.feedback import Seen

SANS: Final = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif")
MONO: Final = ("ui-monospace", "Consolas", "monospace")
AT_ONCE: Final = 4  # questions answered at the same time; untested
WAITING: Final = 64  # questions that may wait; further ones are told that the queue is full
LOOKED_AT: Final = 500  # articles among which examples are looked for
EXAMPLES: Final = (  # for the sample corpus: the article that answers, and the question
    (
        "2024-10-31-washington-seoul-dissuasion",
        "Combien de soldats la Corée du Nord a-t-elle envoyés ?",
    ),
    ("2024-11-21-pont-brissagne-ferme", "Pourquoi le pont de Brissagne est-il fermé ?"),
    (
        "2024-10-08-budgets-defense-france-japon-allemagne",
        "Quel est le budget de la défense de la France ?",
    ),
    ("2024-11-04-harbour-post-north-korean-troops", "How many troops are in the Kursk region?"),
)

# No spinner over the conversation, and no endpoint that could be called by name.
_QUIET: Final[dict[str, Any]] = {"show_progress": "hidden", "api_visibility": "private"}

# Else a question asked after a stop is dropped until the step that was stopped has ended; page.js
# keeps Enter from sending while an answer is being written.
_ANSWERING: Final[dict[str, Any]] = _QUIET | {"trigger_mode": "multiple"}


def chat(chain: Chain, texts: Texts, seen: Seen) -> gr.Blocks:
    """The chat page in one language."""
    talk = Talk(chain, texts, seen)
    blocks = gr.Blocks(title=texts.title, fill_height=True, analytics_enabled=False)
    blocks.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE, api_open=False)
    with blocks:
        gr.Markdown(_masthead(chain.library, texts), elem_id="masthead")
        messages = _messages(texts)
        with gr.Column(elem_id="welcome"):
            gr.Markdown(f"<h2>{texts.welcome}</h2>")
            examples = [gr.Button(text, size="sm") for text in _examples(chain.library, texts)]
        with gr.Column(elem_id="foot"):
            narrowed = panel(blocks, chain.library, texts)
            with gr.Row(elem_id="ask"):
                box = _box(texts)
                send = gr.Button(texts.send, variant="primary", elem_id="send", scale=0)
                stop = gr.Button(texts.stop, variant="stop", elem_id="stop", scale=0, visible=False)
            with gr.Row(elem_id="tools"):
                edit = gr.Button(texts.edit, size="sm", elem_id="edit", visible=False)
                again = gr.Button(texts.again, size="sm", elem_id="again")
                renew = gr.Button(texts.renew, size="sm", elem_id="renew")
        gr.Markdown(history_html(texts), elem_id="beside", sanitize_html=False)
        kept = gr.Textbox("", elem_id="kept", visible="hidden")  # page/history.js reads and writes
        reopen = gr.Button("", elem_id="reopen", visible="hidden")  # and presses this
        searched, edited = gr.State(""), gr.State("")
        outputs = [box, messages, kept, send, stop, edit, searched, edited]
        answering = [
            gr.on(triggers, talk.answer, [source, kept, taken, *narrowed], outputs, **_ANSWERING)
            for triggers, source, taken in [
                ([box.submit, send.click], box, edited),
                *(([example.click], example, gr.State("")) for example in examples),
            ]
        ]
        answering.append(again.click(talk.again, [kept, *narrowed], outputs, **_ANSWERING))
        ends: dict[str, Any] = {"cancels": answering, **_QUIET}
        stop.click(talk.stopped, kept, [messages, kept, send, stop], **ends)
        edit.click(taken_back, searched, [box, edit, edited], **_QUIET)
        renew.click(emptied, None, outputs, **ends)
        reopen.click(talk.opened, kept, outputs, **ends)
    return blocks


def theme() -> gr.themes.Base:
    """System fonts only: Gradio's own would be fetched from outside."""
    return gr.themes.Base(font=SANS, font_mono=MONO)


def _messages(texts: Texts) -> gr.Chatbot:
    return gr.Chatbot(
        label=texts.conversation,
        show_label=False,
        container=False,
        elem_id="messages",
        height=None,
        layout="panel",
        buttons=[],
        sanitize_html=True,
        render_markdown=True,  # messages are HTML made of entities: there is no Markdown in them
        latex_delimiters=[],
        line_breaks=False,
        autoscroll=False,
        group_consecutive_messages=False,
        feedback_options=None,
    )


def _box(texts: Texts) -> gr.Textbox:
    return gr.Textbox(
        label=texts.question,
        show_label=False,
        container=False,
        placeholder=texts.placeholder,
        max_length=MAX_QUESTION,
        lines=1,
        max_lines=6,
        autofocus=True,
        scale=1,
    )


def _masthead(library: Library, texts: Texts) -> str:
    code, name = texts.other
    count, _ = library.database.count()
    holdings = texts.holdings.format(count=written_count(count, texts))
    return (
        f'<header><div><h1>Dépêche</h1><nav><a href="/{texts.language}/library">{texts.library}</a>'
        f'<button type="button" id="conversations">{texts.conversations}</button>'
        f'<a href="/{code}/" lang="{code}" hreflang="{code}">{name}</a></nav></div>'
        f"<p>{texts.tagline} <span>{holdings}</span></p></header>"
    )


def _examples(library: Library, texts: Texts) -> list[str]:
    """Questions that this library has something on."""
    known = [question for article, question in EXAMPLES if _holds(library, article)]
    if known:
        return known
    articles = [article for article in islice(library.articles(), LOOKED_AT) if article.title]
    newest = sorted(articles, key=lambda article: article.published or "", reverse=True)
    return [texts.about.format(title=article.title) for article in newest[: len(EXAMPLES)]]


def _holds(library: Library, article_id: str) -> bool:
    try:
        library.article(article_id)
    except UnknownArticleError:
        return False
    return True
