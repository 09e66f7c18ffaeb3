"""What happens when something is asked, asked again, stopped, opened again or begun anew.

All that is known of the conversation is the text that the browser keeps (`page.turns`).
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import gradio as gr

from index.errors import DepecheError, InputError
from index.types import ALL
from page.answer import answer_html, notice_html
from page.export import plain
from page.feedback import feedback_html
from page.filters import chosen, summary
from page.reasons import reason
from page.turns import Turn, asked_before, kept_of, messages, row_of, turns_of
from rag.doors.feedback import Seen
from rag.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import Filters
    from page.texts import Texts
    from rag.chain import Chain
    from rag.doors.schema import AnswerRow

SAME: Final = gr.skip()  # a component stays as it is
_LOG: Final = logging.getLogger(__name__)

Update: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """The page's events; each gives box, messages, kept, send and stop while it asks, `_follow`."""

    chain: Chain
    texts: Texts
    seen: Seen = field(default_factory=Seen)

    def answer(self, text: str, kept: str, edited: str, *narrowed: Any) -> Iterator[Update]:  # noqa: ANN401 - as Gradio gives it
        """Yield ever fuller states.

        :param edited: the question as searched that was taken back to be edited, else ""; what is
            sent then is asked as it is
        :param narrowed: the values of the filters' controls, if any
        """
        if not text.strip():
            yield (SAME,) * 8
            return
        yield from self._asked(Turn(text, "", alone=bool(edited)), turns_of(kept), narrowed)

    def again(self, kept: str, *narrowed: Any) -> Iterator[Update]:  # noqa: ANN401 - as Gradio gives it
        """Ask the last question once more; its answer takes the place of the one before."""
        *before, last = turns_of(kept) or [Turn("", "")]
        if last.question:
            yield from self._asked(last, before, narrowed, box=SAME)
        else:
            yield (SAME,) * 8

    def _asked(
        self,
        turn: Turn,
        before: list[Turn],
        narrowed: Update,
        box: Any = "",  # noqa: ANN401 - as Gradio takes it
    ) -> Iterator[Update]:
        waiting = notice_html(self.texts.searching, "waiting")
        begun = replace(turn, html=waiting, plain="", row=None)
        yield box, *_shown([*before, begun]), *_buttons(busy=True), *_follow("")
        try:
            filters = chosen(narrowed, self.texts) if narrowed else ALL
            told, searched = begun, ""
            for told, searched in self._answers(begun, before, filters):
                yield SAME, *_shown([*before, told]), SAME, SAME, *_follow(searched)
            whole = kept_of([*before, replace(told, partial=False)])
            yield SAME, SAME, whole, SAME, SAME, *_follow(searched)
        except DepecheError as error:
            line = f"{self.texts.failed}{self.texts.colon}{reason(str(error), self.texts)}"
            yield SAME, *self._failed(begun, before, line), SAME, SAME, *_follow("")
        except Exception:  # noqa: BLE001 - else the page would wait for ever; it is logged
            _LOG.exception("a question could not be answered")
            yield SAME, *self._failed(begun, before, self.texts.broken), SAME, SAME, *_follow("")

    def _answers(
        self, turn: Turn, before: list[Turn], filters: Filters
    ) -> Iterator[tuple[Turn, str]]:
        """The turn ever fuller, and the question as searched where it is not what was typed."""
        began = time.perf_counter()
        history = [] if turn.alone else asked_before(before)
        article, number = self.chain.library.article, len(before) + 1
        named, key = summary(filters, self.texts), self.seen.key()
        for answer in self.chain.stream(turn.question, history, filters):
            if named and not answer.hits:
                raise InputError(self.texts.nothing_within.format(filters=named))
            row = row_of(answer, time.perf_counter() - began)
            html = answer_html(answer, article, self.texts, number, named)
            html += feedback_html(key, self.texts)
            self.seen.show(key, row)
            searched = row.standalone if row.standalone != row.question else ""
            told = replace(turn, html=html, plain=plain(row, self.texts), row=row, key=key)
            yield replace(told, partial=True), searched

    def _failed(self, turn: Turn, before: list[Turn], line: str) -> Update:
        return _shown([*before, replace(turn, html=notice_html(line, "failed"))])

    def stopped(self, kept: str) -> Update:
        """Messages and kept, with a line below an answer that ends too soon, or in its place."""
        return _shown(self._ended(kept))

    def _ended(self, kept: str) -> list[Turn]:
        *before, last = turns_of(kept) or [Turn("", "")]
        if "notice waiting" in last.html:
            last = replace(last, html=notice_html(self.texts.stopped, "stopped"))
        elif last.partial:
            line = notice_html(self.texts.partial, "stopped")
            last = replace(last, html=last.html + line, partial=False)
        return [*before, last] if last.question else before

    def opened(self, kept: str) -> Update:
        """A conversation of before, as it was; of answers that still hold one may speak again.

        What is being typed stays.
        """
        turns = self._ended(kept)
        for turn in turns:
            if turn.key and turn.row and self._holds(turn.row):
                self.seen.show(turn.key, turn.row)
        return SAME, *_shown(turns), *_follow("")

    def _holds(self, row: AnswerRow) -> bool:
        """Whether it is true to the library: it was kept by a browser, where it may be changed."""
        try:
            return not verify(row.model_dump(mode="json"), self.chain.library)
        except DepecheError:
            return False


def released() -> Update:
    """Send in the place of stop, once an answer has ended or was stopped."""
    return _buttons(busy=False)


def emptied() -> Update:
    """A new conversation."""
    return "", [], "", *_follow("")


def taken_back(searched: str) -> Update:
    """The question as searched, in the box to be edited."""
    return searched, gr.Button(visible=False), searched


def _shown(turns: list[Turn]) -> Update:
    return messages(turns), kept_of(turns)


def _follow(searched: str) -> Update:
    """The button that takes a completed question back, that question, and none being edited."""
    return gr.Button(visible=bool(searched)), searched, ""


def _buttons(*, busy: bool) -> tuple[gr.Button, gr.Button]:
    """Send and stop, one in the place of the other."""
    return gr.Button(visible=not busy), gr.Button(visible=busy)
