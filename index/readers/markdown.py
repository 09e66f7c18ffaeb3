"""Markdown with YAML front matter -> its words. Knows the markup that articles use."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from index.errors import UnreadableFileError
from index.readers.encoding import decode
from index.readers.raw import RawArticle, article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FRONT_MATTER_LIMIT: Final = 65_536  # characters; parsing YAML is slow
# Each is linear: what stands between two marks holds no such mark.
_INLINE: Final = (
    (re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)"), r"\1"),  # link, image
    (re.compile(r"!?\[([^\[\]\n]+)\]\[[^\[\]\n]*\]"), r"\1"),  # link by reference
    (re.compile(r"<(https?://[^<>\s]+)>"), r"\1"),
    (re.compile(r"</?(?:a|abbr|b|br|div|em|i|p|small|span|strong|sub|sup|u)\b[^<>]*>"), ""),
    (re.compile(r"(?<!\\)\*\*(?=[^\s*])([^*\n]+)(?<=[^\s\\])\*\*"), r"\1"),
    (re.compile(r"(?<![\w\\])__(?=[^\s_])([^_\n]+)(?<=[^\s\\])__(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w\\*])\*(?=[^\s*])([^*\n]+)(?<=[^\s\\])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w\\_])_(?=[^\s_])([^_\n]+)(?<=[^\s\\])_(?![\w_])"), r"\1"),
    (re.compile(r"~~([^~\n]+)~~"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"\\([!#()*+.>\[\\\]_`{|}~-])"), r"\1"),
)
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_CLOSING = re.compile(r"[ \t]#+$")
_RULE: Final = frozenset("-_*=:|+ \t")  # what lines between parts, headings and tables are made of
_ITEM = re.compile(r"(?:[-*+•]|\d{1,9}[.)])[ \t]")
_REFERENCE = re.compile(r"\[[^\[\]\n]+\]:[ \t]*\S")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def read(data: bytes) -> Iterator[RawArticle]:
    """:raises UnreadableFileError: the front matter is no YAML"""
    fields, body = front_matter(decode(data))
    made = article(fields, "front matter", text=plain(body))
    if isinstance(made, RawArticle):
        yield made


def front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """The fields between the two `---` at the very top, and what follows them."""
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    if lines[0].rstrip() != "---":
        return {}, "\n".join(lines)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), 0)
    fields = _yaml("\n".join(lines[1:end])) if end else None
    if not isinstance(fields, dict):
        return {}, "\n".join(lines)
    return fields, "\n".join(lines[end + 1 :])


def _yaml(text: str) -> object:
    """Safe YAML in which all scalars stay as written: an id 007, a date with its own time zone."""
    import yaml

    if len(text) > FRONT_MATTER_LIMIT:
        raise UnreadableFileError(
            f"has {len(text)} characters of front matter, over {FRONT_MATTER_LIMIT}; shorten it"
        )
    try:
        loader = yaml.SafeLoader(text)
        loader.yaml_implicit_resolvers = {}
        return loader.get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 2}" if where else ""
        raise UnreadableFileError(
            f"has front matter that is no YAML{line}; mend it, or put values in quotes"
        ) from error


def plain(body: str) -> str:
    """Markup reduced to its text; the lines of a paragraph are one line, as Markdown means them."""
    blocks: list[str] = []
    paragraph: list[str] = []
    for line in _without_comments(body).split("\n"):
        kind, words = _kind(line)
        if kind != "words" and paragraph:
            blocks.append(_joined(paragraph))
            paragraph = []
        if kind == "heading":
            blocks += ["", words, ""]
        elif kind == "gap":
            blocks.append("")
        else:
            paragraph.append(words)
    blocks.append(_joined(paragraph))
    return _inline("\n".join(blocks))


def _kind(line: str) -> tuple[str, str]:
    """What a line is, and its words: "heading", "gap", "item" or "words"."""
    bare = line.strip().lstrip(">").lstrip() if line.lstrip().startswith(">") else line.strip()
    if _RULE.issuperset(bare) and len(bare) != 1:
        return "gap", ""
    if bare.startswith(("```", "~~~")) or _REFERENCE.match(bare):
        return "gap", ""
    if heading := _HEADING.match(bare):
        return "heading", _CLOSING.sub("", bare[heading.end() :]).strip()
    if _ITEM.match(bare) or bare.startswith("|"):
        return "item", bare
    ends_hard = line.endswith(("  ", "\\"))
    return "words", bare.removesuffix("\\") + ("\n" if ends_hard else "")


def _joined(paragraph: list[str]) -> str:
    return " ".join(paragraph).replace("\n ", "\n")


def _without_comments(text: str) -> str:
    start, *rest = text.split("<!--")
    return start + "".join(_after_comment(part) for part in rest)


def _after_comment(part: str) -> str:
    _, closed, after = part.partition("-->")
    return after if closed else "<!--" + part


def _inline(text: str) -> str:
    for pattern, words in _INLINE:
        text = pattern.sub(words, text)
    return _ENTITY.sub(lambda entity: unescape(entity.group()), text)
