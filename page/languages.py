"""What the page's readers call a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale

if TYPE_CHECKING:
    from page.texts import Texts


def language_name(code: str, texts: Texts) -> str:
    """The language in words, or its code."""
    return str(Locale(texts.language).languages.get(code, code))
