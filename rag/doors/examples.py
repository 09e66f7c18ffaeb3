"""The examples where the doors are described: a question over the sample corpus, a new article.

They are what the doors give over corpus/; tests compare them.
"""

import re
from typing import Any, Final

ARTICLE_ID: Final = "2024-10-31-washington-seoul-dissuasion"
QUESTION: Final = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
SHORT: Final = "10\u202f000 soldats"
SENTENCE: Final = (
    f"D’après les estimations du Pentagone, la Corée du Nord a envoyé {SHORT} en Russie, où ils "
    "suivent une instruction avant un possible engagement face aux forces ukrainiennes."
)
PLACE: Final[dict[str, Any]] = {"article": ARTICLE_ID, "start": 874, "end": 1053}
FACTS: Final[dict[str, Any]] = {
    "title": "Washington promet à Séoul un appui complet, armes nucléaires comprises",
    "source": "Agence Méridienne",
    "url": "https://agence-meridienne.example/depeches/2024/10/31/washington-seoul",
    "published": "2024-10-31",
}
HIT: Final[dict[str, Any]] = PLACE | {"score": 0.734512, "text": SENTENCE}
ANSWER: Final[dict[str, Any]] = {
    "question": QUESTION,
    "standalone": QUESTION,
    "language": "fr",
    "dates": [],
    "status": "answered",
    "text": f"{SHORT} [1]\n\n{SENTENCE} [1]",
    "short": SHORT,
    "confidence": 0.8213,
    "as_of": "2024-10-31",
    "dated": None,
    "origins": 1,
    "withheld": 0,
    "note": None,
    "citations": [
        {"marker": 1} | PLACE | {"quote": SENTENCE} | FACTS | {"copies": [], "page": None}
    ],
    "others": [],
    "hits": [HIT],
    "seconds": 0.2141,
}
STATUS: Final[dict[str, Any]] = {
    "articles": 39,
    "passages": 81,
    "languages": {"fr": 36, "en": 2, "de": 1},
    "encoder": "depeche@8d2d8dcf",
    "sequence": 39,
}
ARTICLE: Final[dict[str, Any]] = {
    "id": "conseil/2024-11-05",
    "title": "Le conseil vote le tramway",
    "text": "Le conseil a voté mardi la construction du tramway par 31 voix contre 12.",
    "language": "fr",
    "source": "Gazette",
    "url": None,
    "published": "2024-11-05",
}
FOUND: Final[dict[str, Any]] = {
    "standalone": QUESTION,
    "language": "fr",
    "hits": [HIT | FACTS],
}
FINDINGS: Final[dict[str, Any]] = {
    "holds": False,
    "findings": [
        {
            "fault": "altered facts",
            "where": "citation 1",
            "message": f"{ARTICLE_ID} has the title {FACTS['title']!r}, not 'Autre titre'",
        }
    ],
}
LISTED: Final[dict[str, Any]] = {name: ARTICLE[name] for name in ARTICLE if name != "text"}
PAGE: Final[dict[str, Any]] = {"articles": [LISTED], "next": ARTICLE["id"]}
ADDED: Final[dict[str, Any]] = {"stored": [ARTICLE["id"]], "unchanged": [], "refused": []}
MODEL: Final[dict[str, Any]] = {
    "id": "depeche", "object": "model", "created": 0, "owned_by": "depeche",
}  # fmt: skip
COMPLETED: Final[dict[str, Any]] = {
    "id": "chatcmpl-4b4f2f0e3c1d4a5b8c7d6e5f4a3b2c1d",
    "object": "chat.completion",
    "created": 1730458800,
    "model": MODEL["id"],
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": ANSWER["text"],
                "annotations": [
                    {
                        "type": "url_citation",
                        "url_citation": {
                            "start_index": marker.start(),
                            "end_index": marker.end(),
                            "url": FACTS["url"],
                            "title": FACTS["title"],
                        },
                    }
                    for marker in re.finditer(r"\[1\]", ANSWER["text"])
                ],
            },
            "finish_reason": "stop",
            "logprobs": None,
        }
    ],
    "usage": {"prompt_tokens": 14, "completion_tokens": 49, "total_tokens": 63},
    "depeche": ANSWER,
}
