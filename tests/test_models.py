"""A model's folder is exactly what was shipped, or the first difference is named."""

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index import models
from index.errors import DamagedModelError


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder of two files, one of them below, with its SHA256SUMS."""
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "weights").write_bytes(b"12345678")
    (tmp_path / "read me").write_text("é", "utf-8")
    write_sums(tmp_path, "below/weights", "read me")
    return tmp_path


def write_sums(model: Path, *names: str) -> None:
    digests = {name: hashlib.sha256((model / name).read_bytes()).hexdigest() for name in names}
    lines = [f"{digest}  {name}\n" for name, digest in digests.items()]
    (model / "SHA256SUMS").write_text("".join(lines), "utf-8")


def test_an_intact_folder_passes(model: Path) -> None:
    (model / ".DS_Store").write_bytes(b"left by a file manager")
    models.verify(model)
    assert models.digest(model, model / "read me").startswith(
        hashlib.sha256("é".encode()).hexdigest()
    )


def flip_a_bit(model: Path) -> None:
    (model / "below" / "weights").write_bytes(b"12345679")


def remove(model: Path) -> None:
    (model / "read me").unlink()


def plant(model: Path) -> None:
    (model / "below" / "code.py").write_text("print()")


def remove_sums(model: Path) -> None:
    (model / "SHA256SUMS").unlink()


def empty_sums(model: Path) -> None:
    (model / "SHA256SUMS").write_text("\n")


def scramble_sums(model: Path) -> None:
    (model / "SHA256SUMS").write_bytes(b"\xff\xfe\x00")


def shorten_sums(model: Path) -> None:
    (model / "SHA256SUMS").write_text("abc  read me\n")


def capital_sums(model: Path) -> None:
    (model / "SHA256SUMS").write_text((model / "SHA256SUMS").read_text("utf-8").upper())


def cut_sums(model: Path) -> None:
    (model / "SHA256SUMS").write_bytes((model / "SHA256SUMS").read_bytes()[:-1])


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (flip_a_bit, "weights was altered: sha256"),
        (remove, "read me is missing"),
        (plant, r"code\.py is not listed"),
        (remove_sums, "SHA256SUMS cannot be read"),
        (empty_sums, "SHA256SUMS was altered: it lists no file"),
        (scramble_sums, "SHA256SUMS was altered: it is not text"),
        (shorten_sums, "SHA256SUMS was altered: 'abc read me'"),
        (capital_sums, "is not `digest path`"),
        (cut_sums, "read me' has no end"),
    ],
)
def test_damage_is_named(model: Path, damage: Callable[[Path], None], said: str) -> None:
    damage(model)
    with pytest.raises(DamagedModelError, match=rf"{said}.*Install Dépêche again"):
        models.verify(model)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DamagedModelError, match="SHA256SUMS cannot be read"):
        models.verify(tmp_path / "nowhere")


@pytest.mark.parametrize("shipped", sorted(models.folder().glob("*/SHA256SUMS")), ids=str)
def test_the_shipped_models_are_intact_and_checked_fast(shipped: Path) -> None:
    start = time.process_time()
    models.verify(shipped.parent)
    assert time.process_time() - start < 0.3
