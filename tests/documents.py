"""One file of each format, made from the same few words: what tests of readers and fuzzers read."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from html import escape
from typing import TYPE_CHECKING

from index.load import load
from index.loaded import LoadedArticle, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from index.loaded import Loaded

TITLE = "Le bac de Quernes reprend l’eau"
DAY = "2024-03-14"
PARAGRAPHS = (
    "Le bac de Quernes a repris ses traversées jeudi, après onze semaines d’arrêt forcé.",
    "« Nous avons changé l’arbre d’hélice et deux cœurs de pompe », a précisé la cheffe de quai.",
    "Le passage coûte 2,40 € ; il reste gratuit pour les élèves de l’île.",
)
BODY = "\n\n".join(PARAGRAPHS)
URL = "https://quai.example/2024/03/bac-de-quernes"


def read(folder: Path, name: str, data: bytes) -> list[Loaded]:
    file = folder / name
    file.write_bytes(data)
    return list(load([file]))


def article(folder: Path, name: str, data: bytes) -> LoadedArticle:
    found = read(folder, name, data)
    assert all(isinstance(item, LoadedArticle | Skipped) for item in found), found
    return next(item for item in found if isinstance(item, LoadedArticle))


def packed(files: Mapping[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


# --- pages ----------------------------------------------------------------------------------------


def html(body: str | None = None, head: str = "") -> bytes:
    body = body or "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{TITLE}</title>'
        f'<meta property="article:published_time" content="{DAY}T08:00:00+01:00">{head}</head>'
        f"<body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    ).encode()


def feed() -> bytes:
    items = "".join(
        f"<item><title>{TITLE} ({n})</title><link>{URL}-{n}</link>"
        f"<pubDate>Thu, 14 Mar 2024 08:00:00 +0100</pubDate>"
        f"<description>{escape(''.join(f'<p>{p}</p>' for p in PARAGRAPHS))}</description></item>"
        for n in (1, 2)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Le Quai</title><link>https://quai.example</link>{items}</channel></rss>"
    ).encode()


def atom() -> bytes:
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Le Quai</title>'
        f'<entry><title>{TITLE}</title><link href="{URL}"/><published>{DAY}T08:00:00Z</published>'
        f'<content type="html">{escape(html().decode())}</content></entry></feed>'
    ).encode()


# --- documents ------------------------------------------------------------------------------------

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str | None = None) -> bytes:
    runs = "".join(f"<w:p><w:r><w:t>{escape(p)}</w:t></w:r></w:p>" for p in PARAGRAPHS)
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body or runs}'
            "</w:body></w:document>",
            "docProps/core.xml": '<c xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{TITLE}</dc:title></c>",
        }
    )


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_LOOKS = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"


def odt(body: str | None = None, styles: str = "") -> bytes:
    runs = "".join(f"<text:p>{escape(p)}</text:p>" for p in PARAGRAPHS)
    content = (
        f'<office:document-content xmlns:office="{_OFFICE}" xmlns:text="{_TEXT}" '
        f'xmlns:style="{_STYLE}" xmlns:fo="{_LOOKS}">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body or runs}</office:text></office:body>"
        "</office:document-content>"
    )
    meta = f'<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TITLE}</dc:title></m>'
    return packed({"content.xml": content, "meta.xml": meta})


def epub() -> bytes:
    chapter = html().decode()
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="o/p.opf"/>'
            "</rootfiles></container>",
            "o/p.opf": '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            f"<dc:title>Le Quai</dc:title><dc:language>fr</dc:language><dc:date>{DAY}</dc:date>"
            '</metadata><manifest><item id="a" href="a.xhtml"/><item id="b" href="b%20c.xhtml"/>'
            '</manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
            "o/a.xhtml": chapter,
            "o/b c.xhtml": chapter,
        }
    )


def pdf(pages: Sequence[Sequence[str]] | None = None, drawn: str = "", times: int = 1) -> bytes:
    """Lines of each page, in Helvetica; `drawn` are operators before the first line.

    The same pages again as many `times`, though written once.
    """
    pages = pages or [PARAGRAPHS]
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"",
               (b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
               b"/Encoding /WinAnsiEncoding >>")]  # fmt: skip
    kids = []
    for lines in pages:
        shown = " T* ".join(f"({_pdf_string(line)}) Tj" for line in lines)
        stream = f"{drawn} BT /F1 11 Tf 14 TL 50 780 Td {shown} ET".encode("cp1252")
        objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    listed = b" ".join(b"%d 0 R" % kid for kid in kids * times)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids) * times)
    return _pdf_file(objects)


def _pdf_string(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n"
        b"%%%%EOF" % (len(objects) + 1, table, len(objects) + 1, len(data))
    )


# --- letters and archives -------------------------------------------------------------------------


def mail(part: bytes | None = None) -> bytes:
    text = base64.encodebytes(BODY.encode("iso-8859-15", "replace"))
    return (
        f"From: =?utf-8?b?{base64.b64encode(b'Le Quai').decode()}?= <a@quai.example>\r\n"
        f"Subject: =?utf-8?b?{base64.b64encode(TITLE.encode()).decode()}?=\r\n"
        "Date: Thu, 14 Mar 2024 08:00:00 +0100\r\nMIME-Version: 1.0\r\n"
    ).encode() + (
        part
        or b'Content-Type: text/plain; charset="iso-8859-15"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n"
        + text
    )


def warc(pages: int = 2) -> bytes:
    records = []
    for number in range(1, pages + 1):
        content = html()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (
            len(content), content,
        )  # fmt: skip
        records.append(
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%032d>\r\n"
            b"WARC-Date: 2024-03-14T08:00:00Z\r\nWARC-Target-URI: %s-%d\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s"
            b"\r\n\r\n" % (number, URL.encode(), number, len(http), http)
        )
    return b"".join(records)


def archive() -> bytes:
    return packed({"un.html": html(), "plus/deux.txt": f"{TITLE}\n\n{BODY}", "note.bin": b"\0"})


def rows() -> bytes:
    row = {"title": TITLE, "text": BODY, "date": DAY}
    return "\n".join(json.dumps({**row, "id": f"r{n}"}) for n in (1, 2)).encode()


MAKERS: Mapping[str, Callable[[], bytes]] = {
    ".atom": atom,
    ".csv": f'title;date;text\n"{TITLE}";{DAY};"{BODY}"\n'.encode,
    ".docx": docx,
    ".eml": mail,
    ".epub": epub,
    ".html": html,
    ".json": lambda: json.dumps({"title": TITLE, "text": BODY, "date": DAY}).encode(),
    ".jsonl": rows,
    ".md": f'---\ntitle: "{TITLE}"\ndate: {DAY}\n---\n\n{BODY}\n'.encode,
    ".odt": odt,
    ".pdf": pdf,
    ".rss": feed,
    ".txt": f"{TITLE}\n\n{BODY}\n".encode,
    ".warc": warc,
    ".warc.gz": lambda: b"".join(gzip.compress(warc(1)) for _ in range(2)),
    ".zip": archive,
}
