"""An Answer as JSON: one schema for the command line, files and servers."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.types import Answer


def record(answer: Answer, seconds: float, row_id: str | None = None) -> dict[str, Any]:
    """The row of the command line's contract, ready for `json.dumps`.

    :param seconds: how long the answer took
    :param row_id: the question's id in a batch; left out when None
    """
    question = answer.question
    row = {
        "question": question.text,
        "standalone": question.standalone,
        "language": question.language,
        "dates": list(question.dates),
        "status": answer.status,
        "text": answer.text,
        "short": answer.short,
        "confidence": round(answer.confidence, 4),
        "as_of": answer.as_of,
        "dated": answer.dated,
        "origins": answer.origins,
        "withheld": answer.withheld,
        "note": answer.note,
        "citations": [asdict(citation) for citation in answer.citations],
        "others": [asdict(other) for other in answer.others],
        "hits": [
            {
                "article": hit.passage.article.id,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": round(hit.score, 6),
                "text": hit.passage.text,
            }
            for hit in answer.hits
        ],
        "seconds": round(seconds, 4),
    }
    return row if row_id is None else {"id": row_id} | row
