"""Which language a text is in: py3langid for articles, a few small words for questions."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

_CODES: Final = (
    "ar bg ca cs da de el en es fa fi fr he hi hu it ja ko nl pl pt ro ru sv tr uk vi zh"
)
LANGUAGES: Final = frozenset(_CODES.split())
ENOUGH: Final = 2000  # characters; more of an article does not change the verdict
_CODE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9_-]{1,20})?", re.IGNORECASE)


def normalised(given: str | None) -> str | None:
    """The language of a code: "fr-FR" -> "fr"; None when it is no ISO 639-1 code."""
    found = _CODE.fullmatch((given or "").strip())
    return found.group(1).lower() if found else None


def detect(text: str) -> str:
    """ISO 639-1, of those that the encoder was trained on."""
    language, _ = _identifier().classify(text[:ENOUGH])
    return str(language)


@lru_cache(maxsize=1)
def _identifier() -> Any:  # noqa: ANN401 - it ships no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return identifier
