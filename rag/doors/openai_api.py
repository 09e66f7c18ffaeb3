"""The library as a chat model: what the OpenAI client and chat front ends call.

The user's last message is the question, those before it are its history; system messages and
sampling parameters change nothing. Citations come as annotations, and the whole answer, as every
other door gives it, in the field `depeche`.
"""

import json
import time
import uuid
from collections.abc import Iterator
from itertools import chain as joined
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response, StreamingResponse

from index.errors import DepecheError, InputError
from index.vocabulary import count_batch
from rag.doors.examples import COMPLETED, MODEL, QUESTION
from rag.doors.problems import UNFORESEEN, documented
from rag.doors.rest import EVENTS, ChainOf
from rag.doors.schema import AnswerRow
from rag.record import record
from rag.types import Answer
from rag.understand import MAX_QUESTION

NAME: Final = "depeche"  # of the one model there is
MOST_MESSAGES: Final = 200
_FAILURES: Final = documented(401, 404, 413, 422, 429, 500, 503)

router = APIRouter()


class Part(BaseModel):
    """A part of a message; only text can be read."""

    type: str
    text: str = ""


class Message(BaseModel):
    """A message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class Completion(BaseModel):
    """A conversation that ends with the user's question; other parameters are let through."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [{"model": NAME, "messages": [{"role": "user", "content": QUESTION}]}]
        },
    )

    model: str
    messages: Annotated[list[Message], Field(min_length=1, max_length=MOST_MESSAGES)]
    stream: bool | None = False


class Completed(BaseModel):
    """As OpenAI describes it, and the whole answer in `depeche`."""

    model_config = ConfigDict(json_schema_extra={"examples": [COMPLETED]})

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[dict[str, Any]]
    usage: dict[str, int]
    depeche: AnswerRow


class Model(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [MODEL]})

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class Models(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"object": "list", "data": [MODEL]}]})

    object: Literal["list"]
    data: list[Model]


@router.get("/v1/models", response_model=Models, responses=documented(401, 429))
def models() -> Response:
    """List the one model there is."""
    return JSONResponse({"object": "list", "data": [MODEL]})


@router.get("/v1/models/{model}", response_model=Model, responses=documented(401, 404, 422, 429))
def model(model: str) -> Response:
    """Describe the one model there is."""
    _known(model)
    return JSONResponse(MODEL)


@router.post("/v1/chat/completions", response_model=Completed, responses=_FAILURES)
def complete(asked: Completion, chain: ChainOf) -> Response:
    """Answer the last message of a conversation, whole or as a stream of its words."""
    _known(asked.model)
    began = time.perf_counter()
    question, history = _question(asked.messages)
    answers = chain.stream(question, history)
    first = next(answers)
    if asked.stream:
        chunks = _chunks(joined([first], answers), began)
        return StreamingResponse(chunks, media_type=EVENTS)
    *_, last = joined([first], answers)
    message = {"role": "assistant", "content": last.text, "annotations": annotations(last)}
    row = _frame("chat.completion") | {
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": _usage(question, last.text),
        "depeche": record(last, time.perf_counter() - began),
    }
    return JSONResponse(row)


def annotations(answer: Answer) -> list[dict[str, Any]]:
    """Each marker in the text whose article has an address, as OpenAI writes it."""
    found = []
    for citation in answer.citations:
        marker = f"[{citation.marker}]"
        start = answer.text.find(marker)
        while citation.url and start >= 0:
            end = start + len(marker)
            place = {"start_index": start, "end_index": end}
            cited = place | {"url": citation.url, "title": citation.title}
            found.append({"type": "url_citation", "url_citation": cited})
            start = answer.text.find(marker, end)
    return sorted(found, key=lambda row: row["url_citation"]["start_index"])


def _chunks(answers: Iterator[Answer], began: float) -> Iterator[str]:
    """Words as they come, then the annotations and the whole answer."""
    frame = _frame("chat.completion.chunk")
    yield _chunk(frame, {"role": "assistant", "content": ""})
    sent, last = "", None
    try:
        for last in answers:
            if last.text.startswith(sent):  # what was sent cannot be taken back
                yield _chunk(frame, {"content": last.text[len(sent) :]})
                sent = last.text
    except DepecheError as error:
        yield _data({"error": {"message": str(error), "type": "api_error"}})
        return
    except Exception:
        yield _data({"error": {"message": UNFORESEEN, "type": "api_error"}})
        raise
    if last is not None:
        if last.text != sent:
            yield _chunk(frame, {"content": f"\n\n{last.text}"})
        whole = frame | {"depeche": record(last, time.perf_counter() - began)}
        yield _chunk(whole, {"annotations": annotations(last)}, "stop")
    yield "data: [DONE]\n\n"


def _chunk(frame: dict[str, Any], delta: dict[str, Any], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    return _data(frame | {"choices": [choice]})


def _data(row: dict[str, Any]) -> str:
    return f"data: {json.dumps(row, ensure_ascii=False)}\n\n"


def _frame(kind: str) -> dict[str, Any]:
    name = f"chatcmpl-{uuid.uuid4().hex}"
    return {"id": name, "object": kind, "created": int(time.time()), "model": NAME}


def _usage(question: str, text: str) -> dict[str, int]:
    """Tokens of the library's own vocabulary."""
    asked, said = count_batch([question, text])
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


def _known(name: str) -> None:
    if name != NAME:
        raise HTTPException(404, f"there is no model {name[:100]!r}; ask for {NAME!r}")


def _question(messages: list[Message]) -> tuple[str, list[str]]:
    """The last message, and the user's earlier ones.

    :raises InputError: the last one is not the user's
    """
    if messages[-1].role != "user":
        raise InputError("the last message has to be the user's question")
    *earlier, question = [message.text for message in messages if message.role == "user"]
    return question, [text[:MAX_QUESTION] for text in earlier if text.strip()]
