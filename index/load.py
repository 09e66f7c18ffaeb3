"""Files and folders -> articles, one by one: read, cleaned, described.

What cannot be read is told and passed over; only a path that does not exist stops the whole.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.address import Address, name_of
from index.clean import clean, one_line
from index.errors import UnreadableFileError
from index.files import check_paths, files_of, shown
from index.formats import BOUNDED, read
from index.language import detect, normalised
from index.loaded import LoadedArticle, Problem, Skipped
from index.metadata import (
    Fact,
    find_published,
    find_source,
    find_title,
    find_url,
    split_header,
    without_title,
)
from index.pages import marked, unmarked
from index.readers.raw import Fault, Left, RawArticle, suffix_of
from index.sandbox import read_apart
from index.types import Article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.address import Place
    from index.loaded import Loaded

LONGEST_LINE: Final = 500  # characters of what is told; parsers quote what they choke on
LARGEST: Final = 500_000_000  # bytes of one file, which is held in memory. Untested limit


def load(paths: Sequence[Path]) -> Iterator[Loaded]:
    """In the order of `paths`, folders by name.

    :raises InputError: a path does not exist; before anything is read
    """
    check_paths(paths)
    return _load(paths)


def _load(paths: Sequence[Path]) -> Iterator[Loaded]:
    seen: dict[str, Place] = {}
    visited: set[str] = set()
    for root in paths:
        for item in files_of(root):
            if not isinstance(item, Path):
                yield item
            elif os.path.realpath(item) in visited:
                yield Skipped(item, "has been read already")
            else:
                visited.add(os.path.realpath(item))
                for loaded in _articles(item, root):
                    yield _unless_known(loaded, seen)


def _unless_known(loaded: Loaded, seen: dict[str, Place]) -> Loaded:
    """The article, or the problem that another one has its id."""
    if not isinstance(loaded, LoadedArticle):
        return loaded
    name = loaded.article.id
    if name not in seen:
        seen[name] = loaded.path
        return loaded
    first = shown(seen[name])
    return Problem(
        loaded.path, f"the id {name!r} is already that of {first}; give each article its own"
    )


def _articles(path: Path, root: Path) -> Iterator[Loaded]:
    try:
        yield from articles(_bytes(path), suffix_of(path), path, root)
    except UnreadableFileError as error:
        yield Problem(path, _brief(str(error)))


def articles(data: bytes, suffix: str, path: Place, root: Place) -> Iterator[Loaded]:
    """What is in a file.

    :raises UnreadableFileError: none of it can be used
    """
    for raw in read(suffix, data) if suffix in BOUNDED else read_apart(suffix, data):
        if isinstance(raw, Fault):
            yield Problem(path, _brief(raw.message))
        elif isinstance(raw, Left):
            yield Skipped(path, one_line(f"{raw.name}: {raw.reason}"))
        elif isinstance(raw, RawArticle):
            is_asked_for = path == root and raw.member is None
            if not is_asked_for and _is_documentation(path, raw):
                yield Skipped(path, "a README without front matter is no article")
            else:
                yield _loaded(raw, path, root)


def _brief(message: str) -> str:
    """One line; of a long one its start and its end, which is what to do."""
    line = one_line(message)
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 150]} … {line[-150:]}"


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UnreadableFileError(f"has {size} bytes, more than {LARGEST}; split it")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            f"cannot be read ({error.strerror}); check its permissions"
        ) from error
    if not data.strip():
        raise UnreadableFileError("is empty; delete it or fill it")
    return data


def _is_documentation(path: Place, raw: RawArticle) -> bool:
    has_fields = any((raw.id, raw.title, raw.published, raw.source, raw.url, raw.language))
    name = raw.member.rpartition("/")[2] if raw.member else path.stem
    return name.lower() == "readme" and raw.origin == "front matter" and not has_fields


def _loaded(raw: RawArticle, path: Place, root: Place) -> Loaded:
    name = _id(raw, path, root)
    if any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in name):
        return Problem(path, f"the id {name!r} has control characters; give it a plain one")
    header, body = _body(raw.text)
    if not any(c.isalpha() for c in body):
        where = f"row {raw.row} " if raw.row else ""
        return Problem(path, f"{where}has no text after cleaning; delete it or fill it")
    title = find_title(raw, body)
    body = without_title(body, title)
    published, date_note = find_published(raw, header, body)
    url, url_note = find_url(raw)
    given = normalised(raw.language)
    language = Fact(given, raw.origin) if given else Fact(detect(body), "detected")
    source = find_source(raw)
    article = Article(
        id=name,
        title=title.value,
        text=body,
        language=language.value,
        source=source.value if source else None,
        url=url,
        published=published.value if published else None,
    )
    facts = {"title": title, "language": language, "published": published, "source": source}
    origins = {field: fact.origin for field, fact in facts.items() if fact}
    if url:
        origins["url"] = raw.origin
    notes = tuple(note for note in (date_note, url_note) if note)
    return LoadedArticle(article, path.absolute(), root.absolute(), origins, notes)


def _body(raw: str) -> tuple[str | None, str]:
    """The date in the header, and the cleaned text without it."""
    with_marks, pages = marked(raw)
    header, body = split_header(clean(with_marks))
    return header, unmarked(clean(body) if header else body, pages)


def _id(raw: RawArticle, path: Place, root: Place) -> str:
    """Its own, else its path under the folder without the suffix; of several in a file `path#N`.

    In an archive its path goes on with that in the archive.
    """
    own = unicodedata.normalize("NFC", (raw.id or "").strip())
    if own:
        return own
    name = unicodedata.normalize("NFC", _written(path, root))
    name = f"{name}/{raw.member}" if raw.member else name
    return f"{name}#{raw.row}" if raw.row else name


def _written(path: Place, root: Place) -> str:
    if isinstance(path, Address) or isinstance(root, Address):
        return name_of(Address(path))
    relative = path.relative_to(root) if path != root else Path(path.name)
    return relative.as_posix()[: -len(suffix_of(path))]
