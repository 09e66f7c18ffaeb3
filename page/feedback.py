"""What a reader says of an answer, in the chat page: two buttons, and a note once one is pressed.

The buttons stand in the answer's HTML; feedback.js sends what is pressed, and shows what came back.
"""

from __future__ import annotations

from http import HTTPStatus
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from index.errors import DepecheError, InputError
from page.reasons import reason
from rag.doors.feedback import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from index.store import Library
    from page.texts import Texts
    from rag.doors.feedback import Seen, Verdict

_VERDICTS: Final[dict[Any, Verdict | None]] = {"up": "up", "down": "down", None: None}


def feedback_html(key: str, texts: Texts) -> str:
    """The buttons for the answer that `Seen` knows by this key."""
    buttons = "".join(
        f'<button type="button" class="{verdict}">{name}</button>'
        for verdict, name in (("up", texts.helpful), ("down", texts.unhelpful))
    )
    note = (
        f'<div class="note" hidden><label for="note-{key}">{texts.note}</label>'
        f'<button type="button" class="keep">{texts.keep}</button></div>'
    )
    return (
        f'<div class="feedback" id="feedback-{key}" title="{texts.judge}">'
        f'<div role="group">{buttons}</div>{note}<p role="status"></p></div>'
    )


def receiver(
    library: Library, seen: Seen, texts: Texts
) -> Callable[[Request], Awaitable[JSONResponse]]:
    """What takes up {"key", "verdict", "note"} and answers with the line to be shown."""

    async def received(request: Request) -> JSONResponse:
        try:
            row = await request.json()
            key, verdict, note = str(row["key"]), _VERDICTS[row["verdict"]], str(row["note"])
        except (JSONDecodeError, UnicodeDecodeError, KeyError, TypeError):
            return _told(texts.failed, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            known = await run_in_threadpool(say, library.database, seen, key, verdict, note)
        except InputError as error:
            return _told(reason(str(error), texts), HTTPStatus.UNPROCESSABLE_ENTITY)
        except DepecheError as error:
            return _told(reason(str(error), texts), HTTPStatus.SERVICE_UNAVAILABLE)
        if not known:
            return _told(texts.forgotten, HTTPStatus.NOT_FOUND)
        return _told(texts.thanks if verdict else texts.withdrawn, HTTPStatus.OK)

    return received


def _told(line: str, status: HTTPStatus) -> JSONResponse:
    return JSONResponse({"line": line}, status)
