"""The examples where the doors are described: one question over the sample corpus."""

from typing import Any, Final

ARTICLE_ID: Final = "2024-10-31-washington-seoul-dissuasion"
QUESTION: Final = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
SENTENCE: Final = (
    "D’après les estimations du Pentagone, la Corée du Nord a envoyé 10 000 soldats en Russie."
)
FACTS: Final[dict[str, Any]] = {
    "title": "Washington promet à Séoul un appui complet, armes nucléaires comprises",
    "source": "Agence Méridienne",
    "url": "https://agence-meridienne.example/depeches/2024/10/31/washington-seoul",
    "published": "2024-10-31",
}
HIT: Final[dict[str, Any]] = {
    "article": ARTICLE_ID, "start": 1007, "end": 1096, "score": 0.734512, "text": SENTENCE,
}  # fmt: skip
ANSWER: Final[dict[str, Any]] = {
    "question": QUESTION,
    "standalone": QUESTION,
    "language": "fr",
    "dates": [],
    "status": "answered",
    "text": f"10 000 soldats [1]\n\n{SENTENCE} [1]",
    "short": "10 000 soldats",
    "confidence": 0.8213,
    "as_of": "2024-10-31",
    "dated": None,
    "origins": 1,
    "withheld": 0,
    "note": None,
    "citations": [
        {"marker": 1, "article": ARTICLE_ID, "start": 1007, "end": 1096, "quote": SENTENCE} | FACTS
        | {"copies": [], "page": None}
    ],
    "others": [],
    "hits": [HIT],
    "seconds": 0.2141,
}  # fmt: skip
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
