"""What makes a file of the conversation that the browser sends, and gives it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import PlainTextResponse, Response

from page import export
from page.turns import turns_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from page.texts import Texts

# By the format's name: what writes it, its media type, and how the file's name ends.
FORMATS: Final = {
    "markdown": (export.markdown, "text/markdown", "md"),
    "html": (export.html, "text/html", "html"),
    "json": (export.records, "application/json", "json"),
    "csv": (export.table, "text/csv", "csv"),
}


def downloads(texts: Texts) -> Callable[[Request], Awaitable[Response]]:
    """What answers to POST /fr/export?format=csv in one language."""

    async def answered(request: Request) -> Response:
        chosen = FORMATS.get(request.query_params.get("format", ""))
        if chosen is None:
            return PlainTextResponse(f"formats: {', '.join(FORMATS)}", 422)
        write, media_type, ending = chosen
        rows = [turn.row for turn in turns_of(await request.body()) if turn.row]
        named = f'attachment; filename="depeche.{ending}"'
        headers = {"Content-Disposition": named}
        return Response(write(rows, texts).encode(), 200, headers, media_type)

    return answered
