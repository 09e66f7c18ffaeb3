"""What tests share: the sample corpus in a library, and the shared folder where there is one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.build import build
from index.embed import EMBEDDED, open_encoder
from index.store import create_library

if TYPE_CHECKING:
    from index.types import Embedder

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return open_encoder(EMBEDDED)


@pytest.fixture(scope="session")
def corpus_library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """The sample corpus, indexed; tests that change a library make their own."""
    folder = tmp_path_factory.mktemp("library")
    library = create_library(folder)
    for _ in build(library, embedder, [ROOT / "corpus"]):
        pass
    library.close()
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared articles are not beside this checkout")
    return SHARED
