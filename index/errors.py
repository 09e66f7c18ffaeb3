"""What a user can get wrong, as a tree. Each message names the value, the limit and the remedy.

DepecheError
├── InputError               a file, a folder or a value given by the user
│   ├── UnreadableFileError  one file cannot be read; the others go on
│   └── UnknownArticleError  no article has this id
├── ChatModelError           the chat model named by the user cannot be reached, or failed
└── LibraryError             the library's folder
    ├── NoLibraryError       there is none here
    ├── LibraryBusyError     another process is writing to it
    ├── LibraryMismatchError made with another encoder, format or chunking
    └── DamagedModelError    a shipped model file is not the one that was shipped
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path


LONGEST: Final = 1_000  # characters of a message; what is in the middle of a longer one is left out


class DepecheError(Exception):
    """Base of all errors that are shown to the user as one line, without a traceback."""

    def __str__(self) -> str:
        """One line that a terminal can show, whatever was given."""
        line = " ".join(super().__str__().split())
        line = "".join(c if c.isprintable() else "\ufffd" for c in line)
        half = LONGEST // 2
        return line if len(line) <= LONGEST else f"{line[: half - 1]}…{line[-half:]}"


class InputError(DepecheError):
    """Something the user gave cannot be used as it is."""


class UnreadableFileError(InputError):
    """One file holds nothing that can be indexed; the others go on."""


class UnknownArticleError(InputError):
    """No article of the library has this id."""


class ChatModelError(DepecheError):
    """The chat model cannot be reached, or failed while writing."""


class LibraryError(DepecheError):
    """The library's folder cannot be used as asked."""


class NoLibraryError(LibraryError):
    """There is no library in this folder."""


def no_library(folder: Path) -> NoLibraryError:
    """The one line that says where there is none, and how to make one."""
    return NoLibraryError(f"no library in {folder}; make one with: depeche index PATH...")


class LibraryBusyError(LibraryError):
    """Another process is writing to the library."""


class LibraryMismatchError(LibraryError):
    """The library was made with other settings than those asked for."""


class DamagedModelError(LibraryError):
    """A shipped model file is missing, or is not the one that was shipped."""
