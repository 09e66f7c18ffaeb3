"""REST: ask (plain and as server-sent events), search, verify, status, health.

Knows nothing of who may call: `rag.doors.access` and `rag.doors.limits` stand in front.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain as joined
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from index.errors import DepecheError
from rag.chain import Chain
from rag.doors.metrics import MEDIA_TYPE, Metrics
from rag.doors.problems import UNFORESEEN, documented, problem
from rag.doors.schema import (
    AnswerRow,
    AskRow,
    FindingsRow,
    FoundRows,
    SearchRow,
    StatusRow,
    found_rows,
)
from rag.record import record
from rag.types import Answer
from rag.verify import verify as find_faults

EVENTS: Final = "text/event-stream"
_FAILURES: Final = documented(401, 413, 422, 429, 500, 503)
_AS_EVENTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The answer; as server-sent events: `answer`, ever fuller, then `done`.",
        "content": {EVENTS: {"schema": {"type": "string"}}},
    }
}

router = APIRouter()
health = APIRouter()  # asked for without a token


def _chain(request: Request) -> Chain:
    chain: Chain = request.app.state.chain
    return chain


ChainOf = Annotated[Chain, Depends(_chain)]


@router.post("/v1/ask", response_model=AnswerRow, responses=_FAILURES | _AS_EVENTS)
def ask(asked: AskRow, request: Request, chain: ChainOf) -> Response:
    """Answer a question. With `Accept: text/event-stream`: ever fuller answers, then `done`."""
    began = time.perf_counter()
    answers = chain.stream(asked.question, asked.history, asked.filters.filters())
    if EVENTS in request.headers.get("accept", ""):
        begun = joined([next(answers)], answers)  # what is wrong with a question is told before
        return StreamingResponse(_events(begun, began), media_type=EVENTS)
    *_, last = answers
    return JSONResponse(record(last, time.perf_counter() - began))


@router.post("/v1/search", response_model=FoundRows, responses=_FAILURES)
def search(asked: SearchRow, chain: ChainOf) -> Response:
    """Find passages, best first."""
    found = chain.search(asked.question, asked.history, asked.filters.filters(), asked.limit)
    return JSONResponse(found_rows(found))


@router.post("/v1/verify", response_model=FindingsRow, responses=_FAILURES)
def verify(answer: AnswerRow, chain: ChainOf) -> Response:
    """Compare an answer that was written down with the library's articles, quote by quote."""
    found = [asdict(finding) for finding in find_faults(answer.model_dump(), chain.library)]
    return JSONResponse({"holds": not found, "findings": found})


@router.get("/v1/status", response_model=StatusRow, responses=documented(401, 429, 500))
def status(chain: ChainOf) -> Response:
    """Say what the library holds."""
    database = chain.library.database
    articles, passages = database.count()
    return JSONResponse(
        {
            "articles": articles,
            "passages": passages,
            "languages": database.languages(),
            "encoder": chain.library.settings.encoder,
            "sequence": database.manifest.sequence,
        }
    )


@router.get("/metrics", response_class=PlainTextResponse, responses=documented(401))
def metrics(request: Request) -> Response:
    """Give the figures that Prometheus reads."""
    figures: Metrics = request.app.state.metrics
    return Response(figures.text(), media_type=MEDIA_TYPE)


@health.get("/healthz", response_class=PlainTextResponse)
def healthz() -> str:
    """Say that the server runs."""
    return "ok\n"


@health.get("/readyz", response_class=PlainTextResponse, responses=documented(503))
def readyz(chain: ChainOf) -> Response:
    """Say whether questions can be answered: the library opens, with the encoder in use."""
    try:
        chain.check()
    except DepecheError:
        return problem(503, "the library cannot be read; `depeche status` says why")
    return PlainTextResponse("ready\n")


def _events(answers: Iterator[Answer], began: float) -> Iterator[str]:
    row: dict[str, Any] = {}
    try:
        for answer in answers:
            row = record(answer, time.perf_counter() - began)
            yield _event("answer", row)
    except DepecheError as error:
        yield _event("error", {"detail": str(error)})
        return
    except Exception:
        yield _event("error", {"detail": UNFORESEEN})
        raise
    yield _event("done", row)


def _event(name: str, row: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(row, ensure_ascii=False)}\n\n"
