"""Encodings and layouts: no letter is lost without a word about it."""

from __future__ import annotations

import quopri
from typing import TYPE_CHECKING

import pytest
from documents import BODY, PARAGRAPHS, TITLE, docx, html, mail, odt, packed, pdf

from index.load import load
from index.loaded import LoadedArticle

if TYPE_CHECKING:
    from pathlib import Path

SPOKEN = {
    "fr": " ".join([BODY] * 3),
    "ru": "Прошлым летом на границе были задержаны беженцы, сообщает министерство обороны. " * 6,
    "pl": "Zeszłego lata na granicy zatrzymano uchodźców, poinformowało wojsko, są żołnierze. " * 6,
    "cs": "Minulé léto byli na hranici zadrženi uprchlíci, oznámilo vojsko, řekl žalobce. " * 6,
    "el": "Το περασμένο καλοκαίρι κρατήθηκαν πρόσφυγες στα σύνορα, ανακοίνωσε το υπουργείο. " * 6,
    "tr": "Geçen yaz sınırda mülteciler gözaltına alındı, diye açıkladı bakanlık; şaşkın. " * 6,
    "ja": "昨年の夏、国境で難民が拘束されたと国防省が発表した。首相は記者会見で説明した。" * 8,
    "zh": "去年夏天，国防部宣布在边境扣留了难民。总理在记者会上解释了这一决定。" * 8,
    "he": "בקיץ שעבר נעצרו פליטים בגבול, הודיע משרד הביטחון. ראש הממשלה הסביר את ההחלטה. " * 6,
    "ar": "في الصيف الماضي احتجز لاجئون على الحدود، أعلنت وزارة الدفاع. وشرح الرئيس القرار. " * 6,
}
TEXTS = [  # a text file in an encoding that it does not name
    *(("fr", name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom",
                                "utf-32", "cp1252", "iso-8859-15", "mac-roman", "cp850")),
    ("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "iso-8859-5"), ("pl", "cp1250"),
    ("pl", "iso-8859-2"), ("cs", "cp1250"), ("el", "cp1253"), ("tr", "cp1254"), ("ja", "shift-jis"),
    ("ja", "euc-jp"), ("zh", "gb18030"), ("zh", "big5"), ("he", "cp1255"), ("ar", "cp1256"),
]  # fmt: skip
PAGES = [  # a page that names its encoding
    ("fr", "utf-8"), ("fr", "cp1252"), ("fr", "iso-8859-1"), ("fr", "iso-8859-15"),
    ("ru", "koi8-r"), ("ru", "cp1251"), ("ja", "euc-jp"), ("zh", "gb2312"), ("el", "iso-8859-7"),
]  # fmt: skip


def encoded(text: str, encoding: str) -> bytes:
    for name, sign in (("utf-16-le-bom", b"\xff\xfe"), ("utf-16-be-bom", b"\xfe\xff")):
        if encoding == name:
            return sign + text.encode(name.removesuffix("-bom"))
    return text.encode(encoding, "replace")


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def lost(folder: Path, name: str, data: bytes, wanted: str) -> float:
    """The part of the letters that is not in the article; 0 too when a problem or note tells."""
    file = folder / name
    file.write_bytes(data)
    found = list(load([file]))
    articles = [item for item in found if isinstance(item, LoadedArticle)]
    if len(articles) != len(found) or any(item.notes for item in articles):
        return 0.0
    (item,) = articles
    title = item.article.title if item.origins["title"] == "first line" else ""
    got, all_letters = letters(title + item.article.text), letters(wanted)
    kept = sum(1 for _ in _common(all_letters, got))
    return 1 - kept / len(all_letters)


def _common(wanted: str, got: str) -> list[str]:
    """Letters in order, found one after the other."""
    at, kept = 0, []
    for letter in wanted:
        there = got.find(letter, at, at + 500)
        if there >= 0:
            kept.append(letter)
            at = there + 1
    return kept


@pytest.mark.parametrize(("language", "encoding"), TEXTS)
def test_texts_in_encodings_they_do_not_name(tmp_path: Path, language: str, encoding: str) -> None:
    text = (
        SPOKEN[language]
        .encode(encoding.removesuffix("-bom"), "ignore")
        .decode(encoding.removesuffix("-bom"))
    )
    assert lost(tmp_path, "a.txt", encoded(text, encoding), text) <= 0.01


@pytest.mark.parametrize(("language", "encoding"), PAGES)
def test_pages_in_encodings_they_name(tmp_path: Path, language: str, encoding: str) -> None:
    text = SPOKEN[language].encode(encoding, "ignore").decode(encoding)
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
        f"<title>a</title></head><body><article><p>{text}</p></article></body></html>"
    )
    assert lost(tmp_path, "a.html", page.encode(encoding), text) <= 0.01


LONG = "\n\n".join(f"{text} ({n})" for n in range(40) for text in PARAGRAPHS)
BLOCKS = [f"{text} ({n})" for n in range(8) for text in PARAGRAPHS]
WIDE = "\n\n".join(BLOCKS)
LAYOUTS: dict[str, tuple[bytes, str]] = {
    "deep.html": (html("<div>" * 400 + f"<p>{BODY}</p>" + "</div>" * 400), BODY),
    "spans.html": (html("".join(f"<p><span>{b}</span></p>" for b in BLOCKS)), WIDE),
    "breaks.html": (html("<br>".join(BLOCKS)), WIDE),
    "divs.html": (html("".join(f"<div>{b}</div>" for b in BLOCKS)), WIDE),
    "lists.html": (html(f"<p>{BODY}</p><ul>{''.join(f'<li>{b}</li>' for b in BLOCKS)}</ul>"), WIDE),
    "quotes.html": (
        html("".join(f"<blockquote><p>{b}</p></blockquote>" for b in BLOCKS)), WIDE),
    "table.html": (
        html(f"<p>{BODY}</p><table>{''.join(f'<tr><td>{b}</td></tr>' for b in BLOCKS)}</table>"),
        WIDE,
    ),
    "headings.html": (html("".join(f"<h2>Partie</h2><p>{b}</p>" for b in BLOCKS)), WIDE),
    "unclosed.html": (html("".join(f"<p>{b}" for b in BLOCKS)), WIDE),
    "no-head.html": ("".join(f"<p>{b}</p>" for b in BLOCKS).encode(), WIDE),
    "entities.html": (
        html("".join(f"<p>{b.encode('ascii', 'xmlcharrefreplace').decode()}</p>" for b in BLOCKS)),
        WIDE,
    ),
    "crlf.txt": (WIDE.replace("\n", "\r\n").encode(), WIDE),
    "mac.txt": (WIDE.replace("\n", "\r").encode(), WIDE),
    "decomposed.txt": (WIDE.encode(), WIDE),
    "pages.pdf": (pdf([PARAGRAPHS] * 2), BODY),
    "tabs.docx": (docx(f"<w:p><w:r><w:t>{BODY}</w:t><w:tab/><w:t>fin</w:t></w:r></w:p>"), BODY),
    "tag.docx": (docx(f"<w:p><w:smartTag><w:r><w:t>{BODY}</w:t></w:r></w:smartTag></w:p>"), BODY),
    "inserted.docx": (docx(f"<w:p><w:ins><w:r><w:t>{BODY}</w:t></w:r></w:ins></w:p>"), BODY),
    "box.docx": (docx(f"<w:p><w:r><w:txbxContent><w:p><w:r><w:t>{BODY}</w:t></w:r></w:p>"
                      "</w:txbxContent></w:r></w:p>"), BODY),
    "lists.odt": (odt(f"<text:list><text:list-item><text:p>{BODY}</text:p></text:list-item>"
                      "</text:list>"), BODY),
    "spans.odt": (odt(f"<text:p>{BODY[:9]}<text:span>{BODY[9:30]}</text:span>{BODY[30:]}</text:p>"),
                  BODY),
    "quoted.eml": (mail(b'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: '
                        b"quoted-printable\r\n\r\n" + quopri.encodestring(WIDE.encode())), WIDE),
    "page.eml": (mail(b'Content-Type: text/html; charset="utf-8"\r\n\r\n' + html(
        "".join(f"<p>{b}</p>" for b in BLOCKS))), WIDE),
    "two.eml": (mail(b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\n'
                     b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + BODY.encode() +
                     b"\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--b--\r\n"), BODY),
    "names.zip": (packed({"été/œuvre.txt": WIDE}), WIDE),
    "long.txt": (LONG.encode(), LONG),
}  # fmt: skip


def test_there_are_forty() -> None:
    assert len(TEXTS) + len(PAGES) + len(LAYOUTS) >= 40


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(tmp_path: Path, name: str) -> None:
    data, wanted = LAYOUTS[name]
    assert lost(tmp_path, name, data, wanted.replace(TITLE, "")) <= 0.01
