"""Errors as a web client gets them: problem+json (RFC 9457), one line with the remedy.

What `index.errors` tells people on the command line is told here with the status that fits it.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from index.errors import (
    DepecheError,
    InputError,
    LibraryBusyError,
    LibraryError,
    UnknownArticleError,
)
from rag.doors.schema import ProblemRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

MEDIA_TYPE: Final = "application/problem+json"
AGAIN: Final = 5  # seconds after which it is worth trying again while the library is written to
# The most particular first.
_STATUSES: Final = (
    (UnknownArticleError, 404),
    (InputError, 422),
    (LibraryBusyError, 503),
    (LibraryError, 500),
)
UNFORESEEN: Final = "an unforeseen error; the server's log has its details"
# What some of them say, for OpenAPI.
_SAID: Final = {
    401: "a token is required: Authorization: Bearer TOKEN; `depeche token add NAME` makes one",
    403: "this token may only read; an editor's may change the library",
    404: "there is no article 'conseil/2024-11-06' in this library",
    413: "a request has at most 4,000,000 bytes; send less at a time",
    422: "body: JSON decode error; /openapi.json describes what is expected",
    429: "more than 60 requests a minute; try again in 4 s",
    500: UNFORESEEN,
    503: "64 requests are waiting already; try again in 5 s",
}
_SHOWN: Final = 3  # faults of one request that are named


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, path: str = ""
) -> Response:
    """One line as problem+json.

    :param path: where the OpenAI client calls, the same line stands where that client looks too
    """
    row: dict[str, Any] = ProblemRow(
        title=HTTPStatus(status).phrase, status=status, detail=detail
    ).model_dump()
    if path.startswith(("/v1/chat/", "/v1/models")):
        kind = "invalid_request_error" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "api_error"
        row["error"] = {"message": detail, "type": kind, "param": None, "code": None}
    return JSONResponse(row, status, headers, MEDIA_TYPE)


def problem_of(error: DepecheError, path: str = "") -> Response:
    """What a user can get wrong, with the status that fits it."""
    status = next((code for kind, code in _STATUSES if isinstance(error, kind)), 500)
    headers = {"Retry-After": str(AGAIN)} if isinstance(error, LibraryBusyError) else None
    return problem(status, str(error), headers, path)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route may answer with, for OpenAPI."""
    schema = ProblemRow.model_json_schema()
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema, "example": _example(status)}},
        }
        for status in statuses
    }


def _example(status: int) -> dict[str, Any]:
    title = HTTPStatus(status).phrase
    return ProblemRow(title=title, status=status, detail=_SAID[status]).model_dump()


def tell_problems(application: FastAPI) -> None:
    """Make the application answer all errors in this way."""
    application.exception_handler(DepecheError)(_depeche)
    application.exception_handler(RequestValidationError)(_invalid)
    application.exception_handler(HTTPException)(_refused)
    application.exception_handler(Exception)(_unforeseen)


def _depeche(request: Request, error: DepecheError) -> Response:
    return problem_of(error, _path(request))


def _invalid(request: Request, error: RequestValidationError) -> Response:
    faults = [
        f"{'.'.join(str(part) for part in fault['loc'][1:]) or 'body'}: {fault['msg']}"
        for fault in error.errors()[:_SHOWN]
    ]
    detail = "; ".join(faults).encode(errors="replace").decode()
    return problem(422, f"{detail}; /openapi.json describes what is expected", None, _path(request))


def _refused(request: Request, error: HTTPException) -> Response:
    return problem(error.status_code, error.detail, error.headers, _path(request))


def _unforeseen(request: Request, error: Exception) -> Response:
    del error  # the server logs it
    return problem(500, UNFORESEEN, None, _path(request))


def _path(request: Request) -> str:
    return request.url.path
