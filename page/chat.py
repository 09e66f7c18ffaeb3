"""The chat in Gradio: what stands where, and what each thing sets off. One Blocks a language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import gradio as gr

from page.examples import MOST, Examples
from page.filters import offered, panel
from page.history import history_html
from page.plain import leave_html
from page.talk import Talk, emptied, released, taken_back
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

# No spinner over the conversation, and no endpoint that could be called by name.
QUIET: Final[dict[str, Any]] = {"show_progress": "hidden", "api_visibility": "private"}

# Only questions go through the queue. Its stream of events closes when none waits any more, and
# Gradio's page never hears of an event that it sent in that moment: a question would be lost
# where something else, such as the filters, was just dealt with.
DIRECT: Final[dict[str, Any]] = QUIET | {"queue": False}

# Else a question asked after a stop is dropped until the step that was stopped has ended; page.js
# keeps Enter from sending while an answer is being written.
_ANSWERING: Final[dict[str, Any]] = QUIET | {"trigger_mode": "multiple"}


def chat(
    chain: Chain, texts: Texts, seen: Seen, examples: Examples, *, signed_in: bool = False
) -> gr.Blocks:
    """The chat page in one language.

    :param signed_in: whether readers gave a token, which they can take back
    """
    leaving = leave_html(f"/{texts.language}/", texts) if signed_in else ""
    talk = Talk(chain, texts, seen)
    blocks = gr.Blocks(title=texts.title, fill_height=True, analytics_enabled=False)
    blocks.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE, api_open=False)
    with blocks:
        masthead = gr.Markdown(_masthead(chain.library, texts, leaving), elem_id="masthead")
        messages = _messages(texts)
        with gr.Column(elem_id="welcome"):
            gr.Markdown(f"<h2>{texts.welcome}</h2>")
            proposed = _proposed(examples, texts)
        with gr.Column(elem_id="foot"):
            narrowed = panel(texts, DIRECT)
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
                *(([example.click], example, gr.State("")) for example in proposed),
            ]
        ]
        answering.append(again.click(talk.again, [kept, *narrowed], outputs, **_ANSWERING))
        for each in answering:  # when it has ended: the next question goes into a new stream
            each.then(released, None, [send, stop], **DIRECT)
        ends: dict[str, Any] = {"cancels": answering, **DIRECT}
        stop.click(talk.stopped, kept, [messages, kept], **ends)
        edit.click(taken_back, searched, [box, edit, edited], **DIRECT)
        conversation = [box, messages, kept, edit, searched, edited]
        renew.click(emptied, None, conversation, **ends)
        reopen.click(talk.opened, kept, conversation, **ends)
        held = [masthead, *proposed, *narrowed[-2:]]
        blocks.load(lambda: _held(chain.library, examples, texts, leaving), None, held, **DIRECT)
    return blocks


def theme() -> gr.themes.Base:
    """System fonts only: Gradio's own would be fetched from outside."""
    return gr.themes.Base(font=SANS, font_mono=MONO)


def _held(library: Library, examples: Examples, texts: Texts, leaving: str) -> list[Any]:
    """What tells of the library, as it is now: masthead, examples, and what can be filtered by."""
    examples.look()
    proposed = _proposed(examples, texts)
    return [_masthead(library, texts, leaving), *proposed, *offered(library, texts)]


def _proposed(examples: Examples, texts: Texts) -> list[gr.Button]:
    """A button for each example, as many as there may ever be."""
    asked = examples.proposed(texts)
    asked += [""] * (MOST - len(asked))
    return [gr.Button(question, size="sm", visible=bool(question)) for question in asked]


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


def _masthead(library: Library, texts: Texts, leaving: str) -> str:
    code, name = texts.other
    count, _ = library.database.count()
    holdings = texts.holdings.format(count=written_count(count, texts))
    return (
        f'<header><div><h1>Dépêche</h1><nav><a href="/{texts.language}/library">{texts.library}</a>'
        f'<button type="button" id="conversations">{texts.conversations}</button>{leaving}'
        f'<a href="/{code}/" lang="{code}" hreflang="{code}">{name}</a></nav></div>'
        f"<p>{texts.tagline} <span>{holdings}</span></p></header>"
    )
