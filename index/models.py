"""Where the shipped models lie, whether they still are what was shipped, and how they are opened.

Knows nothing about what a model computes.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import DamagedModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# In a model's folder, as `sha256sum` writes it: one line `digest  relative/path` a file.
SUMS = "SHA256SUMS"
_DIGEST = 64  # figures of a sha256, base 16
_LISTED = re.compile(rf"[0-9a-f]{{{_DIGEST}}}  [^\0-\x1f]+")
# Since 1.29, onnxruntime tells its maker what runs where, unless this is set before it is imported;
# what it has to switch that off comes after the first message.
SILENT = "ORT_DISABLE_TELEMETRY"
REMEDY = "Install Dépêche again: pip install --force-reinstall --no-deps depeche"


def folder(name: str = "") -> Path:
    """Return the folder of a shipped model, whether it is there or not; "" is that of all."""
    return Path(__file__).resolve().parent / "models" / name


def verify(model: Path) -> None:
    """Compare every file of a model's folder with its SHA256SUMS.

    Hidden files are left out; any other unlisted file counts as damage, since a loader may read
    it. 18 MB take 0.015 s where the processor has SHA instructions.

    :raises DamagedModelError: naming the first file that is missing, altered or unlisted.
    """
    expected = _read_sums(model)
    found = {
        path.relative_to(model).as_posix()
        for path in model.rglob("*")
        if path.is_file() and not path.name.startswith(".") and path.name != SUMS
    }
    for name in sorted(expected.keys() | found):
        if name not in found:
            raise _damaged(model / name, "is missing")
        if name not in expected:
            raise _damaged(model / name, f"is not listed in {SUMS}")
        with (model / name).open("rb") as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
        if actual != expected[name]:
            raise _damaged(
                model / name, f"was altered: sha256 {actual[:12]}…, shipped {expected[name][:12]}…"
            )


def tensors(file: Path, *names: str) -> list[Any]:
    """The arrays of these names in a safetensors file.

    :raises DamagedModelError: when it cannot be read or lacks one
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        found = load_file(file)
        return [found[name] for name in names]
    except (OSError, KeyError, SafetensorError) as error:
        raise DamagedModelError(f"{file} cannot be read ({error}). {REMEDY}") from error


def session(file: Path) -> InferenceSession:
    """An ONNX file, ready to run on one core; threads may share it (see index/abreast.py)."""
    os.environ[SILENT] = "1"
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    return InferenceSession(file, options)


def digest(model: Path, file: Path) -> str:
    """Return the sha256 that SHA256SUMS gives for a file of a model's folder."""
    return _read_sums(model)[file.relative_to(model).as_posix()]


def _read_sums(model: Path) -> dict[str, str]:
    """Relative path -> digest."""
    path = model / SUMS
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise _damaged(path, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise _damaged(path, "was altered: it is not text") from error
    if not text.strip():
        raise _damaged(path, "was altered: it lists no file")
    *lines, rest = text.split("\n")
    for line in lines:
        if not _LISTED.fullmatch(line):
            raise _damaged(path, f"was altered: {line[:80]!r} is not `digest  path`")
    if rest:
        raise _damaged(path, f"was altered: {rest[:80]!r} has no end")
    return {line[_DIGEST + 2 :]: line[:_DIGEST] for line in lines}


def _damaged(path: Path, what: str) -> DamagedModelError:
    return DamagedModelError(f"{path} {what}. {REMEDY}")
