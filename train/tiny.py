"""A data folder as small as can be, with every file that training reads: to try the scripts on."""

import json
import lzma
import random
from pathlib import Path

HELD_OUT_LINES = 8
WORDS = [
    "maire",
    "ville",
    "budget",
    "train",
    "accord",
    "soldat",
    "école",
    "hôpital",
    "vote",
    "prix",
]


def sentence(rng: random.Random) -> str:
    """Some words and a number that tells it from others."""
    return " ".join(rng.choices(WORDS, k=6)).capitalize() + f" {rng.randrange(10_000)}."


def write_rows(path: Path, rows: list[dict[str, object]]) -> None:
    """JSON lines, compressed where the name says so."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    data = text.encode()
    path.write_bytes(lzma.compress(data) if path.suffix == ".xz" else data)


def write_lines(path: Path, rows: list[tuple[str, str, str]]) -> None:
    """Compressed lines of three fields."""
    path.write_bytes(lzma.compress("".join("\t".join(row) + "\n" for row in rows).encode()))


def write_data(data: Path) -> Path:
    """A data folder as small as can be, with every file that training reads."""
    rng = random.Random(0)
    (data / "parallel").mkdir(parents=True)
    (data / "qa").mkdir()
    newswire = data.parent / "articles" / "newswire"
    newswire.mkdir(parents=True)
    lines = [
        ("newstest2013" if place < HELD_OUT_LINES else "newstest2012", sentence(rng), sentence(rng))
        for place in range(60)
    ]
    write_lines(data / "parallel" / "news-documents.en-fr.tsv.xz", lines)
    pairs = [(sentence(rng), sentence(rng), "tatoeba") for _ in range(60)]
    held = [(english, french, "wmt-news") for _, english, french in lines[:HELD_OUT_LINES]]
    write_lines(data / "parallel" / "en-fr.tsv.xz", [*pairs, *held])
    german = [(english.upper(), sentence(rng), "wmt-news") for english, _, _ in held]
    write_lines(data / "parallel" / "en-de.tsv.xz", [*german, *((a, b, c) for a, b, c in pairs)])
    text = " ".join(sentence(rng) for _ in range(40))
    answer = {"text": text[200:230], "start": 200}
    row = {"question": "Où est l'école ?", "lang": "fr", "title": "École", "context": text}
    rows: list[dict[str, object]] = [{**row, "answers": [answer], "source": "x"}] * 3
    names = ("piaf.train", "piaf.dev", "other-languages.train", "covid-qa.en.train")
    for name in names:
        write_rows(data / "qa" / f"{name}.jsonl.xz", rows)
    quiz: dict[str, object] = {
        "question": "Qui ?",
        "lang": "fr",
        "answer": text[20:40],
        "anecdote": text[:90],
    }
    write_rows(data / "qa" / "openquizzdb.fr.jsonl.xz", [quiz] * 2)
    qald: list[dict[str, object]] = [{"en": "Who?", "fr": "Qui ?"}]
    write_rows(data / "qa" / "qald.parallel-questions.jsonl.xz", qald)
    article = " ".join(french for _, _, french in lines[20:30])
    articles: list[dict[str, object]] = [{"id": "t1", "title": "Le vote", "text": article}]
    write_rows(data / "qa" / "news.train.articles.jsonl.xz", articles)
    (newswire / "n1.txt").write_text(f"Le vote\n\n{article}\n", "utf-8")
    evidence = lines[24][2]
    asked = {"id": "q", "type": "factoid", "lang": "fr", "question": "Combien ?"}
    found = {**asked, "evidence": evidence, "answer": evidence.split()[-1].rstrip(".")}
    english = {**found, "type": "crosslingual", "lang": "en", "question": "How many?"}
    lacking = {**asked, "type": "unanswerable"}
    write_rows(
        data / "qa" / "news.train.jsonl", [{**found, "article": "t1"}, {**lacking, "article": "t1"}]
    )
    write_rows(
        data / "qa" / "news.dev.jsonl",
        [{**found, "article": "n1"}, {**english, "article": "n1"}, {**lacking, "article": "n1"}],
    )
    return data
