import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.metadata import (
    GUESS_LIMIT,
    Fact,
    find_published,
    find_title,
    find_url,
    parse_date,
    split_header,
    without_title,
)
from index.readers.raw import RawArticle

BODY = "Le conseil a voté la loi mardi soir, a annoncé le ministre."

DATES = {
    "2024-10-24": "2024-10-24",
    "2024-10": "2024-10",
    "2024": "2024",
    "2001-1-9": "2001-01-09",
    "1997/1": "1997-01",
    "2012-06-25-": "2012-06-25",
    "20241024": "2024-10-24",
    "31/01/2009": "2009-01-31",
    "08-11-2005": "2005-11-08",
    "24.10.2024": "2024-10-24",
    "10/2024": "2024-10",
    "24 octobre 2024": "2024-10-24",
    "1er janvier 2020": "2020-01-01",
    "octobre 2024": "2024-10",
    "Jeudi 24 octobre 2024 - 10:15": "2024-10-24",
    "Publié le 24 octobre 2024 à 10h15": "2024-10-24",
    "Publié le 24/10/2024 à 10:15 | Mis à jour le 25/10/2024": "2024-10-24",
    "October 24, 2024": "2024-10-24",
    "Thursday, October 24, 2024 11:30 PM": "2024-10-24",
    "24. Oktober 2024": "2024-10-24",
    "24 de octubre de 2024": "2024-10-24",
    "24 ottobre 2024": "2024-10-24",
    "24 октября 2024 г.": "2024-10-24",
    "2024年10月24日": "2024-10-24",
    "Thu, 24 Oct 2024 23:30:00 +0200": "2024-10-24",
    "2024-10-24T23:30:00+02:00": "2024-10-24",
    "2024-10-24T00:15:00+09:00": "2024-10-24",
    "2024-10-24 23:30:00.123Z": "2024-10-24",
}
NO_DATES = [
    "2024-13", "1999/31", "31/02/2024", "29/02/2023", "30 février 2023", "31/02", "24/10/24",
    "10/24/2024", "0001-01-01", "3 mai", "jeudi", "hier", "yesterday", "il y a 3 jours",
    "1729771200",
    "printemps 2020", "en 2024 peut-être", "", "?", "Vol. 12", "12:30", "999999999999-01-01",
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), DATES.items())
def test_dates_as_people_write_them(written: str, expected: str) -> None:
    assert parse_date(written) == (expected, None)


@pytest.mark.parametrize("written", NO_DATES)
def test_no_date_is_invented(written: str) -> None:
    value, note = parse_date(written)
    assert value is None
    assert note is not None
    assert written[:60] in note


def test_the_far_future_is_a_slip() -> None:
    today = date.today()  # noqa: DTZ011 - as the code reads it
    assert parse_date(str(today))[0] == str(today)
    assert parse_date(str(today + timedelta(days=800)))[0] is None


@given(st.dates(date(1600, 1, 1), date(2024, 12, 31)))
def test_a_date_comes_back_however_it_is_written(day: date) -> None:
    for written in (f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}"):
        assert parse_date(written)[0] == f"{day:%Y-%m-%d}"
    assert parse_date(f"{day:%Y-%m}")[0] == f"{day:%Y-%m}"


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_not(written: str) -> None:
    value, note = parse_date(written)
    assert (value is None) is (note is not None)
    assert value is None or re.fullmatch(r"\d{4}(-\d\d){0,2}", value)


def test_the_1050_dates_of_real_articles(shared: Path) -> None:
    odd = {
        "1997/1": "1997-01",
        "1999/31": None,  # the number of an issue, no month
        "1999/29": None,
        "08-11-2005": "2005-11-08",
        "2012-06-25-": "2012-06-25",
        "31/01/2009": "2009-01-31",
    }
    count = 0
    for path in sorted((shared / "articles" / "dated").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            written = json.loads(line)["published"]
            if written in odd:
                expected = odd[written]
            else:
                year, month, day = map(int, written.split("-"))
                expected = str(date(year, month, day))
            assert parse_date(written)[0] == expected
            count += 1
    assert count == 1050


@pytest.mark.parametrize(
    ("raw", "header", "body"),
    [
        (" date 2024-10 Washington et Séoul", "2024-10", "Washington et Séoul"),
        ("date 2023-02-14\n\nReuters a rapporté", "2023-02-14", "Reuters a rapporté"),
        ("Date : 24 octobre 2024\n\nTexte", "24 octobre 2024", "Texte"),
        ("date 2024-13 Texte", "2024-13", "Texte"),
        ("La date 2024-10 est connue", None, "La date 2024-10 est connue"),
        ("Date limite : 2024-10", None, "Date limite : 2024-10"),
        ("Date : la fin approche\nTexte", None, "Date : la fin approche\nTexte"),
    ],
)
def test_headers(raw: str, header: str | None, body: str) -> None:
    assert split_header(raw) == (header, body)


def test_where_a_date_was_read_from() -> None:
    raw = RawArticle(BODY, origin="front matter", published="2024-01-02")
    found, note = find_published(raw, "2023", BODY)
    assert (found and found.value, found and found.origin, note) == (
        "2024-01-02", "front matter", None,
    )  # fmt: skip
    found, note = find_published(RawArticle(BODY), "2023", BODY)
    assert (found and found.value, found and found.origin) == ("2023", "header")
    told = f"Un titre\n\nPublié le 24 octobre 2024 à 10h\n\n{BODY}"
    found, note = find_published(RawArticle(told), None, told)
    assert (found and found.value, found and found.origin) == ("2024-10-24", "header")


@pytest.mark.parametrize(
    "text", [BODY, f"Publié par Gallimard\n\n{BODY}", "Le rapport publié le 24 octobre 2024"]
)
def test_no_date_in_the_text_is_that_of_the_article(text: str) -> None:
    assert find_published(RawArticle(text), None, text) == (None, None)


def test_an_impossible_date_is_told_and_the_next_one_counts() -> None:
    found, note = find_published(RawArticle(BODY, published="2024-13"), "2024-10", BODY)
    assert found
    assert found.value == "2024-10"
    found, note = find_published(RawArticle(BODY, published="2024-13"), None, BODY)
    assert found is None
    assert note == "the date '2024-13' cannot be; write it as 2024-10-24"


def test_titles_in_order_of_trust() -> None:
    text = f"Une première ligne\n\n{BODY}"
    given_title = find_title(RawArticle(text, title=" Donné\n deux "), text)
    assert (given_title.value, given_title.origin) == ("Donné deux", "given")
    first = find_title(RawArticle(text), text)
    assert (first.value, first.origin) == ("Une première ligne", "first line")
    guess = find_title(RawArticle(BODY), BODY)
    assert (guess.value, guess.origin) == (BODY, "guess")


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\n\n{BODY}",  # a sentence
        f"Une ligne sans fin\n{BODY}",  # no blank line after it
        f"{'mot ' * 60}\n\n{BODY}",  # too long
        "Une seule ligne",
    ],
)
def test_no_title_but_a_guess(text: str) -> None:
    assert find_title(RawArticle(text), text).origin == "guess"


def test_a_guess_is_the_first_sentence_cut_between_words() -> None:
    text = "Le général M. Dupont a " + "beaucoup " * 20 + "parlé. Fin."
    guess = find_title(RawArticle(text), text).value
    assert guess.endswith(" beaucoup…")
    assert len(guess) <= GUESS_LIMIT + 1
    short = "Une phrase assez longue pour compter. Une autre."
    assert find_title(RawArticle(short), short).value == "Une phrase assez longue pour compter."


@given(st.text(min_size=1, max_size=400).filter(str.strip))
def test_a_guess_is_never_long(text: str) -> None:
    assert len(find_title(RawArticle(text), text).value) <= max(GUESS_LIMIT + 1, 170)


def test_a_repeated_title_goes_only_when_identical() -> None:
    title = Fact("Titre", "first line")
    assert without_title(f"Titre\n\nTitre\n\n{BODY}", title) == BODY
    assert without_title(f"Titre !\n\n{BODY}", title) == f"Titre !\n\n{BODY}"
    assert without_title("Titre", title) == "Titre"
    assert without_title(f"{BODY}\n\n{BODY}", Fact(BODY, "guess")) == f"{BODY}\n\n{BODY}"


def test_only_web_addresses_are_kept() -> None:
    assert find_url(RawArticle(BODY, url="https://exemple.fr/a")) == ("https://exemple.fr/a", None)
    url, note = find_url(RawArticle(BODY, url="javascript:alert(1)"))
    assert url is None
    assert note is not None
    assert "javascript" in note
