"""What each language abbreviates, and what its sentences begin with: the words behind `sentences`.

"" holds what all languages share. Made by hand from style guides and from the newswire articles.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

# Before a name, or so often inside a sentence that one never ends there.
TITLES = {
    "": "Mr Mrs Ms Dr Prof Mgr Lt Col Gen Capt Sgt Maj Cmdr Adm Sen Rep Gov Rev Hon vs cf approx",
    "fr": "M MM Mme Mmes Mlle Mlles Me Mes Pr Mgr St Ste Sts Cie Gal av ap apr env dép resp éd "
    "tél boul bd pl fg sq conf Ch Ph Th Fr Chr Jos Vve",
    "en": "ca Messrs Mt Ft Supt Insp Pvt Cpl Det Pres Dept Univ Assn Gens Sens Reps Profs e.g i.e",
    "de": "Hr Hrn Fr Frl bzw evtl inkl exkl vgl sog ggf geb gest verh gegr bspw einschl insbes ca "
    "jährl Dipl Ing Mag Kfm Präs Bgm Ges zit zzgl abzgl",
    "es": "Sr Sra Sres Sras Srta D Dª Dña Dra Excmo Excma Ilmo Gral Cnel Cap Tte aprox ej Lic Arq",
    "it": "sig Sig sigg sig.ra Sig.ra dott Dott dott.ssa Dott.ssa avv Avv ing Ing arch on On sen "
    "mons Mons gen col cap ten magg card Card es cfr ca geom rag",
    "pt": "Sr Sra Srs Sras Srta Dra Drª Exmo Exma Profª Eng Des Gal Cel Cap ex aprox Pe",
    "nl": "dhr Dhr mevr Mevr mr mw drs ir ing dr prof bijv bv jhr ds gem resp incl excl ca",
}
# Abbreviations only before a figure: "art. 5", but "Tout est art. Le peintre", "He said no."
NUMBERED = {
    "": "no nos n nr núm nº n° vol vols art arts p pp pg pag pág págs fig figs al § ch chap sec "
    "sect hal blz bd abs jan feb mar apr jun jul aug sep sept oct nov dec ed cap col tel tél",
    "fr": "janv févr fév avr juil déc alin",
    "de": "jän okt dez mrz kap ziff rn bl",
    "es": "ene abr ago dic",
    "it": "gen febbr genn lug ag sett ott dic",
    "pt": "fev abr mai ago set out dez",
    "nl": "mrt okt lid",
}
# At the end of a sentence as often as inside one: what follows decides.
EITHER = {
    "": "Inc Ltd Corp Co Bros Jr Sr St Ave Blvd Rd",
    "fr": "suiv sqq ex",
    "de": "Jh Mio Mrd Mill Tsd Str Nr Std Min Sek Co u.a z.T",
    "es": "Cía EE UU Ud Uds Vd pta ptas",
    "it": "S.p.A S.r.l",
    "pt": "Cia Ltda",
    "nl": "e.d e.a jl jr sr mln mld",
}
# Words that begin a sentence and are no part of a name.
STARTERS = {
    "fr": "Le La Les L' Un Une Des Du Il Elle Ils Elles On Ce C' Cet Cette Ces Cela Ça Je J' Nous "
    "Vous Tu Mais Et Ou Or Donc Car Si S' En Dans Au Aux À A Pour Par Sur Selon Après Avant Depuis "
    "Lors Puis Alors Ainsi Son Sa Ses Leur Leurs Notre Nos Mon Ma Mes D' De Qu' Que Qui Quand "
    "Comme Avec Sans Pourtant Cependant Aujourd' Hier Ne N' Pas Plus Tout Tous Y Même Pendant "
    "Mardi Lundi Mercredi Jeudi Vendredi Samedi Dimanche Aucun Aucune Chaque Certains Plusieurs "
    "Contrairement Parmi Sous Chez Entre Vers Malgré Toutefois Néanmoins Enfin Ensuite Bien Quant",
    "en": "The A An He She It They We I You This That These Those But And Or So If In On At By For "
    "From With As After Before When While Since His Her Its Their Our My There Here What Who Why "
    "How Where Not No Now Then Today Yesterday However Although Though Because Under Over To Both "
    "Some Many Most All Two Three Such Still Yet Also Instead Meanwhile Until According Once One",
    "de": "Der Die Das Den Dem Des Ein Eine Einen Einem Einer Er Sie Es Wir Ihr Ich Man Und Aber "
    "Doch Oder Im In Am An Auf Aus Bei Mit Nach Von Vom Vor Zu Zum Zur Für Durch Über Unter Seit "
    "Dann Danach Damit Dabei Da Dort Hier Heute Gestern Jetzt Nun So Wenn Als Wie Was Wer Wo Nur "
    "Auch Noch Schon Sein Seine Ihre Dieser Diese Dieses Diesem Sonst Trotz Während Zwar Denn "
    "Nicht Kein Keine Alle Viele Zudem Außerdem Allerdings Bis Laut Ob Weil Dass Damals Immer",
    "es": "El La Los Las Un Una Unos Unas Lo Él Ella Ellos Se Su Sus Este Esta Estos Eso Esto Ese "
    "Pero Y O Si En Con Por Para Según Tras Desde Hasta Sin No Ya Así También Cuando Como Al Del "
    "A De Que Quien Hoy Ayer Aunque Además Nos Mi Más Entre Sobre Durante Ante Mientras",
    "it": "Il Lo La I Gli Le L' Un Una Un' Uno Lui Lei Loro Noi Io Si Ma E O Se In Nel Nella Con "
    "Per Da Dal Dalla Secondo Dopo Prima Non Già Così Anche Quando Come Al Alla Del Della Di Che "
    "Chi Oggi Ieri Questo Questa Quello Suo Sua Tra Fra Su Sul A Ci È Era Mentre Poi Però Dunque",
    "pt": "O A Os As Um Uma Ele Ela Eles Elas Nós Eu Se Mas E Ou Em No Na Nos Nas Com Por Para "
    "Segundo Após Desde Até Sem Não Já Assim Também Quando Como Ao À Do Da De Que Quem Hoje Ontem "
    "Embora Este Esta Esse Essa Isso Isto Seu Sua Entre Sobre Durante Depois É Foi Mais Num Numa",
    "nl": "De Het Een Hij Zij Ze Wij We Ik Jij Je Dat Dit Die Deze Maar En Of Als In Op Aan Bij "
    "Met Na Van Voor Door Over Onder Sinds Dan Daarna Daar Hier Vandaag Gisteren Nu Zo Wanneer Hoe "
    "Wat Wie Waar Ook Nog Zijn Haar Hun Er Om Tot Toen Toch Volgens Niet Geen Alle Veel Te Uit",
}
# Ordinals have a full stop, nouns a capital letter, and quotations look like »this«.
GERMAN = {"de", "lb"}


class Words(NamedTuple):
    """The tables of one language; of all, where the language has none."""

    titles: frozenset[str]
    numbered: frozenset[str]  # in lower case
    either: frozenset[str]
    starters: frozenset[str]
    german: bool


@functools.cache
def words(language: str) -> Words:
    """Return the tables for an ISO 639-1 code; titles are case-sensitive."""

    def table(by_language: dict[str, str]) -> frozenset[str]:
        own = [by_language[language]] if language in by_language else by_language.values()
        return frozenset(" ".join([by_language.get("", ""), *own]).split())

    return Words(table(TITLES), table(NUMBERED), table(EITHER), table(STARTERS), language in GERMAN)
