import json
import lzma
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from index.language import LANGUAGES, detect, normalised, question_language

QUESTIONS = {
    "fr": "Combien de soldats la Corée du Nord a-t-elle envoyés ?",
    "en": "How many soldiers did North Korea send?",
    "de": "Wie viele Soldaten hat Nordkorea geschickt?",
    "es": "¿Cuántos soldados envió Corea del Norte?",
    "it": "Quanti soldati ha inviato la Corea del Nord?",
    "pt": "Quantos soldados a Coreia do Norte enviou?",
    "nl": "Hoeveel soldaten heeft Noord-Korea gestuurd?",
}
OTHERS = {
    "ru": "Сколько солдат отправила Северная Корея?",
    "ar": "كم عدد الجنود الذين أرسلتهم كوريا الشمالية؟",
    "ja": "北朝鮮は何人の兵士を派遣しましたか?",
    "zh": "朝鲜派遣了多少士兵?",
    "ko": "북한은 몇 명의 군인을 보냈습니까?",
    "el": "Πόσους στρατιώτες έστειλε η Βόρεια Κορέα;",
    "he": "כמה חיילים שלחה צפון קוריאה?",
    "hi": "उत्तर कोरिया ने कितने सैनिक भेजे?",
    "pl": "Ilu żołnierzy wysłała Korea Północna?",
    "ro": "Câți soldați a trimis Coreea de Nord?",
}


@pytest.mark.parametrize(("language", "question"), [*QUESTIONS.items(), *OTHERS.items()])
def test_the_language_of_a_question(language: str, question: str) -> None:
    assert question_language(question) == language


def test_a_question_that_tells_nothing() -> None:
    assert question_language("") == "fr"
    assert question_language("2024 ?", fallback="de") == "de"


def test_the_usual_languages_need_no_model() -> None:
    code = (
        "import sys; from index.language import question_language as q\n"
        f"assert [q(text) for text in {list(QUESTIONS.values())!r}] == {list(QUESTIONS)!r}\n"
        "sys.exit('py3langid' in sys.modules)"
    )
    root = Path(__file__).parents[1]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)


@pytest.mark.parametrize(
    ("given", "language"),
    [
        ("fr", "fr"),
        ("fr-FR", "fr"),
        (" EN_us ", "en"),
        ("français", None),
        ("", None),
        (None, None),
    ],
)
def test_given_languages(given: str | None, language: str | None) -> None:
    assert normalised(given) == language


def test_detection_stays_within_the_trained_languages() -> None:
    assert len(LANGUAGES) == 28
    for text in ("", "12 345", "Salve, orbis terrarum magnus est.", "Zer moduz zaude gaur?"):
        assert detect(text) in LANGUAGES


def test_real_articles_are_detected(shared: Path) -> None:
    wrong = Counter(
        path.name
        for path in (shared / "articles" / "newswire").glob("*.txt")
        if detect(path.read_text("utf-8")) != "fr"
    )
    assert not wrong
    total = right = 0
    for path in (shared / "articles" / "dated").glob("*.jsonl"):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            total += 1
            right += detect(row["text"]) == row["language"]
    assert right / total >= 0.99  # all 1,050 when measured


def test_real_questions_are_told_apart(shared: Path) -> None:
    """The floors are a point under what was measured."""
    path = shared / "data" / "qa" / "qald.parallel-questions.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    floors = {"fr": 0.99, "en": 0.987, "de": 0.99, "es": 0.99, "it": 0.985, "pt": 0.97, "nl": 0.985}
    for language, floor in floors.items():
        questions = [row[language] for row in rows if language in row]
        right = sum(question_language(question) == language for question in questions)
        assert right / len(questions) >= floor, language
