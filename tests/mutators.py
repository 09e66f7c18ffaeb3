"""Files damaged at random, by a seed: what the fuzzers put in."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from documents import packed

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

TOKENS = (
    b"<", b">", b"</p>", b"&#0;", b"&amp", b"\0", b"\xff\xfe", b"[[[[", b"{{{{", b"]]>", b"<!--",
    b"<![CDATA[", b"%PDF", b"endobj", b"99999999999", b"-1", b"PK\x03\x04", b"\r\n\r\n", b"---\n",
    b"\xf0\x9f", b"'", b'"', b"\\u0000", b"=?utf-8?b?", b"<!DOCTYPE a [", b"/Kids [2 0 R]",
)  # fmt: skip


def truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data) + 1)]


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 32))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 200) :]


def repeated(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    part = data[start : start + chance.randrange(1, 60)]
    return data[:start] + part * chance.choice((2, 50, 3000)) + data[start:]


def planted(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randrange(1, 6)):
        start = chance.randrange(len(data) + 1)
        data = data[:start] + chance.choice(TOKENS) * chance.choice((1, 1, 300)) + data[start:]
    return data


def shuffled(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n") if data.count(b"\n") > 2 else data.split(b">")
    chance.shuffle(lines)
    return b"\n".join(lines)


MUTATORS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    truncated, flipped, cut, repeated, planted, shuffled,
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Damaged; of a zip, half the time a file in it."""
    mutate = chance.choice(MUTATORS)
    if not data.startswith(b"PK") or chance.random() < 0.5:
        return mutate(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name, content in files.items() if content])
    content = files[name]
    files[name] = mutate(content if isinstance(content, bytes) else content.encode(), chance)
    return packed(files)
