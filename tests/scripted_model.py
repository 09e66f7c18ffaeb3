"""An OpenAI-compatible server on loopback that streams the drafts it is given."""

from __future__ import annotations

import json
import re
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from loopback import QuietHandler, answering

if TYPE_CHECKING:
    from collections.abc import Iterator


class Script:
    """What the server says, and what it was asked."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.pause = 0.0
        self.broken_after: int | None = None
        self.asked: list[dict[str, Any]] = []

    def says(self, draft: str) -> None:
        self.tokens = re.findall(r"\s*\S{1,7}|\s+", draft)
        self.broken_after = None

    def draft(self, told: str) -> list[str]:
        """Tokens for what the model was told; by default the same whatever that is."""
        del told
        return self.tokens


class Handler(QuietHandler):
    script: ClassVar[Script]

    def do_POST(self) -> None:  # the base class's name
        script = self.script
        length = int(self.headers["Content-Length"])
        asked = json.loads(self.rfile.read(length))
        script.asked.append(asked)
        told = "\n".join(str(message["content"]) for message in asked["messages"])
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for place, token in enumerate(script.draft(told)):
                if place == script.broken_after:
                    self.wfile.write(b'data: {"error": {"message": "out of memory"}}\n\n')
                    return
                self._send({"content": token}, None)
                time.sleep(script.pause)
            self._send({}, "stop")
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            return  # the reader had enough

    def _send(self, delta: dict[str, str], reason: str | None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        chunk = {
            "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m",
            "choices": [choice],
        }  # fmt: skip
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()


@contextmanager
def serving(script: Script) -> Iterator[str]:
    handler = type("Scripted", (Handler,), {"script": script})
    with answering(handler) as address:
        yield f"{address}/v1"
