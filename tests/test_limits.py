"""How much may be asked: bodies, questions a minute, requests at once."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rag.doors.limits import AT_ONCE, LONGEST_BODY, RATE, WAITING, Limits, Rate
from rag.doors.lockout import MOST_CLIENTS, Lockout, client_of

if TYPE_CHECKING:
    import pytest
    from conftest import Alone, ClientOf
    from starlette.types import Message, Receive, Scope, Send

    from rag.chain import Chain

ASKED = {"question": "  "}  # the quickest to be answered


def test_sixty_a_minute_then_later(client_of: ClientOf, corpus_chain: Chain) -> None:
    client = client_of(corpus_chain, None, RATE)
    began = time.monotonic()
    codes = [client.post("/v1/ask", json=ASKED).status_code for _ in range(RATE)]
    assert set(codes) == {422}
    again = [client.post("/v1/chat/completions", json=ASKED) for _ in range(30)]
    refused = next(response for response in again if response.status_code == 429)
    assert again.index(refused) <= time.monotonic() - began
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert "60 requests a minute" in refused.json()["error"]["message"]
    assert client.get("/v1/status").status_code == 200


def test_the_bucket_fills_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    rate = Rate(60)
    assert [rate.seconds("a") for _ in range(61)] == [0] * 60 + [1]
    assert rate.seconds("b") == 0
    now += 1
    assert [rate.seconds("a"), rate.seconds("a")] == [0, 1]
    now += 3600
    assert [rate.seconds("a") for _ in range(61)] == [0] * 60 + [1]


def test_few_clients_are_remembered() -> None:
    rate, lockout = Rate(1), Lockout()
    for number in range(MOST_CLIENTS + 10):
        rate.seconds(str(number))
        lockout.wrong(str(number))
    assert len(rate._spent) == len(lockout._wrong) == MOST_CLIENTS


def test_a_client_with_many_addresses_is_one() -> None:
    first, second, other = (
        client_of({"type": "http", "client": (host, 1)})
        for host in ("2001:db8::1", "2001:db8::ffff:2", "192.0.2.7")
    )
    assert first == second
    assert other == "192.0.2.7"


def test_a_body_that_says_it_is_too_long_is_not_read(address: str) -> None:
    head = f"Content-Length: {LONGEST_BODY + 1}\r\n\r\n"
    assert sent_until_refused(address, head, b"") == (b"413", 0)


def test_a_body_that_goes_on_is_refused_before_another_megabyte(address: str) -> None:
    piece = b"x" * 65536
    chunk = b"%x\r\n%b\r\n" % (len(piece), piece)
    status, sent = sent_until_refused(address, "Transfer-Encoding: chunked\r\n\r\n", chunk)
    assert status == b"413"
    # What lies in the system's buffers on both sides has been sent too.
    assert sent < LONGEST_BODY + 1_000_000 + 6_000_000


def sent_until_refused(address: str, head: str, chunk: bytes) -> tuple[bytes, int]:
    """The status, and how many bytes of a body were taken before it came."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as connection:
        lines = (
            f"POST /v1/ask HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
        )
        connection.sendall(lines.encode() + head.encode())
        answer: list[bytes] = []
        listener = threading.Thread(target=lambda: answer.append(connection.recv(4096)))
        listener.start()
        taken = 0
        while chunk and listener.is_alive() and taken < 100 * LONGEST_BODY:
            try:
                connection.sendall(chunk)
            except OSError:
                break
            taken += len(chunk)
        listener.join(20)
    return answer[0].split()[1], taken


def test_what_is_over_the_queue_is_refused_at_once(alone: Alone) -> None:
    async def crowd() -> list[tuple[int, float, bytes]]:
        gate = asyncio.Event()
        at_once = most = 0

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            nonlocal at_once, most
            del scope, receive
            at_once += 1
            most = max(most, at_once)
            await gate.wait()
            at_once -= 1
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        limits = Limits(slow, rate=0)

        async def ask() -> tuple[int, float, bytes]:
            began = time.perf_counter()
            messages: list[Message] = []

            async def receive() -> Message:
                return {"type": "http.request", "body": b"{}", "more_body": False}

            async def send(message: Message) -> None:
                messages.append(message)

            scope = {"type": "http", "method": "POST", "path": "/v1/ask", "headers": []}
            await limits(scope, receive, send)
            retry = dict(messages[0]["headers"]).get(b"retry-after", b"")
            return messages[0]["status"], time.perf_counter() - began, retry

        asking = [asyncio.create_task(ask()) for _ in range(AT_ONCE + WAITING + 20)]
        await asyncio.sleep(0.1)
        gate.set()
        done = await asyncio.gather(*asking)
        assert most == AT_ONCE
        assert (await ask())[0] == 200
        return done

    done = alone(crowd)
    refused = [row for row in done if row[0] == 503]
    assert len(refused) == 20
    assert all(seconds < 0.2 and retry == b"5" for _, seconds, retry in refused)
    assert len(done) - len(refused) == AT_ONCE + WAITING


def test_a_body_that_never_comes_whole_is_given_up(
    alone: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.doors.limits.ARRIVAL", 0.05)

    async def slow() -> int:
        messages: list[Message] = []

        async def receive() -> Message:
            await asyncio.sleep(10)
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            messages.append(message)

        async def never(scope: Scope, receive: Receive, send: Send) -> None:
            raise AssertionError(scope, receive, send)

        scope = {"type": "http", "method": "POST", "path": "/v1/ask", "headers": []}
        await Limits(never)(scope, receive, send)
        return int(messages[0]["status"])

    assert alone(slow) == 408
