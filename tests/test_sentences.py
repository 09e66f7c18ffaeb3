"""Sentence ends by example, in seven languages and beyond; what holds for any text, by property."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentences

# "|" stands where a sentence ends and the next begins.
EXAMPLES = [
    # names, titles, initials, acronyms
    ("fr", "M. Dupont est venu.| Mme. Royer et MM. Petit et Le Goff aussi.| Le Dr. Blanc dort."),
    ("fr", "J.-P. Martin, J. K. Rowling et Ch. Petit ont signé.| George W. Bush non."),
    ("fr", "M. Le Drian et Mgr. Lustiger arrivent à St. Malo."),
    ("fr", "L’O.N.U. et l'U.S. Travel Association votent à l’O.N.U.| Le vote est clos."),
    ("fr", "Puff Daddy, P. Diddy ou Diddy.| Nathaniel P. Morris étudie."),
    ("fr", "Le plan B.| Il échoue."),
    # abbreviations, some only before a figure
    ("fr", "Selon l'art. 5 et la p. 73 du vol. XII (cf. chap. 2), c.-à-d. ici."),
    ("fr", "Des pommes, p. ex. Golden, etc.| Puis des poires, etc. et des noix."),
    ("fr", "Il a pris le vol.| Le lendemain, en janv. 2024, env. 300 morts."),
    ("fr", "Rome, fondée en 753 av. J.-C., dura.| Né en 44 ap. J.-C.| Il mourut."),
    ("fr", "Le p.-d.g. de Cogeco parle."),
    # numbers, units, addresses
    ("fr", "Il y a 3.14 et 10.000 cas, soit 57 %.| 70 % suivent.| Il court 100 m.| Bravo."),
    ("fr", "Voyez www.exemple.fr/?a=b ou jean.petit@exemple.fr.| Booking.com a écrit."),
    ("fr", "1. Le premier point.| 2. Le second."),
    ("fr", "L'article 14 dispose : 1. Le Parlement exerce la fonction."),
    # quotations
    ("fr", "« Quoi ! » a-t-il dit.| « Non\u202f! »\u00a0| Il sort."),
    ("fr", "« Il pleut.| Il neige.| Partons ! », dit-elle."),
    ("fr", 'Il dit "non".| "Oui ?", raconte l\'avocat.| "Bien." a dit Keller.'),
    ("fr", "“La Chine attend.”| «La paix.»| Fin."),
    ("fr", "Il rit (vraiment !) puis part.| (Il revint.)| Fin."),
    # ellipses, missing and superfluous spaces
    ("fr", "Bon… et puis... rien.| Et…| Non ?!| Si..."),
    ("fr", "Voici la maison.|Il entre.| Elle sort .| Il pleut . . .| Oui ."),
    ("fr", "Pourquoi ? demande-t-elle.| Parce que."),
    ("fr", "tout est petit.| rien n'est grand."),
    ("fr", "Une note.[1]| Une autre.[2][3]| Fin."),
    (
        "en",
        "Mr. Smith met Dr. J. K. Lee at 5 p.m. Monday, i.e. late.| He left at 6 p.m.| It rained.",
    ),
    ("en", "The U.S. Senate met.| They left the U.S.| The vote of Sept. 11 vs. No. 5 stands."),
    ("en", "Apple Inc. said no.| It sold Foo Corp.| The price rose to $3.5 m.| OK."),
    ("en", "\"Really?\" he asked.| 'It isn't.'| Yahoo! said the CD's.| News follow."),
    ("en", "He said no.| Then St. Louis and Gen. Lee fell, e.g. in Washington, D.C. yesterday."),
    ("de", "Am 3. Oktober 1990 um 5 Uhr.| Der 2. Weltkrieg war vorbei.| Papst Pius XII. Pacelli."),
    ("de", "Es gab z. B. Äpfel, d. h. Obst, bzw. Birnen usw.| Danach ca. 5 Mio. Euro."),
    (
        "de",
        "Dr. Müller und Hr. Maier, Hauptstr. 5, vgl. Abs. 2 und Nr. 7.| Er kam 1990.| Sie nicht.",
    ),
    ("de", "„Ich komme.“| »Gut.«| Er ging.| »Wirklich?«, fragte sie."),
    ("es", "El Sr. García y la Dra. Ruiz llegaron.| ¿Vienes?| ¡Sí!| En EE. UU. viven, pág. 5."),
    ("es", "D. José, p. ej. Pepe, ganó aprox. 3.000 euros.| Fue en EE.UU.| El resto, etc. no."),
    ("it", "Il sig. Rossi e il dott. Bianchi, cfr. art. 5, ecc.| L'on. Verdi tace."),
    ("it", "Fiat S.p.A. vende.| Ha detto: «Sì.»| Poi è uscito alle 10.30."),
    ("pt", "O Sr. Silva e a Dra. Costa, pág. 7.| O Exmo. Prof. Lima, p. ex. ontem, etc.| Fim."),
    ("nl", "Dhr. Jansen en mevr. De Vries, bijv. op blz. 5, d.w.z. hier.| De rest, enz. later."),
    ("nl", "Prof. dr. Bakker kwam.| Het was 5 mln. euro."),
    # other scripts
    ("zh", "他来了。|他说：“好！”|然后走了。"),
    ("ja", "彼は来た。|「行く。」と言った。|終わり！"),
    ("ar", "هل جاء؟| نعم.| لا."),
    ("hi", "वह आया।| वह गया।"),
    ("ru", "Он родился в 1990 г. в Москве.| А. С. Пушкин писал.| Конец."),
    ("xx", "M. Smith came.| Il est parti."),
]


@pytest.mark.parametrize(("language", "marked"), EXAMPLES)
def test_examples(language: str, marked: str) -> None:
    text = marked.replace("|", "")
    found = [text[start:end] for start, end in sentences(text, language)]
    assert found == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un titre\n\nUn texte. Et un autre", ["Un titre", "Un texte.", "Et un autre"]),
        ("Liste :\n• un ;\n• deux.\nFin", ["Liste :", "• un ;", "• deux.", "Fin"]),
        ("Un titre\nrené parle", ["Un titre", "rené parle"]),
        ("Facebook\u2028Twitter\r\nEmail", ["Facebook", "Twitter", "Email"]),
    ],
)
def test_lines_end_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text, "fr")] == expected


def test_wrapped_lines_do_not() -> None:
    text = (
        "Le président de la République a reçu lundi à Paris les deux\n"
        "premiers ministres de plusieurs pays voisins, dont celui de\n"
        "Belgique. Les discussions ont porté sur la défense commune,\n"
        "sur la monnaie."
    )
    first, second = sentences(text, "fr")
    assert text[slice(*first)].endswith("de\nBelgique.")
    assert text[slice(*second)].endswith("commune,\nsur la monnaie.")


@given(
    st.text() | st.text(alphabet=" \n\u00a0.!?…»«\"')(aAéMJ5,;-。「」、"),
    st.sampled_from(["fr", "de", "zh", ""]),
)
def test_spans_are_in_order_and_cover_all_but_white_space(text: str, language: str) -> None:
    before = 0
    for start, end in sentences(text, language):
        assert not text[before:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        before = end
    assert not text[before:].strip()


@pytest.mark.parametrize(
    "unit", [". ", ".", "a. ", "M. X ", "« ! ", "? » ", "\n", " \n", "-", ") ", "a.A", "z. B. "]
)
def test_time_is_linear(unit: str) -> None:
    def seconds(repeated: int) -> float:
        text = unit * repeated
        start = time.process_time()
        sentences(text, "de")
        return time.process_time() - start

    short, long = seconds(20_000), seconds(80_000)
    assert long < 0.1 or long < short * 4 * 3
