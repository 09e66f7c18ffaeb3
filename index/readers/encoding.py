"""Bytes -> the letters they stand for, in whatever encoding; knows nothing of formats."""

from __future__ import annotations

import codecs
from typing import Final

from index.errors import UnreadableFileError

# A signature first, since that of UTF-16 is the start of that of UTF-32.
_SIGNATURES: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Western texts hold beyond ASCII; other languages in other encodings hold more than these.
_WESTERN: Final = frozenset(
    "àâäæçéèêëîïôöœùûüÿñáíóúãõåøßìòÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸÑÁÍÓÚÃÕÅØÌÒ«»‹›“”„‘’‚–—…€£°·•§©®™¿¡ºª²\u00a0"
)
MOST_ACCENTS: Final = 0.3  # of the characters; in French about one in twenty is not ASCII
# Encodings in which news was written. Left to choose among all, charset-normalizer takes Polish for
# Maltese and Turkish for Icelandic.
_IN_USE: Final = (
    "cp1250", "iso8859_2", "cp1251", "koi8_r", "iso8859_5", "cp1252", "cp1253", "iso8859_7",
    "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp850", "cp866", "mac_roman", "cp932",
    "euc_jp", "gb18030", "big5", "cp949", "euc_kr", "iso8859_15",
)  # fmt: skip
GUESSED_FROM: Final = 200_000  # bytes; charset-normalizer takes 1 s for them, linearly


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of unknown encoding: a signature, else UTF-8, else as declared, else a likely guess.

    :raises UnreadableFileError: the bytes are no text in any of these
    """
    for signature, encoding in _SIGNATURES:
        if data.startswith(signature):
            return _strictly(data, encoding)
    if b"\0" in data:
        raise UnreadableFileError("holds zero bytes, so it is no text; save it as UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _declared(data, declared) or _western(data) or _guessed(data, error.start)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"begins as {error.encoding} but byte {error.start} is not; save it again as UTF-8"
        ) from error


def _declared(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return data.decode({"iso-8859-1": "cp1252"}.get(encoding.lower(), encoding))
    except (LookupError, UnicodeDecodeError):
        return None


def _western(data: bytes) -> str | None:
    """Windows-1252, when all letters are French, German, Spanish ...

    Asked first, since charset-normalizer takes short French texts for Central European.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    odd = [character for character in text if not character.isascii()]
    is_western = _WESTERN.issuperset(odd) and len(odd) <= MOST_ACCENTS * len(text)
    return text if is_western else None


def _guessed(data: bytes, first_bad: int) -> str:
    import charset_normalizer

    sample = _sample(data, first_bad)
    best = charset_normalizer.from_bytes(sample, cp_isolation=list(_IN_USE)).best()
    try:
        if best is not None:
            return data.decode(_turkish(sample, best.encoding))
    except UnicodeDecodeError:
        pass
    raise UnreadableFileError(
        f"is in no known encoding (byte {first_bad} is not UTF-8); save it as UTF-8"
    )


def _turkish(sample: bytes, encoding: str) -> str:
    """Icelandic differs in six letters only; what never has an á or æ is Turkish."""
    if encoding not in {"cp1252", "cp1254"}:
        return encoding
    text = sample.decode("cp1252", "replace").lower()
    is_turkish = set("ýþð") & set(text) and not set("áæ") & set(text)
    return "cp1254" if is_turkish else "cp1252"


def _sample(data: bytes, first_bad: int) -> bytes:
    """Whole lines around the first letter beyond ASCII, when the text is long."""
    if len(data) <= GUESSED_FROM:
        return data
    start = data.rfind(b"\n", 0, first_bad) + 1
    if first_bad - start > GUESSED_FROM // 2:
        start = first_bad
    end = data.rfind(b"\n", start, start + GUESSED_FROM)
    return data[start : end if end > first_bad else start + GUESSED_FROM]
