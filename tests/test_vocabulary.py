"""The vocabulary gives the ids it was trained to give, for any text, from any thread."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index import models, vocabulary
from index.errors import DamagedModelError

# The Hugging Face file the ranks were taken from; lies beside the project where it is developed.


@pytest.fixture(scope="module")
def original(shared: Path) -> Tokenizer:
    file = shared / "start" / "vocabulary.json"
    if not file.exists():
        pytest.skip(f"{file} is not here")
    return Tokenizer.from_file(str(file))


def rust_ids(original: Tokenizer, text: str) -> list[int]:
    return list(original.encode(text, add_special_tokens=False).ids)


@given(text=st.text(max_size=80))
def test_ids_are_those_of_the_original(original: Tokenizer, text: str) -> None:
    # Unicode versions differ: what only one of the two libraries folds is left out.
    folded = original.normalizer.normalize_str(text)
    assume(folded == vocabulary.normalise(text).removeprefix(" ") or folded.startswith(" "))
    assert vocabulary.encode(text) == rust_ids(original, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "  deux  espaces  ",
        "\n\nL'Œuvre de l’ÉTÉ — 10\u202f000 €",
        "ΟΔΥΣΣΕΥΣ Σ",
        "İstanbul ﬁn ½ ² ﷺ",
        "北京。 ニュース ｶﾅ",
        "e\u0301 👩‍🚀 \x00\x1c\ufeff",
        "<|endoftext|><|fim_prefix|>",
        "don't you'LL",
    ],
)
def test_ids_by_example(original: Tokenizer, text: str) -> None:
    assert vocabulary.encode(text) == rust_ids(original, text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Été", " été"),
        (" été", " été"),
        ("\u00a0a", " a"),
        ("\na", " \na"),
        ("ΣΑΣ", " σασ"),
        ("ﬁ①", " fi1"),
    ],
)
def test_normalise(text: str, folded: str) -> None:
    assert vocabulary.normalise(text) == folded


@given(st.text())
def test_counts_are_lengths(text: str) -> None:
    assert vocabulary.count_batch([text, text]) == [len(vocabulary.encode(text))] * 2
    assert vocabulary.count(text) == len(vocabulary.encode(text))


def test_ids_give_the_folded_text_back() -> None:
    text = "Des « guillemets », 10 000 soldats, <|endoftext|> 北京"
    decoded = vocabulary.encoding().decode(vocabulary.encode(text))
    assert decoded == vocabulary.normalise(text)


@pytest.mark.parametrize("text", [" " * 2_000_000, "\n \n" * 500_000, "a" * 300_000, "\ud800x"])
def test_hostile_texts_are_counted(text: str) -> None:
    assert 0 < vocabulary.count(text) < 310_000


def test_threads_share_it() -> None:
    texts = [f"Phrase {number} de l’été à Pékin." * 20 for number in range(200)]
    expected = vocabulary.encode_batch(texts)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(vocabulary.encode, texts)) == expected


def test_loads_fast_and_without_network() -> None:
    code = (
        "import socket, time\n"
        "def refuse(*_): raise AssertionError('network')\n"
        "socket.socket.connect = refuse\n"
        "from index import vocabulary\n"
        "start = time.process_time()\n"
        "assert vocabulary.count('Bonjour') == 1\n"
        "print(time.process_time() - start)\n"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.3


@pytest.mark.parametrize(
    "content", [b"", b"AAA 0\n", b"IQ== x\n", b"\xff\xfe", b"IQ== 0\n" * 64_000]
)
def test_a_damaged_file_is_named(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vocabulary.tiktoken").write_bytes(content)
    monkeypatch.setattr(models, "folder", lambda: tmp_path)
    with pytest.raises(DamagedModelError, match=r"vocabulary\.tiktoken .*Install Dépêche again"):
        vocabulary.encoding.__wrapped__()


def test_time_is_linear() -> None:
    start = time.process_time()
    vocabulary.count_batch(["Une phrase de plus. " * 50_000])
    assert time.process_time() - start < 3
