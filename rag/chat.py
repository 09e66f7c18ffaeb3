"""A draft by any chat model that LangChain knows, sentence by sentence; others decide what stays.

No tools, no memory. The model is named by `--llm PROVIDER:MODEL`; nothing is sent anywhere else.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from index.errors import ChatModelError, InputError
from rag.draft import sentences_of
from rag.prompts import NOTHING, messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.types import Passage
    from rag.types import Question, Span

PASSAGES: Final = 6  # that the model is shown; untested
SENTENCES: Final = 12  # of a draft that are looked at; the model is asked for six
LONGEST_DRAFT: Final = 8_000  # characters, thoughts included
SECONDS: Final = 60.0  # that a draft may take
SILENCE: Final = 30.0  # seconds without a word after which the server is given up
PACKAGES: Final = {"openai": "langchain-openai", "ollama": "langchain-ollama"}
EXAMPLE: Final = "--llm openai:gpt-4.1-mini or --llm ollama:llama3.1"


@dataclass(frozen=True, slots=True)
class ChatAnswerer:
    """Writes with a chat model: anything with LangChain's `stream(messages)`."""

    name: str
    model: Any

    def write(self, question: Question, spans: Sequence[Span]) -> Iterator[str]:
        """The sentences of the draft, nothing when the model finds no answer.

        :raises ChatModelError: the model cannot be reached, or failed while writing
        """
        drafted = sentences_of(self._tokens(question, passages_of(spans)), question.language)
        for count, sentence in enumerate(drafted):
            if count == SENTENCES or sentence.strip(".!") == NOTHING:
                break
            yield sentence

    def _tokens(self, question: Question, passages: Sequence[Passage]) -> Iterator[str]:
        began, length = time.monotonic(), 0
        try:
            for chunk in self.model.stream(messages(question, passages)):
                token = str(chunk.text)
                yield token
                length += len(token)
                if length > LONGEST_DRAFT or time.monotonic() - began > SECONDS:
                    return
        except Exception as error:  # each provider has errors of its own
            raise ChatModelError(f"the chat model {self.name} failed: {_line(error)}") from error


def passages_of(spans: Sequence[Span]) -> list[Passage]:
    """The passages read, best first, each once."""
    return list({span.passage.id: span.passage for span in spans}.values())[:PASSAGES]


def chat_answerer(name: str, url: str | None = None) -> ChatAnswerer:
    """The chat model of this name.

    :param name: "PROVIDER:MODEL", as LangChain's `init_chat_model` takes it
    :param url: of an OpenAI-compatible or Ollama server
    :raises InputError: the name is none, or what it needs is not installed
    """
    provider, colon, model = name.partition(":")
    if not (provider and colon and model):
        raise InputError(f"--llm {name!r} is no PROVIDER:MODEL; for example {EXAMPLE}")
    os.environ.setdefault("LANGSMITH_TRACING", "false")
    from langchain.chat_models import init_chat_model

    try:
        return ChatAnswerer(name, init_chat_model(name, **_settings(provider, url)))
    except ImportError as error:
        package = PACKAGES.get(provider, f"langchain-{provider.replace('_', '-')}")
        raise InputError(
            f"--llm {name} needs {package}: {sys.executable} -m pip install {package}"
        ) from error
    except Exception as error:  # each provider has errors of its own
        raise InputError(f"--llm {name}: {_line(error)}") from error


def _settings(provider: str, url: str | None) -> dict[str, Any]:
    given: dict[str, Any] = {"temperature": 0}
    if url:
        given["base_url"] = url
    if provider == "ollama":
        return given | {"client_kwargs": {"timeout": SILENCE}}
    if provider == "openai" and url and not os.environ.get("OPENAI_API_KEY"):
        given["api_key"] = "none"  # servers of one's own ask for none, the client does
    return given | {"timeout": SILENCE, "max_retries": 0}


def _line(error: Exception) -> str:
    """The first line of what a provider says, with why; at most 200 characters."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:200]
