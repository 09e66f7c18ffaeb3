"""The tables of a library's SQLite file."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from index.types import Article

FORMAT: Final = 1
SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL,
    source TEXT, url TEXT, published TEXT,
    root TEXT NOT NULL, path TEXT NOT NULL, indexed TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, vector BLOB NOT NULL, sequence INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_article ON passages (article);
CREATE INDEX IF NOT EXISTS passages_sequence ON passages (sequence);
CREATE TABLE IF NOT EXISTS removed (number INTEGER PRIMARY KEY, sequence INTEGER NOT NULL);
"""
COLUMNS: Final = ", ".join(f"articles.{field.name}" for field in fields(Article))
