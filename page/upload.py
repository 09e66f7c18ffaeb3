"""Adding articles by sending files: the form, and what answers it, a line of JSON for each article.

The work goes on when the browser leaves; library.js shows how far it is.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response, StreamingResponse

from index.errors import DepecheError
from index.formats import READERS
from page.cards import entities
from page.library_texts import LIBRARY
from page.reasons import reason
from rag.doors.access import right_of
from rag.doors.limits import LONGEST_UPLOAD
from rag.doors.uploads import Sent, add_files

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from starlette.requests import Request

    from page.texts import Texts
    from rag.chain import Chain
    from rag.doors.uploads import Outcome

MEGABYTE: Final = 1_000_000
ROOM: Final = 100_000  # bytes that a request's names and borders take beside its files
_LOG: Final = logging.getLogger(__name__)


def upload_html(texts: Texts) -> str:
    """The form; its words for what happens are read by library.js."""
    own = LIBRARY[texts.language]
    formats = " ".join(sorted(READERS))
    largest = LONGEST_UPLOAD - ROOM
    hint = own.formats.format(formats=formats, megabytes=largest // MEGABYTE)
    said = {
        "sending": own.sending, "reading": own.reading, "stored": own.stored,
        "unchanged": own.unchanged, "refused": own.left, "sum": own.sum, "large": own.large,
        "failed": own.failed, "none": own.none, "colon": texts.colon,
    }  # fmt: skip
    words = "".join(f' data-{name}="{entities(text)}"' for name, text in said.items())
    return (
        f'<section aria-labelledby="add"><h2 id="add">{own.add}</h2>'
        f'<form id="upload" action="/{texts.language}/library/add" data-largest="{largest}"{words}>'
        f'<label for="files">{own.choose}</label><div class="field">'
        f'<input id="files" type="file" multiple accept="{",".join(sorted(READERS))}" '
        f'aria-describedby="formats"><button>{own.send}</button></div>'
        f'<p id="formats" class="facts">{hint}</p>'
        f'<progress aria-label="{own.progress}" max="1" value="0" hidden></progress>'
        '<p role="status"></p><ul class="outcomes"></ul></form></section>'
    )


def uploading(chain: Chain, texts: Texts) -> Callable[[Request], Awaitable[Response]]:
    """What takes files as a form sends them."""
    own = LIBRARY[texts.language]

    async def taken(request: Request) -> Response:
        if right_of(request) != "editor":
            return JSONResponse({"line": own.refused}, HTTPStatus.FORBIDDEN)
        try:
            async with request.form() as form:
                sent = [
                    Sent(part.filename or "", await part.read())
                    for part in form.getlist("files")
                    if isinstance(part, UploadFile)
                ]
        except HTTPException:
            return JSONResponse({"line": own.failed}, HTTPStatus.UNPROCESSABLE_ENTITY)
        if not sent:
            return JSONResponse({"line": own.none}, HTTPStatus.UNPROCESSABLE_ENTITY)
        return StreamingResponse(_lines(_begun(chain, sent, texts)), media_type="text/plain")

    return taken


def _begun(chain: Chain, sent: Sequence[Sent], texts: Texts) -> queue.SimpleQueue[Any]:
    """Rows of what becomes of the files, None at the end; a thread of its own does the work."""
    rows: queue.SimpleQueue[dict[str, str] | None] = queue.SimpleQueue()

    def work() -> None:
        try:
            for outcome in add_files(chain, sent):
                rows.put(_row(outcome, texts))
        except DepecheError as error:
            rows.put({"file": "", "kind": "failed", "line": reason(str(error), texts)})
        except Exception:  # noqa: BLE001 - else the page would wait for ever; it is logged
            _LOG.exception("files could not be added")
            rows.put({"file": "", "kind": "failed", "line": texts.broken})
        finally:
            rows.put(None)

    threading.Thread(target=work, name="adding files").start()
    return rows


def _row(outcome: Outcome, texts: Texts) -> dict[str, str]:
    kind, line = outcome.kind, outcome.line
    if kind == "taken":
        return {"file": outcome.file, "kind": "refused", "line": LIBRARY[texts.language].taken}
    said = reason(line, texts) if kind == "refused" else line
    return {"file": outcome.file, "kind": kind, "line": said}


def _lines(rows: queue.SimpleQueue[Any]) -> Iterator[str]:
    while (row := rows.get()) is not None:
        yield json.dumps(row) + "\n"
