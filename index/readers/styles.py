"""What a page's own style sheets and `style` attributes say of each element (the CSS cascade).

tinycss2 reads the sheets, cssselect finds whom a rule means. Knows nothing of sheets elsewhere, nor
of what is inherited; what holds in print, on narrow screens or under other conditions is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.readers.tree import Element

    Said: TypeAlias = dict[str, str]  # property -> value, in lower case
    Tokens: TypeAlias = Any  # of tinycss2, which ships no types

RULES: Final = 2_000  # selectors of one page; so many on 3,000 elements take four seconds
_SCREEN: Final = frozenset({"", "all", "screen"})  # media that a reader reads on


class Rule(NamedTuple):
    """What one selector says; the greater counts, at the end of the cascade."""

    important: bool
    specificity: tuple[int, int, int]
    place: int
    path: str  # XPath of those it means
    said: Said


def styles(tree: Element, sheets: frozenset[str], own: frozenset[str]) -> dict[Element, Said]:
    """What is said of elements; those of which nothing is are left out.

    A `style` attribute counts for more than sheets, and `!important` for more than that.

    :param sheets: the properties that are looked for in style sheets
    :param own: those that are looked for in `style` attributes
    """
    rules = sorted(_rules(tree, sheets), key=lambda rule: rule[:3])
    found: dict[Element, Said] = {}
    for rule in rules:
        if not rule.important:
            _apply(rule, tree, found)
    for element in tree.xpath("//*[@style]"):
        plain, important = _declared(element.get("style"), own)
        found.setdefault(element, {}).update(plain | important)
    for rule in rules:
        if rule.important:
            _apply(rule, tree, found)
    return found


def _apply(rule: Rule, tree: Element, found: dict[Element, Said]) -> None:
    for element in tree.xpath(rule.path):
        found.setdefault(element, {}).update(rule.said)


def _rules(tree: Element, wanted: frozenset[str]) -> Iterator[Rule]:
    import tinycss2

    place = 0
    for sheet in tree.xpath("//style"):
        if (sheet.get("media") or "").strip().lower() not in _SCREEN:
            continue
        for rule in tinycss2.parse_stylesheet(sheet.text or "", skip_comments=True):
            if rule.type != "qualified-rule":
                continue
            both = _declared(rule.content, wanted)
            for path, specificity in _meant(rule.prelude):
                place += 1
                if place > RULES:
                    return
                for important, said in zip((False, True), both, strict=True):
                    if said:
                        yield Rule(important, specificity, place, path, said)


def _meant(prelude: Tokens) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """The XPath and the specificity of each selector of a list; none where it cannot be read."""
    import cssselect
    import tinycss2

    try:
        for selector in cssselect.parse(tinycss2.serialize(prelude)):
            if selector.pseudo_element is None:
                path = cssselect.HTMLTranslator().selector_to_xpath(selector, prefix="//")
                yield path, selector.specificity()
    except (cssselect.SelectorError, RecursionError):
        return  # one that cannot be read makes the whole rule void, as in browsers


def _declared(content: Tokens | str, wanted: frozenset[str]) -> tuple[Said, Said]:
    """(what is said, what is said to be important)."""
    import tinycss2

    both: tuple[Said, Said] = ({}, {})
    for each in tinycss2.parse_blocks_contents(content, skip_comments=True):
        if each.type == "declaration" and each.lower_name in wanted:
            value = tinycss2.serialize(each.value).strip().lower()
            both[each.important][each.lower_name] = value
    return both


def color(value: str) -> tuple[float, ...] | None:
    """Red, green, blue and opacity, each 0..1; None where it is none, or that of something else."""
    from tinycss2.color4 import parse_color

    parsed = parse_color(value)
    return None if parsed is None or isinstance(parsed, str) else tuple(parsed.to("srgb"))
