"""What is given to be read is never run: files, rows, questions and models that bring code.

Each payload would make the file `ran`; the controls show that it does where something runs it.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest
import yaml
from documents import BODY, PARAGRAPHS, TITLE, docx, epub, html, mail, packed, pdf

from index import models
from index.build import add_articles
from index.embed import open_encoder
from index.errors import DepecheError, InputError
from index.load import load
from index.loaded import LoadedArticle
from index.store import create_library
from index.types import Article, Passage
from rag.chain import chain_of
from rag.prompts import messages
from rag.understand import understand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from promises import Promise

    from index.types import Embedder

# 191 times 7 is in no article: where it stands, a template was filled in.
TEMPLATES = ("{{191*7}}", "${191*7}", "#{191*7}", "<%= 191*7 %>", "{%print(191*7)%}", "{191*7}")
NAMES = ("{0.__class__}", "{fence}", "{today}", "%(fence)s", "${fence}", "{question}")


class Runs:
    """What runs a command when it is unpickled."""

    def __init__(self, command: str) -> None:
        self._command = command

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (self._command,)


def yamls(command: str) -> list[str]:
    return [
        f'!!python/object/apply:os.system ["{command}"]',
        f'!!python/object/apply:subprocess.call [["sh", "-c", "{command}"]]',
        f"!!python/object/apply:subprocess.check_output [[sh, -c, '{command}']]",
        "!!python/name:os.system",
        "!!python/module:antigravity",
    ]


def within(archive: bytes, old: bytes, new: bytes) -> bytes:
    """A zip in whose files one word stands for another."""
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        return packed({name: held.read(name).replace(old, new) for name in held.namelist()})


def payloads(command: str) -> dict[str, bytes]:
    """Files by name, each with words that may be read and code that may not be run."""
    pickled = pickle.dumps(Runs(command))
    said = BODY.encode()
    acts = f"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F ({command}) >> >>"
    reads = f"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS ({command}) >> >>"
    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    script = f"<script>require('child_process').exec('{command}')</script><?php `{command}`; ?>"
    field = f'<w:p><w:r><w:instrText>DDEAUTO sh "-c {command}"</w:instrText></w:r></w:p>'
    word = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in PARAGRAPHS)
    outside = f'<!DOCTYPE a [<!ENTITY x SYSTEM "expect://{command}">]><?xml-stylesheet href="a"?>'
    files = {
        "pickle.txt": pickled,
        "pickle.jsonl": pickled,
        "pickle.pdf": pickled,
        "launch.pdf": pdf().replace(catalog, acts.encode()),
        "script.pdf": pdf().replace(catalog, reads.encode()),
        "script.html": html(f"{script}<p>{BODY}</p><!--#exec cmd='{command}' -->"),
        "field.docx": docx(field + word),
        "script.epub": within(epub(), b"</body>", script.encode() + b"</body>"),
        "outside.atom": f"{outside}<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>&x;"
        f"</title><content>{BODY}</content></entry></feed>".encode(),
        "cells.csv": f"title;text\n=cmd|'/C {command}'!A0;{PARAGRAPHS[0]}\n".encode(),
        "object.json": json.dumps(
            {"py/reduce": [{"py/function": "os.system"}, [command]], "text": BODY}
        ).encode(),
        "letter.eml": mail(
            b"Content-Type: application/x-python-pickle\r\n\r\n" + pickled
        ),
        "modules.zip": packed(
            dict.fromkeys(("json.py", "lxml.py", "yaml.py"), f"import os; os.system({command!r})")
            | {"a.txt": said, "a.pkl": pickled, "modules.json": "[]"}
        ),
        "template.txt": "\n\n".join([TITLE, *TEMPLATES, *NAMES, *PARAGRAPHS]).encode(),
    }  # fmt: skip
    for number, value in enumerate(yamls(command)):
        files[f"front-{number}.md"] = (
            f"---\ntitle: {value}\nsource: Le Quai\n---\n\n{BODY}".encode()
        )
    return files


def test_the_payloads_run_where_something_runs_them(tmp_path: Path) -> None:
    """The positive control."""
    ran = tmp_path / "ran"
    command = f"touch {ran}"
    pickle.loads(pickle.dumps(Runs(command)))  # noqa: S301 - meant
    assert ran.exists()
    for value in yamls(command)[:3]:
        ran.unlink()
        yaml.unsafe_load(value)
        assert ran.exists(), value


def test_no_file_that_is_read_is_run(
    tmp_path: Path, embedder: Embedder, promise: Promise, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    files = payloads(f"touch {tmp_path / 'ran'}")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    monkeypatch.chdir(folder)
    found = [item for item in load([folder]) if isinstance(item, LoadedArticle)]
    texts = {item.article.id: item.article for item in found}
    assert {"launch", "script", "field", "object"} <= {name.split("#")[0] for name in texts}
    assert all(part in texts["template"].text for part in (*TEMPLATES, *NAMES))
    library = create_library(tmp_path / "library")
    add_articles(library, embedder, list(texts.values()))
    chain = chain_of(library, embedder)
    asked = [f"Que dit le quai ? {part}" for part in (*TEMPLATES, *NAMES)]
    answers = [chain.ask(question) for question in asked[:: len(TEMPLATES)]]
    library.close()
    assert "1337" not in "".join(f"{a.title}{a.text}" for a in texts.values())
    assert "1337" not in "".join(answer.text for answer in answers)
    ran = (tmp_path / "ran").exists()
    promise(
        "code from data: files that bring pickles, YAML tags, macros, scripts, templates, modules",
        "0 run",
        f"{int(ran)} of {len(files)} run; {len(texts)} articles read from them",
    )
    assert not ran


def test_what_looks_like_a_template_reaches_a_chat_model_as_it_is() -> None:
    article = Article("a", " ".join(NAMES), "\n".join((*TEMPLATES, *NAMES)), "fr", "{source}")
    question = understand(f"Que dit {' '.join((*TEMPLATES, *NAMES))} ?")
    (_, rules), (_, told) = messages(question, [Passage(article, 0, len(article.text))])
    assert all(told.count(part) >= 2 for part in (*TEMPLATES, *NAMES))
    assert "{source}" in told
    assert not any(part in rules for part in NAMES)
    assert "1337" not in told


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """The shipped encoder as a model of another maker, to be filled with code."""
    folder = shutil.copytree(models.folder("encoder"), tmp_path / "model")
    (folder / models.SUMS).unlink()
    return folder


def named_class(model: Path, ran: Path) -> None:
    """A class of the folder's own in the list of its parts."""
    parts = json.loads((model / "modules.json").read_text(encoding="utf-8"))
    parts[1] |= {"type": "planted.Planted", "path": ""}
    (model / "modules.json").write_text(json.dumps(parts), encoding="utf-8")
    _planted(model, ran)


def named_by_configuration(model: Path, ran: Path) -> None:
    """As transformers finds it."""
    parts = json.loads((model / "modules.json").read_text(encoding="utf-8"))
    parts[0] |= {"type": "sentence_transformers.models.Transformer", "path": ""}
    (model / "modules.json").write_text(json.dumps(parts), encoding="utf-8")
    config = {"model_type": "planted", "auto_map": {"AutoConfig": "planted.Planted"}}
    (model / "config.json").write_text(json.dumps(config), encoding="utf-8")
    _planted(model, ran)


def pickled_weights(model: Path, ran: Path) -> None:
    weights = next(model.rglob("model.safetensors"))
    weights.unlink()
    command = f"touch {ran}"
    weights.with_name("pytorch_model.bin").write_bytes(pickle.dumps(Runs(command)))


def _planted(model: Path, ran: Path) -> None:
    for folder in (model, model / "0_StaticEmbedding", model / "1_Normalize"):
        (folder / "planted.py").write_text(f"open({str(ran)!r}, 'w')\n", encoding="utf-8")


@pytest.mark.parametrize("plant", [named_class, named_by_configuration, pickled_weights])
def test_a_model_of_another_maker_brings_no_code(
    model: Path,
    tmp_path: Path,
    plant: Callable[[Path, Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plant(model, tmp_path / "ran")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.chdir(model)
    with pytest.raises(InputError, match="cannot be loaded"):
        open_encoder(str(model))
    assert not (tmp_path / "ran").exists()


def test_a_library_that_holds_pickles_is_refused_or_made_anew(
    tmp_path: Path, embedder: Embedder
) -> None:
    library = create_library(tmp_path / "library")
    add_articles(library, embedder, [Article("a", TITLE, BODY, "fr")])
    library.close()
    pickled = pickle.dumps(Runs(f"touch {tmp_path / 'ran'}"))
    for path in (tmp_path / "library").rglob("*"):
        if path.is_file() and path.name != "library.sqlite":
            path.write_bytes(pickled)
    again = create_library(tmp_path / "library")
    assert again.search_words("traversées", "fr", 1)
    again.close()
    (tmp_path / "library" / "library.sqlite").write_bytes(pickled)
    with pytest.raises(DepecheError, match="cannot be used"):
        create_library(tmp_path / "library")
    assert not (tmp_path / "ran").exists()
