"""A saved e-mail -> its letter: subject, sender, date, and the plainest of its versions."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.errors import MessageError
from email.utils import parseaddr
from typing import TYPE_CHECKING

from index.errors import UnreadableFileError
from index.readers.encoding import decode
from index.readers.markup import words
from index.readers.raw import Left, RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage, MIMEPart


def read(data: bytes) -> Iterator[RawArticle | Left]:
    """:raises UnreadableFileError: it is no mail, or has no text"""
    try:
        message = message_from_bytes(data, policy=policy.default)
        text = _letter(message)
        fields = {name: _field(message, name) for name in ("subject", "from", "date")}
        files = [part.get_filename() for part in message.iter_attachments()]
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, IndexError) as error:
        raise UnreadableFileError(f"is a damaged mail ({error}); save it as .txt") from error
    if not any(character.isalpha() for character in text):
        raise UnreadableFileError("is a mail without text; save it as .txt")
    name, address = parseaddr(fields["from"])
    yield RawArticle(
        text, "mail", title=fields["subject"] or None, published=fields["date"] or None,
        source=name or address or None,
    )  # fmt: skip
    yield from (Left(file, "attached to a mail; save it as a file") for file in files if file)


def _field(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _letter(message: EmailMessage) -> str:
    """What is written plainly; else what is written as a page."""
    for kind in ("plain", "html"):
        part = message.get_body(preferencelist=(kind,))
        text = _words(part) if part is not None else ""
        if any(character.isalpha() for character in text):
            return text
    return ""


def _words(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    text = decode(payload, part.get_content_charset()) if isinstance(payload, bytes) else ""
    return words(text) if part.get_content_subtype() == "html" else text
