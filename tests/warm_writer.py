"""A writer that has loaded what is not tested: processes forked from it begin to write at once."""

from __future__ import annotations

import datasketch  # noqa: F401 - loaded where the first article is sketched
import writer

from index.chunk import chunk

chunk(writer.article_of("a", "mot"))
writer.encoder().embed_passages(["Un mot."])
