"""Files that editors send: read as `depeche index` reads them, and never in another's place.

A file is kept for as long as it is read; what is in the library says where an article came from,
which is nowhere any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from index.build import Stored, build
from index.errors import UnknownArticleError
from index.load import load
from index.loaded import LoadedArticle, Problem, Skipped
from rag.doors.changes import changing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.build import Step
    from index.loaded import Loaded
    from index.store import Library
    from rag.chain import Chain

Kind: TypeAlias = Literal["stored", "unchanged", "taken", "refused"]

LONGEST_NAME: Final = 150  # bytes of a file's name; systems take 255
_SAME: Final = "unchanged"
_TAKEN: Final = "taken"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file, or of one article in it; `line` is its title, or why it is refused."""

    file: str
    kind: Kind
    line: str


def add_files(chain: Chain, sent: Sequence[Sent]) -> Iterator[Outcome]:
    """Add the articles of these files; found by questions when the last one was given.

    :raises LibraryBusyError: another process is writing
    """
    with TemporaryDirectory() as folder, changing(chain.library) as library:
        files = _written(Path(folder), sent)
        loaded = (item for path in files for item in load([path]))
        for step in build(library, chain.embedder, [], others=_new(loaded, library)):
            outcome = _outcome(step, files, folder)
            if outcome:
                yield outcome


def _written(folder: Path, sent: Iterable[Sent]) -> dict[Path, str]:
    """A file for each, in a folder of its own; and the name it came with."""
    files = {}
    for number, each in enumerate(sent):
        own = folder / str(number)
        own.mkdir()
        file = own / _name(each.name)
        file.write_bytes(each.data)
        files[file] = each.name
    return files


def _name(name: str) -> str:
    """A file's name without its folders, and with nothing that a system may trip over."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    if stem.lower().endswith(".warc"):
        stem, suffix = stem[: -len(".warc")], f"warc.{suffix}"
    if not dot:
        stem, suffix = plain, ""
    suffix = suffix[:20]
    short = stem.encode()[:LONGEST_NAME].decode(errors="ignore") or "file"
    return f"{short}{dot}{suffix}"


def _new(loaded: Iterable[Loaded], library: Library) -> Iterator[Loaded]:
    """The articles that the library does not have; of the others, why they are passed over."""
    seen: set[str] = set()
    for item in loaded:
        name = item.article.id if isinstance(item, LoadedArticle) else ""
        if not isinstance(item, LoadedArticle):
            yield item
        elif name in seen:
            yield Skipped(item.path, _TAKEN)
        else:
            seen.add(name)
            yield _unless_there(item, library)


def _unless_there(item: LoadedArticle, library: Library) -> Loaded:
    try:
        known = library.article(item.article.id)
    except UnknownArticleError:
        return item
    return Skipped(item.path, _SAME if known == item.article else _TAKEN)


def _outcome(step: Step, files: dict[Path, str], folder: str) -> Outcome | None:
    if isinstance(step, Stored):
        article = step.loaded.article
        return Outcome(_file(step.loaded.path, files), "stored", article.title)
    if not isinstance(step, Skipped | Problem):
        return None
    file = _file(step.path, files)
    reason = step.reason if isinstance(step, Skipped) else step.message
    if reason in {_SAME, _TAKEN}:
        return Outcome(file, "unchanged" if reason == _SAME else "taken", "")
    return Outcome(file, "refused", reason.replace(f"{folder}/", ""))


def _file(path: object, files: dict[Path, str]) -> str:
    return files.get(Path(str(path)), "")
