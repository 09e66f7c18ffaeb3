"""What a zip holds, unpacked no further than is safe: EPUB, DOCX and ODT are zips too."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from index.errors import UnreadableFileError

LARGEST_FILE: Final = 100_000_000  # bytes of one file in it
LARGEST: Final = 1_000_000_000  # bytes of all of them; memory holds one at a time
MOST_FILES: Final = 20_000
STEEPEST: Final = 200  # times that a large file may grow; French text grows 3 to 5 times
_SMALL: Final = 1_000_000  # bytes below which no growth harms
_STEP: Final = 1_000_000
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError,
    ValueError, UnicodeError,
)  # fmt: skip


class Container:
    """An open zip; it counts what was unpacked."""

    def __init__(self, data: bytes) -> None:
        """:raises UnreadableFileError: it is no zip, or holds too many files"""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise UnreadableFileError(f"is damaged ({error}); copy or save it again") from error
        self._files = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        self._unpacked = 0
        if len(self._files) > MOST_FILES:
            raise UnreadableFileError(
                f"holds {len(self._files)} files, over {MOST_FILES}; split it"
            )

    @property
    def names(self) -> list[str]:
        """Those of all files in it, in order, as written there."""
        return list(self._files)

    def read(self, name: str) -> bytes:
        """:raises UnreadableFileError: it is not there, is damaged, or grows too much"""
        info = self._files.get(name)
        if info is None:
            raise UnreadableFileError(f"has no {name[:80]!r} in it; save it again")
        if info.flag_bits & 1:
            raise UnreadableFileError("is locked by a password; unlock it first")
        limit = min(LARGEST_FILE, max(_SMALL, STEEPEST * info.compress_size))
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as file:
                while part := file.read(_STEP):
                    parts.append(part)
                    size += len(part)
                    self._count(len(part), size, limit)
        except _BROKEN as error:
            raise UnreadableFileError(f"is damaged ({error}); copy or save it again") from error
        return b"".join(parts)

    def _count(self, more: int, size: int, limit: int) -> None:
        self._unpacked += more
        if size > limit or self._unpacked > LARGEST:
            raise UnreadableFileError(
                f"unpacks to more than {min(limit, LARGEST)} bytes; unpack it yourself, if you "
                "trust it"
            )
