"""REST: the library's articles, listed, read, added and deleted."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from index.build import Stored, Unchanged, build
from index.errors import InputError, LibraryBusyError
from index.holdings import articles_after
from index.loaded import Problem
from index.store import Library
from rag.chain import Chain
from rag.doors.access import editors_only
from rag.doors.changes import changing, delete
from rag.doors.examples import ADDED, ARTICLE, PAGE
from rag.doors.problems import documented
from rag.doors.rest import ChainOf
from rag.doors.schema import ArticleRow, ListedRow

MOST_ADDED: Final = 100  # articles in one request; `depeche index` is for more
MOST_LISTED: Final = 200  # articles on one page of the list
LONGEST_ID: Final = 500  # characters
_KEPT: Final = "is the id of a file that was indexed; change the file, or choose another id"
_LISTING: Final = documented(401, 422, 429, 500)
_READING: Final = documented(401, 404, 422, 429, 500)
_WRITING: Final = documented(401, 403, 404, 413, 422, 429, 500, 503)

router = APIRouter()


class NewArticle(BaseModel):
    """An article to add; what is not given is found in its text, as for a file."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [ARTICLE]})

    text: Annotated[str, Field(min_length=1)]
    id: Annotated[
        str | None,
        Field(min_length=1, max_length=LONGEST_ID, description="Made from the text when left out."),
    ] = None
    title: str | None = None
    language: Annotated[str | None, Field(examples=["fr"])] = None
    source: str | None = None
    url: str | None = None
    published: Annotated[str | None, Field(examples=["2024-11-05"])] = None


class NewArticles(BaseModel):
    """Articles to add, or to put in the place of those that were added under the same ids."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"articles": [ARTICLE]}]}
    )

    articles: Annotated[list[NewArticle], Field(min_length=1, max_length=MOST_ADDED)]


class Refused(BaseModel):
    """An article that was not added, and why."""

    id: str
    detail: str


class Added(BaseModel):
    """What became of the articles of one request, by id."""

    model_config = ConfigDict(json_schema_extra={"examples": [ADDED]})

    stored: list[str]
    unchanged: list[str]
    refused: list[Refused]


class Page(BaseModel):
    """Articles by id; `next` is the `after` of the following page, null on the last."""

    model_config = ConfigDict(json_schema_extra={"examples": [PAGE]})

    articles: list[ListedRow]
    next: str | None


@router.get("/v1/articles", response_model=Page, responses=_LISTING)
def list_articles(
    chain: ChainOf,
    after: Annotated[str, Query(max_length=LONGEST_ID, description="Begin after this id.")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST_LISTED)] = 50,
) -> Response:
    """List the articles, by id."""
    found = articles_after(chain.library.database, after, limit + 1)
    rows = [asdict(article) for article in found[:limit]]
    return JSONResponse({"articles": rows, "next": found[limit - 1].id if found[limit:] else None})


@router.get("/v1/articles/{article_id:path}", response_model=ArticleRow, responses=_READING)
def read_article(article_id: str, chain: ChainOf) -> Response:
    """Read an article; offsets of citations and passages count the code points of `text`."""
    return JSONResponse(asdict(chain.library.article(article_id)))


@router.post(
    "/v1/articles",
    response_model=Added,
    status_code=201,
    responses=_WRITING,
    dependencies=[Depends(editors_only)],
)
def add_articles(given: NewArticles, chain: ChainOf) -> Response:
    """Add articles; durable, and found by questions, when this returns."""
    added = _added(chain, given.articles)
    if not added.stored and not added.unchanged:
        raise InputError("; ".join(f"{row.id}: {row.detail}" for row in added.refused))
    return JSONResponse(added.model_dump(), 201)


@router.delete(
    "/v1/articles/{article_id:path}",
    status_code=204,
    responses=_WRITING,
    dependencies=[Depends(editors_only)],
)
def delete_article(article_id: str, chain: ChainOf) -> Response:
    """Remove an article; when this returns it is not found, and in no file of the library."""
    left = delete(chain.library, article_id)
    if left:
        files = ", ".join(sorted({words.file for words in left}))
        raise LibraryBusyError(
            f"removed and no longer found, but another process reads and holds its words in {files}"
            "; they go with the next change"
        )
    return Response(status_code=204)


def _added(chain: Chain, given: Sequence[NewArticle]) -> Added:
    """Take the way that files take: each article is one, for a moment."""
    added = Added(stored=[], unchanged=[], refused=[])
    with TemporaryDirectory() as folder, changing(chain.library) as library:
        files = _written(Path(folder), given)
        kept = _kept_elsewhere(library, files.values())
        wanted = [file for file, name in files.items() if name not in kept]
        added.refused += [Refused(id=name, detail=_KEPT) for name in files.values() if name in kept]
        for step in build(library, chain.embedder, wanted) if wanted else ():
            if isinstance(step, Stored):
                added.stored.append(step.loaded.article.id)
            elif isinstance(step, Unchanged):
                added.unchanged.append(step.loaded.article.id)
            elif isinstance(step, Problem):
                added.refused.append(Refused(id=files[Path(str(step.path))], detail=step.message))
    return added


def _written(folder: Path, given: Sequence[NewArticle]) -> dict[Path, str]:
    """A file for each article, and the article's id."""
    files = {}
    for number, article in enumerate(given):
        row = article.model_dump(exclude_none=True)
        row.setdefault("id", _id(article))
        file = folder / f"{number}.jsonl"
        file.write_text(json.dumps(row), encoding="utf-8")
        files[file] = row["id"]
    return files


def _id(article: NewArticle) -> str:
    """The same for the same title and text."""
    words = f"{article.title or ''}\n{article.text}"
    return "added-" + hashlib.sha256(words.encode()).hexdigest()[:16]


def _kept_elsewhere(library: Library, names: Iterable[str]) -> set[str]:
    """Those of these ids that belong to a file, which stays the place to change them."""
    wanted = set(names)
    return {
        name
        for name, _, path in library.database.places()
        if name in wanted and Path(path).exists()
    }
