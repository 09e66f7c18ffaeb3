"""The chat in Gradio: what stands where, and what happens when. One Blocks for each language."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import gradio as gr

from index.errors import DepecheError, UnknownArticleError
from page.cards import answer_html, notice_html, question_html
from page.feedback import feedback_html
from page.texts import written_count
from rag.doors.feedback import Seen
from rag.understand import MAX_QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.store import Library
    from page.texts import Texts
    from rag.chain import Chain
    from rag.types import Answer

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
_LOG: Final = logging.getLogger(__name__)

KEPT: Final = (gr.skip(), gr.skip())  # send and stop, as they are

Message: TypeAlias = dict[str, Any]
Update: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """What happens when something is asked, stopped or begun anew."""

    chain: Chain
    texts: Texts
    seen: Seen = field(default_factory=Seen)

    def answer(
        self, text: str, shown: list[Message], asked: list[str], edited: str = ""
    ) -> Iterator[Update]:
        """Yield ever fuller states of box, messages, earlier questions and what `_follow` gives.

        :param asked: earlier questions, oldest first
        :param edited: the question as searched that was taken back to be edited, else ""; what is
            sent then is asked as it is
        """
        if not text.strip():
            yield (gr.skip(),) * 8
            return
        asked = [] if edited else asked
        turn = len(shown) // 2 + 1
        shown = [*shown, _said("user", question_html(text))]
        waiting = notice_html(self.texts.searching, "waiting")
        yield "", [*shown, _said("assistant", waiting)], asked, *_buttons(busy=True), *_follow("")
        key = self.seen.key()
        try:
            for answer in self.chain.stream(text, asked):
                html = answer_html(answer, self.chain.library.article, self.texts, turn)
                html += feedback_html(self.seen, key, answer, self.texts)
                said = [*shown, _said("assistant", html)]
                yield gr.skip(), said, [*asked, text], *KEPT, *_follow(_completed(answer))
        except DepecheError as error:
            line = f"{self.texts.failed}{self.texts.colon}{error}"
            yield gr.skip(), [*shown, _failed(line)], asked, *KEPT, *_follow("")
        except Exception:  # noqa: BLE001 - else the page would wait for ever; it is logged
            _LOG.exception("a question could not be answered")
            yield gr.skip(), [*shown, _failed(self.texts.broken)], asked, *KEPT, *_follow("")
        yield *(gr.skip(),) * 3, *_buttons(busy=False), *(gr.skip(),) * 3

    def stopped(self, shown: list[Message]) -> Update:
        """Messages, with a line in the place of an answer that had not begun; the two buttons."""
        if shown and "notice waiting" in str(shown[-1]["content"]):
            line = notice_html(self.texts.stopped, "stopped")
            shown = [*shown[:-1], _said("assistant", line)]
        return shown, *_buttons(busy=False)


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
            with gr.Row(elem_id="ask"):
                box = _box(texts)
                send = gr.Button(texts.send, variant="primary", elem_id="send", scale=0)
                stop = gr.Button(texts.stop, variant="stop", elem_id="stop", scale=0, visible=False)
            edit = gr.Button(texts.edit, size="sm", elem_id="edit", visible=False)
            renew = gr.Button(texts.renew, size="sm", elem_id="renew")
        asked, searched, edited = gr.State([]), gr.State(""), gr.State("")
        outputs = [box, messages, asked, send, stop, edit, searched, edited]
        answering = [
            gr.on(triggers, talk.answer, [source, messages, asked, taken], outputs, **_ANSWERING)
            for triggers, source, taken in [
                ([box.submit, send.click], box, edited),
                *(([example.click], example, gr.State("")) for example in examples),
            ]
        ]
        stop.click(talk.stopped, messages, [messages, send, stop], cancels=answering, **_QUIET)
        edit.click(_edited, searched, [box, edit, edited], **_QUIET)
        renew.click(_emptied, None, outputs, cancels=answering, **_QUIET)
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


def _emptied() -> Update:
    return "", [], [], *_buttons(busy=False), *_follow("")


def _edited(searched: str) -> Update:
    """The question as searched, in the box."""
    return searched, gr.Button(visible=False), searched


def _completed(answer: Answer) -> str:
    """The question as searched where it is not what was typed, else ""."""
    question = answer.question
    return "" if question.standalone == question.text else question.standalone


def _follow(searched: str) -> Update:
    """The button that takes a completed question back, that question, and none being edited."""
    return gr.Button(visible=bool(searched)), searched, ""


def _buttons(*, busy: bool) -> tuple[gr.Button, gr.Button]:
    """Send and stop, one in the place of the other."""
    return gr.Button(visible=not busy), gr.Button(visible=busy)


def _said(role: str, html: str) -> Message:
    return {"role": role, "content": html}


def _failed(line: str) -> Message:
    return _said("assistant", notice_html(line, "failed"))


def _masthead(library: Library, texts: Texts) -> str:
    code, name = texts.other
    count, _ = library.database.count()
    holdings = texts.holdings.format(count=written_count(count, texts))
    return (
        f'<header><div><h1>Dépêche</h1><nav><a href="/{texts.language}/library">{texts.library}</a>'
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
