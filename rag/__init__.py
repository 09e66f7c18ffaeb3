"""The question's side: a question in, an answer with the articles' exact words out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.chain import open_chain

__all__ = ["open_chain"]


def __getattr__(name: str) -> object:
    """`open_chain`, loaded when it is asked for."""
    if name in __all__:
        from rag import chain

        return getattr(chain, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
