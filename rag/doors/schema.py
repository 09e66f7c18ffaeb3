"""What is sent and received, as JSON Schema describes it: one shape for every door.

An answer is written by `rag.record`, and described and checked here; passages found are written
here.
"""

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from index.types import Filters, Hit
from rag.chain import Found
from rag.doors.examples import ANSWER, ARTICLE, FACTS, FINDINGS, FOUND, HIT, QUESTION, STATUS
from rag.retrieve import HITS
from rag.types import Citation, OtherValue, Status
from rag.understand import MAX_QUESTION

LONGEST_HISTORY: Final = 50  # earlier questions of one conversation; the last few are read
MOST_HITS: Final = 100  # passages that a search returns
# Described and not checked here: `index.filters` says better what is wrong with a date.
_DATE: Final[dict[str, Any]] = {"pattern": r"^\d{4}(-\d\d){0,2}$"}

QuestionText = Annotated[
    str,
    Field(min_length=1, max_length=MAX_QUESTION, description="What you want to know."),
]
Earlier = Annotated[
    list[Annotated[str, Field(max_length=MAX_QUESTION)]],
    Field(max_length=LONGEST_HISTORY, description="Earlier questions, oldest first."),
]
Limit = Annotated[int, Field(ge=1, le=MOST_HITS, description="Passages at most.")]


class Narrowed(BaseModel):
    """Which articles may be found; each field that is set narrows."""

    model_config = ConfigDict(extra="forbid")

    since: Annotated[
        str | None,
        Field(json_schema_extra=_DATE, examples=["2024-10"], description="From then on."),
    ] = None
    until: Annotated[
        str | None,
        Field(json_schema_extra=_DATE, examples=["2024-10-31"], description="Included."),
    ] = None
    sources: Annotated[list[str], Field(max_length=100, examples=[["Agence Méridienne"]])] = []
    languages: Annotated[list[str], Field(max_length=100, examples=[["fr"]])] = []
    articles: Annotated[list[str], Field(max_length=1000, description="Articles' ids.")] = []

    def filters(self) -> Filters:
        return Filters(
            self.since,
            self.until,
            tuple(self.sources),
            tuple(self.languages),
            tuple(self.articles),
        )


class AskRow(BaseModel):
    """A question."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"question": QUESTION}]}
    )

    question: QuestionText
    history: Earlier = []
    filters: Narrowed = Narrowed()


class SearchRow(AskRow):
    """A question of which only the passages are wanted."""

    limit: Limit = HITS


class HitRow(BaseModel):
    """A passage that was found: `article.text[start:end] == text`, in code points."""

    article: str
    start: int
    end: int
    score: Annotated[float, Field(description="Higher is better.")]
    text: str


class AnswerRow(BaseModel):
    """An answer and its proof; the markers in `text` are those of `citations`.

    `answered`: proved by the citations. `unsupported`: the articles touch on it, nothing proves
    an answer. `refused`: the articles do not speak of it.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [ANSWER]})

    question: str
    standalone: Annotated[str, Field(description="The question that was searched.")]
    language: str
    dates: Annotated[
        list[str], Field(description="Periods that the question names: 2024-10, 2021/..")
    ]
    status: Status
    text: str
    short: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    as_of: Annotated[str | None, Field(description="Date that the answer holds for.")]
    dated: Annotated[
        str | None, Field(description="What a day named in the answer's words is, as a date.")
    ]
    origins: Annotated[int, Field(description="Independent origins; copies count once.")]
    withheld: Annotated[
        int, Field(description="Sentences of a chat model that the articles do not prove.")
    ] = 0
    note: Annotated[
        str | None, Field(description="Why a chat model did not write it, or not all of it.")
    ] = None
    citations: list[Citation]
    others: list[OtherValue]
    hits: Annotated[list[HitRow], Field(description="Passages in rank order.")]
    seconds: float


class FoundRow(HitRow):
    """A passage with what it comes from."""

    model_config = ConfigDict(json_schema_extra={"examples": [HIT | FACTS]})

    title: str
    source: str | None
    url: str | None
    published: str | None


class FoundRows(BaseModel):
    """The passages for a question, best first."""

    model_config = ConfigDict(json_schema_extra={"examples": [FOUND]})

    standalone: str
    language: str
    hits: list[FoundRow]


class StatusRow(BaseModel):
    """What the library holds."""

    model_config = ConfigDict(json_schema_extra={"examples": [STATUS]})

    articles: int
    passages: int
    languages: Annotated[dict[str, int], Field(description="Articles in each.")]
    encoder: str
    sequence: Annotated[int, Field(description="Number of the last change.")]


class FindingRow(BaseModel):
    """Something of an answer that does not hold."""

    fault: str
    where: str
    message: str


class FindingsRow(BaseModel):
    """All that does not hold of an answer; none when all does."""

    model_config = ConfigDict(json_schema_extra={"examples": [FINDINGS]})

    holds: bool
    findings: list[FindingRow]


class ListedRow(BaseModel):
    """An article without its text."""

    id: str
    title: str
    language: Annotated[str, Field(description="ISO 639-1.")]
    source: str | None
    url: str | None
    published: Annotated[
        str | None, Field(description="As precise as it is known: 2024-10-24, 2024-10 or 2024.")
    ]


class ArticleRow(ListedRow):
    """An article; offsets of citations and passages count the code points of `text`."""

    model_config = ConfigDict(json_schema_extra={"examples": [ARTICLE]})

    text: str


class ProblemRow(BaseModel):
    """What went wrong (RFC 9457), with its remedy in `detail`."""

    type: Literal["about:blank"] = "about:blank"
    title: str
    status: int
    detail: str


def found_rows(found: Found) -> dict[str, Any]:
    """`FoundRows`, ready for `json.dumps`."""
    question = found.question
    rows = [found_row(hit) for hit in found.hits]
    return {"standalone": question.standalone, "language": question.language, "hits": rows}


def found_row(hit: Hit) -> dict[str, Any]:
    """A `FoundRow`, ready for `json.dumps`."""
    passage, article = hit.passage, hit.passage.article
    return {
        "article": article.id,
        "start": passage.start,
        "end": passage.end,
        "score": round(hit.score, 6),
        "text": passage.text,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": article.published,
    }
