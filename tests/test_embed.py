"""Both encoders keep the contract of `Embedder`, and agree with sentence-transformers."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import models, vocabulary
from index.embed import EmbeddedEncoder, SentenceTransformerEncoder, open_encoder
from index.errors import DamagedModelError, InputError, LibraryMismatchError

TEXTS = [
    "",
    " ",
    "Combien de soldats la Corée du Nord a-t-elle envoyés ?",
    "ΣΊΣΥΦΟΣ Σ",
    "北京举行了会谈。",
    "وصل الرئيس إلى باريس",
    "राष्ट्रपति पेरिस पहुंचे।",
    "<|endoftext|> ﬁn ① 👩‍🚀",
    "Un long article. " * 2_000,
]


@pytest.fixture(scope="module")
def embedded() -> EmbeddedEncoder:
    return EmbeddedEncoder()


@pytest.fixture(scope="module")
def hub_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped encoder as any other sentence-transformers model: a folder, no checksums."""
    folder = tmp_path_factory.mktemp("hub") / "some-model"
    shutil.copytree(models.folder("encoder"), folder)
    (folder / models.SUMS).unlink()
    return folder


def with_prompts(model: Path, folder: Path, prompts: dict[str, str]) -> Path:
    """A copy whose configuration has prompts."""
    shutil.copytree(model, folder)
    path = folder / "config_sentence_transformers.json"
    config = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**config, "prompts": prompts}), "utf-8")
    return folder


def test_vectors_are_of_unit_length_or_zero(embedded: EmbeddedEncoder) -> None:
    vectors = embedded.embed_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), embedded.dim)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert lengths[0] == 0
    assert np.allclose(lengths[2:], 1, atol=1e-6)
    assert embedded.embed_passages([]).shape == (0, embedded.dim)


def test_a_vector_does_not_depend_on_its_batch(embedded: EmbeddedEncoder) -> None:
    texts = [f"Phrase {number} sur la défense." * (number % 7) for number in range(300)]
    together = embedded.embed_passages(texts)
    alone = np.concatenate([embedded.embed_question(text) for text in texts])
    assert np.array_equal(together, alone)


def test_translations_are_closer_than_others(embedded: EmbeddedEncoder) -> None:
    french = embedded.embed_question("Le président a rencontré les soldats à Paris.")
    english, other = embedded.embed_passages(
        ["The president met the soldiers in Paris.", "Mix the flour with two eggs and butter."]
    )
    assert (french @ english)[0] > (french @ other)[0] + 0.2


@settings(max_examples=50)
@given(texts=st.lists(st.text(max_size=60), max_size=5))
def test_any_text(embedded: EmbeddedEncoder, texts: list[str]) -> None:
    vectors = embedded.embed_passages(texts)
    assert np.isfinite(vectors).all()
    for text, vector in zip(texts, vectors, strict=True):
        assert vector.any() == bool(vocabulary.encode(text))


def test_sentence_transformers_gives_the_same_vectors(
    embedded: EmbeddedEncoder, hub_model: Path
) -> None:
    other = open_encoder(str(hub_model))
    assert isinstance(other, SentenceTransformerEncoder)
    assert other.dim == embedded.dim
    assert other.name == str(hub_model.resolve())
    assert np.abs(other.embed_passages(TEXTS) - embedded.embed_passages(TEXTS)).max() < 1e-5
    assert np.abs(other.embed_question(TEXTS[2]) - embedded.embed_question(TEXTS[2])).max() < 1e-5
    assert other.embed_passages([]).shape == (0, other.dim)


@pytest.mark.parametrize(
    ("name", "prompts", "question", "passage"),
    [
        ("plain", {}, "", ""),
        ("multilingual-e5-small", {}, "query: ", "passage: "),
        ("e5-own", {"query": "Q: ", "passage": "P: "}, "Q: ", "P: "),
        ("other", {"query": "Frage: ", "document": "Text: "}, "Frage: ", "Text: "),
        ("half", {"query": "search: "}, "search: ", ""),
    ],
)
def test_prompts_are_honoured(  # noqa: PLR0913, PLR0917 - the table and the fixtures
    name: str,
    prompts: dict[str, str],
    question: str,
    passage: str,
    hub_model: Path,
    tmp_path: Path,
    embedded: EmbeddedEncoder,
) -> None:
    other = open_encoder(str(with_prompts(hub_model, tmp_path / name, prompts)))
    text = "Combien de soldats ?"
    expected = embedded.embed_passages([question + text, passage + text])
    assert np.abs(other.embed_question(text) - expected[:1]).max() < 1e-5
    assert np.abs(other.embed_passages([text]) - expected[1:]).max() < 1e-5


def test_the_shipped_encoder_names_its_version() -> None:
    encoder = open_encoder("depeche")
    assert encoder.name.startswith("depeche@")
    assert open_encoder(encoder.name).name == encoder.name
    with pytest.raises(LibraryMismatchError, match="depeche@00000000 is not the one installed"):
        open_encoder("depeche@00000000")


@pytest.mark.parametrize("damage", ["alter", "remove"])
def test_a_damaged_encoder_is_refused(damage: str, tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(models.folder("encoder"), folder)
    weights = next(folder.rglob("model.safetensors"))
    if damage == "remove":
        weights.unlink()
    else:
        with weights.open("r+b") as file:
            file.seek(1_000)
            file.write(b"\0\xff")
    with pytest.raises(DamagedModelError, match=r"model\.safetensors"):
        EmbeddedEncoder(folder)


def test_an_empty_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be loaded.*shipped ones") as raised:
        open_encoder(str(tmp_path))
    assert "\n" not in str(raised.value)


def test_an_unknown_name_without_network_is_refused_in_one_line() -> None:
    code = (
        "from index.embed import open_encoder\n"
        "from index.errors import InputError\n"
        "try: open_encoder('no-such-owner/no-such-model', may_fetch=True)\n"
        "except InputError as error: print(error)\n"
    )
    done = run(code, HF_HUB_OFFLINE="1")
    assert len(done.splitlines()) == 1
    assert "'no-such-owner/no-such-model' cannot be loaded" in done


def test_what_a_library_names_is_not_looked_for_on_the_network() -> None:
    code = (
        "import sys\n"
        "from index.embed import open_encoder\n"
        "from index.errors import InputError\n"
        "asked = set()\n"
        "sys.addaudithook(lambda event, _: asked.add(event))\n"
        "try: open_encoder('no-such-owner/no-such-model')\n"
        "except InputError as error: print(error)\n"
        "print({'socket.getaddrinfo', 'socket.connect'} & asked)\n"
    )
    told, reached = run(code).splitlines()
    assert "depeche index --again --encoder" in told
    assert reached == "set()"


def test_the_shipped_encoder_needs_no_torch() -> None:
    code = (
        "import sys\n"
        "from index.embed import open_encoder\n"
        "open_encoder('depeche').embed_question('Bonjour')\n"
        "print(sorted({'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)))\n"
    )
    assert run(code).strip() == "[]"


def run(code: str, **environment: str) -> str:
    """What a fresh Python prints."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    return done.stdout
