"""Countries, powers and cities that languages name differently: one key for all their names.

A line: names of the place; words made of it (stems, any ending); its capital, which stands for it.
Directions are part of the name: "Corée du Nord" and "Corée du Sud" share no key. Made by hand.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from rag.folding import folded

_TABLE: Final = """
Corée du Nord, North Korea, Nordkorea, Corea del Norte, Corea del Nord, Coreia do Norte, Noord-Korea; nord-coréen, nord-corean, north korean, nordkorean, norcorean, norte-corean; Pyongyang
Corée du Sud, South Korea, Südkorea, Corea del Sur, Corea del Sud, Coreia do Sul, Zuid-Korea; sud-coréen, sud-corean, south korean, südkorean, surcorean, sul-corean; Séoul, Seoul, Seúl
France, Frankreich, Francia, França, Frankrijk; français, french, französ, francés, frances
Allemagne, Germany, Deutschland, Alemania, Germania, Alemanha, Duitsland; allemand, german, deutsch, alemán, tedesc, alemã; Berlin
Royaume-Uni, United Kingdom, UK, Grande-Bretagne, Great Britain, Britain, Großbritannien, Reino Unido, Regno Unito; britanni, british; Londres, London, Londra
États-Unis, Etats-Unis, United States, USA, US, U.S, Amérique, America, Vereinigte Staaten, Vereinigten Staaten, Estados Unidos, Stati Uniti, Verenigde Staten, EE.UU; américain, american, amerikan, estadounidens; Washington
Espagne, Spain, Spanien, España, Spagna, Espanha, Spanje; espagnol, spanish, spaniard, spanisch, español; Madrid
Italie, Italy, Italien, Italia, Itália; italien, italian; Rome, Roma
Portugal, Portogallo; portugais, portugues; Lisbonne, Lisbon, Lisboa
Belgique, Belgium, Belgien, Bélgica, Belgio, België; belge, belgian, belgisch
Pays-Bas, Netherlands, Niederlande, Países Bajos, Paesi Bassi, Nederland; néerlandais, dutch, niederländ, neerland; La Haye, The Hague
Suisse, Switzerland, Schweiz, Suiza, Svizzera, Suíça; suisse, swiss, schweiz; Berne
Autriche, Austria, Österreich; autrichien, austrian, österreich; Vienne, Vienna, Wien
Luxembourg, Luxemburg; luxembourgeois
Irlande, Ireland, Irland, Irlanda; irlandais, irish; Dublin
Danemark, Denmark, Dänemark, Dinamarca, Danimarca; danois, danish, dänisch; Copenhague, Copenhagen
Suède, Sweden, Schweden, Suecia, Svezia; suédois, swedish, swede, schwedisch; Stockholm
Norvège, Norway, Norwegen, Noruega, Norvegia; norvégien, norwegian, norwegisch; Oslo
Finlande, Finland, Finnland, Finlandia; finlandais, finnois, finnish, finn; Helsinki
Islande, Iceland, Island, Islandia; islandais, icelandic
Pologne, Poland, Polen, Polonia; polonais, polish, polnisch; Varsovie, Warsaw, Warschau
Tchéquie, République tchèque, Czech Republic, Czechia, Tschechien; tchèque, czech; Prague
Slovaquie, Slovakia, Slowakei; slovaque, slovak; Bratislava
Hongrie, Hungary, Ungarn, Hungría, Ungheria; hongrois, hungarian, ungarisch; Budapest
Roumanie, Romania, Rumänien, Rumanía; roumain, romanian; Bucarest, Bucharest
Bulgarie, Bulgaria, Bulgarien; bulgare, bulgarian; Sofia
Grèce, Greece, Griechenland, Grecia; grec, grecque, greek, griechisch; Athènes, Athens
Serbie, Serbia, Serbien; serbe, serbian, serb; Belgrade
Croatie, Croatia, Kroatien; croate, croatian; Zagreb
Bosnie, Bosnia, Bosnien; bosnien, bosnian; Sarajevo
Kosovo; kosovar; Pristina
Estonie, Estonia, Estland; estonien, estonian; Tallinn
Lettonie, Latvia, Lettland; letton, latvian; Riga
Lituanie, Lithuania, Litauen; lituanien, lithuanian; Vilnius
Ukraine, Ucrania, Ucraina, Oekraïne; ukrainien, ukrainian, ukrainisch, ucrani; Kiev, Kyiv, Kiew
Russie, Russia, Russland, Rusia, Rússia, Rusland; russe, russian, russisch, ruso, rusa; Moscou, Moscow, Moskau, Moscú, Mosca, Kremlin, Kreml
Biélorussie, Bélarus, Belarus, Weißrussland; biélorusse, belarusian; Minsk
Géorgie, Georgia, Georgien; géorgien, georgian; Tbilissi, Tbilisi
Arménie, Armenia, Armenien; arménien, armenian; Erevan, Yerevan
Azerbaïdjan, Azerbaijan, Aserbaidschan; azerbaïdjanais, azéri, azerbaijani; Bakou, Baku
Turquie, Turkey, Türkei, Turquía, Turchia, Türkiye; turc, turque, turkish, turk, türkisch; Ankara
Chine, China, Cina; chinois, chinese, chinesisch, chino, cinese; Pékin, Beijing, Peking, Pechino
Taïwan, Taiwan; taïwanais, taiwanais, taiwanese, taiwanisch; Taipei, Taïpei
Hong Kong, Hongkong; hongkongais
Japon, Japan, Japón, Giappone, Japão; japonais, japanese, japanisch, japones, giapponese; Tokyo, Tokio
Inde, India, Indien; indien, indian; New Delhi
Pakistan; pakistanais, pakistani; Islamabad
Afghanistan; afghan; Kaboul, Kabul
Bangladesh; bangladais, bangladeshi
Birmanie, Myanmar, Burma; birman, burmese
Thaïlande, Thailand; thaïlandais, thai; Bangkok
Vietnam, Viêt Nam; vietnamien, vietnamese; Hanoï, Hanoi
Philippines, Philippinen, Filipinas; philippin, filipino; Manille, Manila
Indonésie, Indonesia, Indonesien; indonésien, indonesian; Jakarta
Malaisie, Malaysia; malaisien, malaysian
Singapour, Singapore, Singapur; singapourien, singaporean
Mongolie, Mongolia; mongol
Australie, Australia, Australien; australien, australian; Canberra
Nouvelle-Zélande, New Zealand, Neuseeland; néo-zélandais, new zealander
Israël, Israel; israélien, israeli; Jérusalem, Jerusalem, Tel-Aviv
Palestine, Palestina; palestinien, palestinian
Liban, Lebanon, Libanon, Líbano; libanais, lebanese; Beyrouth, Beirut
Syrie, Syria, Syrien, Siria; syrien, syrian; Damas, Damascus
Irak, Iraq; irakien, iraqi, irakisch; Bagdad, Baghdad
Iran; iranien, iranian, iranisch; Téhéran, Tehran, Teheran
Arabie saoudite, Saudi Arabia, Saudi-Arabien; saoudien, saudi; Riyad, Riyadh
Émirats arabes unis, Emirats arabes unis, United Arab Emirates, UAE; émirati, emirati
Qatar, Katar; qatari, qatarien; Doha
Koweït, Kuwait; koweïtien, kuwaiti
Yémen, Yemen, Jemen; yéménite, yemeni; Sanaa
Jordanie, Jordan, Jordanien; jordanien, jordanian; Amman
Égypte, Egypte, Egypt, Ägypten, Egipto, Egitto; égyptien, egyptian; Le Caire, Cairo
Libye, Libya, Libyen; libyen, libyan; Tripoli
Tunisie, Tunisia, Tunesien; tunisien, tunisian; Tunis
Algérie, Algeria, Algerien, Argelia; algérien, algerian; Alger, Algiers
Maroc, Morocco, Marokko, Marruecos; marocain, moroccan; Rabat
Mali; malien, malian; Bamako
Niger; nigérien, nigerien; Niamey
Nigeria, Nigéria; nigérian, nigerian; Abuja
Burkina Faso; burkinabè, burkinabé; Ouagadougou
Sénégal, Senegal; sénégalais, senegalese; Dakar
Côte d'Ivoire, Ivory Coast; ivoirien, ivorian; Abidjan
Tchad, Chad, Tschad; tchadien, chadian
Soudan du Sud, South Sudan, Südsudan; sud-soudanais, south sudanese
Soudan, Sudan; soudanais, sudanese; Khartoum
Éthiopie, Ethiopie, Ethiopia, Äthiopien; éthiopien, ethiopian; Addis-Abeba
Kenya, Kenia; kényan, kenyan; Nairobi
Rwanda, Ruanda; rwandais, rwandan; Kigali
Congo, Kongo; congolais, congolese; Kinshasa
Afrique du Sud, South Africa, Südafrika, Sudáfrica; sud-africain, south african; Pretoria
Canada, Kanada; canadien, canadian; Ottawa
Mexique, Mexico, Mexiko, México, Messico; mexicain, mexican
Cuba, Kuba; cubain, cuban; La Havane, Havana
Haïti, Haiti; haïtien, haitian
Venezuela; vénézuélien, venezuelan; Caracas
Colombie, Colombia, Kolumbien; colombien, colombian; Bogota
Brésil, Brazil, Brasilien, Brasil, Brasile; brésilien, brazilian; Brasilia
Argentine, Argentina, Argentinien; argentin, argentinian; Buenos Aires
Chili, Chile; chilien, chilean
Pérou, Peru, Perú; péruvien, peruvian
Union européenne, European Union, UE, EU, Europäische Union, Unión Europea, Unione europea; ; Bruxelles, Brussels, Brüssel
Europe, Europa; européen, european, europäisch, europe
Afrique, Africa, Afrika, África; africain, african
Asie, Asia, Asien; asiatique, asian
OTAN, NATO, Alliance atlantique, Atlantic Alliance, Alliance
ONU, UN, Nations unies, United Nations, Vereinte Nationen, Vereinten Nationen, Naciones Unidas, Nazioni Unite
Pentagone, Pentagon
Maison Blanche, Maison-Blanche, White House, Weißes Haus, Weiße Haus
Koursk, Kursk
Genève, Geneva, Genf
Crimée, Crimea, Krim
Cisjordanie, West Bank
mer Noire, Black Sea
mer Rouge, Red Sea
mer de Chine méridionale, South China Sea
mer de l'Est, mer du Japon, East Sea, Sea of Japan
Hawaï, Hawaii
PIB, GDP, BIP, produit intérieur brut, gross domestic product
"""  # noqa: E501 - a line a place
ACRONYM: Final = 3  # letters of the longest name that is written in capitals only: "UN", not "Un"
_LIES = re.compile(r"(?:\b(?:a|in|at|vers|from|depuis|near|pres de|en|nach|aus)\s|\bd'|^a\s)$")
ENDING: Final = r"[a-z]{0,4}"  # of a word made of a place's name


class Place(NamedTuple):
    """A place named in a text; a capital that acts, rather than lies somewhere, is its country."""

    start: int
    end: int
    key: str
    country: str | None = None


class _Form(NamedTuple):
    key: str
    country: str | None = None


def places_in(text: str) -> list[Place]:
    """The places that a text names, in order; of names within names the longest."""
    plain = folded(text)
    pattern, forms = _forms()
    found = []
    for match in pattern.finditer(plain):
        written = match[0] if match[1] is None else text[match.start() : match.end()]
        if match[1] in _CAPITAL and written.islower():
            continue
        if match[1] and len(match[1]) <= ACRONYM and not written.isupper():
            continue
        form = forms[match[1] or match[2]]
        lies = form.country and _LIES.search(plain, 0, match.start())
        country = None if lies else form.country
        found.append(Place(match.start(), match.end(), form.key, country))
    return found


# Written small, these are other words.
_CAPITAL: Final = frozenset(
    {"us", "un", "ue", "eu", "alliance", "niger", "nato", "onu", "chad", "jordan"}
)


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], dict[str, _Form]]:
    """One pattern for all names (group 1) and words made of them (group 2); form -> what it is."""
    names: dict[str, _Form] = {}
    words: dict[str, _Form] = {}
    for line in _TABLE.strip().splitlines():
        own, made, called = ([*line.split(";"), "", ""])[:3]
        key = own.partition(",")[0].strip()
        names |= {folded(name.strip()): _Form(key) for name in own.split(",")}
        words |= {folded(word.strip()): _Form(key) for word in made.split(",") if word.strip()}
        seats = [folded(seat.strip()) for seat in called.split(",") if seat.strip()]
        for seat in seats:
            same = next((s for s in seats if s[:2] == seat[:2]), seat)  # "Moscou", "Moscow"
            names[seat] = _Form(same, key)
    exact = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    stems = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    pattern = re.compile(rf"\b(?:({exact})(?![\w])|({stems}){ENDING}\b)")
    return pattern, words | names
