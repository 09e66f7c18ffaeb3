"""Files made to do harm, and what is said of them; the files beside them are read all the same."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from documents import BODY, MAKERS, PARAGRAPHS, docx, packed, pdf

from index import sandbox
from index.errors import UnreadableFileError
from index.load import load
from index.loaded import LoadedArticle, Problem
from index.readers.raw import RawArticle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zeros_in_a_zip() -> bytes:
    return packed({"a.txt": b"a" * 300_000_000})


def many_files_in_a_zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number in range(20_001):
            archive.writestr(f"{number}.txt", "a")
    return held.getvalue()


def entities(first: str) -> bytes:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
    start = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 {first}>{names}]>'
    text = f'{start}<w:d xmlns:w="{_WORD}"><w:p><w:t>&e11;&e0;</w:t></w:p></w:d>'
    return packed({"word/document.xml": text})


def long_pages() -> bytes:
    """Little to store, much to do: one long page, four thousand times."""
    return pdf([PARAGRAPHS * 200], times=4000)


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "zeros.zip": (zeros_in_a_zip, "unpacks to more than"),
    "many.zip": (many_files_in_a_zip, "holds 20001 files"),
    "laughs.docx": (lambda: entities('"Ha "'), ""),
    "passwd.docx": (lambda: entities('SYSTEM "file:///etc/passwd"'), ""),
    "pages.pdf": (long_pages, "took more than 1 s"),
    "wide.json": (
        lambda: b'"\xf0\x9f\x98\x80' + b"a" * 190_000_000 + b'"',
        "needs more than 1000 MB",
    ),
    "nested.html": (lambda: b"<div>" * 100_000 + BODY.encode(), "tags nested"),
    "nested.docx": (lambda: docx("<w:p>" * 9000 + "</w:p>" * 9000), "depth"),
    "brackets.pdf": (lambda: pdf([[]], "[" * 1_000_000), "PDF"),
}


def test_bombs_give_one_line_each_and_stop_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "CPU", 1)
    for name, (made, _) in BOMBS.items():
        (tmp_path / name).write_bytes(made())
    (tmp_path / "zz.html").write_bytes(MAKERS[".html"]())
    found = list(load([tmp_path]))
    assert [item.article.id for item in found if isinstance(item, LoadedArticle)] == ["zz"]
    problems = {item.path.name: item.message for item in found if isinstance(item, Problem)}
    assert set(problems) == set(BOMBS)
    for name, (_, expected) in BOMBS.items():
        assert expected in problems[name], problems[name]
        assert "root:" not in problems[name]
        assert "\n" not in problems[name]


def test_a_bomb_in_an_archive_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "CPU", 1)
    files: dict[str, str | bytes] = {f"{n}.md": BODY for n in range(9)}
    inner = packed({"a.md": BODY, "bomb.pdf": long_pages(), "z.md": BODY})
    held = packed({**files, "4b.pdf": long_pages(), "inner.zip": inner, "last.md": BODY})
    (tmp_path / "a.zip").write_bytes(held)
    found = list(load([tmp_path]))
    ids = [item.article.id for item in found if isinstance(item, LoadedArticle)]
    assert ids == [*(f"a/{n}" for n in range(9)), "a/inner/a", "a/inner/z", "a/last"]
    messages = [item.message for item in found if isinstance(item, Problem)]
    assert [message.split()[0] for message in messages] == ["4b.pdf", "inner.zip/bomb.pdf"]
    assert all("took more than 1 s" in message for message in messages)


@pytest.fixture
def worker() -> Iterator[int]:
    """The process that reads the next file, by its id; it is the only one."""
    sandbox._close()
    list(sandbox.read_apart(".json", b'{"text": "a"}'))
    yield sandbox._idle[0]._process.pid
    sandbox._close()


def test_one_process_reads_all_files(worker: int) -> None:
    for suffix in (".html", ".pdf", ".md", ".docx"):
        (read,) = sandbox.read_apart(suffix, MAKERS[suffix]())
        assert isinstance(read, RawArticle)
    assert [kept._process.pid for kept in sandbox._idle] == [worker]


def test_a_process_that_died_in_between_is_replaced(worker: int) -> None:
    os.kill(worker, signal.SIGKILL)
    os.waitid(os.P_PID, worker, os.WEXITED | os.WNOWAIT)
    (read,) = sandbox.read_apart(".json", b'{"text": "a"}')
    assert isinstance(read, RawArticle)


def test_a_process_that_says_nothing_is_ended(worker: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SILENCE", 0.3)
    os.kill(worker, signal.SIGSTOP)
    with pytest.raises(UnreadableFileError, match="gave nothing for"):
        list(sandbox.read_apart(".json", b'{"text": "a"}'))
    assert sandbox._idle == []
    monkeypatch.undo()
    (read,) = sandbox.read_apart(".json", b'{"text": "a"}')
    assert isinstance(read, RawArticle)


def test_a_reader_that_crashes_is_told(worker: int) -> None:
    reading = sandbox.read_apart(".json", json.dumps([{"text": "a" * 1000}] * 3000).encode())
    next(reading)
    os.kill(worker, signal.SIGSEGV)
    with pytest.raises(UnreadableFileError, match="made its reader crash"):
        list(reading)


def test_threads_do_not_mix_what_they_read() -> None:
    wrong: list[object] = []

    def reads(number: int) -> None:
        for _ in range(10):
            (read,) = sandbox.read_apart(".json", json.dumps({"text": f"n{number}"}).encode())
            if not isinstance(read, RawArticle) or read.text != f"n{number}":
                wrong.append(read)

    threads = [threading.Thread(target=reads, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(sandbox._idle) <= 1


def test_the_process_ends_with_the_program(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(MAKERS[".html"]())
    code = (
        "import sys, os; from pathlib import Path; from index.load import load; "
        "from index import sandbox; list(load([Path(sys.argv[1])])); "
        "print(sandbox._idle[0]._process.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, check=False
    )
    pid = int(done.stdout)
    for _ in range(50):
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.1)
    pytest.fail("the process that reads outlived the program")


def test_a_module_in_the_current_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "lxml", "yaml", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w')\n", encoding="utf-8")
    (tmp_path / "a.html").write_bytes(MAKERS[".html"]())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    sandbox._close()
    (found,) = load([Path("a.html")])
    assert isinstance(found, LoadedArticle)
    assert not Path("ran").exists()


REFUSED = {
    "connects": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "starts": "import subprocess; subprocess.run(['true'])",
    "writes": "open('here', 'w')",
    "removes": "import os; os.remove('here')",
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_reader_that_was_taken_over_can_do_little(tmp_path: Path, what: str) -> None:
    code = (
        "import sys; from index import worker; worker._limit_memory(); "
        f"sys.addaudithook(worker._refuse); {REFUSED[what]}"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": os.environ["PATH"]},
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr.splitlines()[-1].startswith("PermissionError: a reader may not do this")


def test_letters_that_are_gone_are_an_error() -> None:
    scripted = f"<html><body><script>document.write('{PARAGRAPHS[0]}')</script></body></html>"
    with pytest.raises(UnreadableFileError, match="no article was found"):
        list(sandbox.read_apart(".html", scripted.encode()))
