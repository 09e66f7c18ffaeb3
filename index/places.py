"""Names for the same country or institution: "États-Unis", "USA", "Washington", "amerikanisch".

A capital stands for its government, as in the press: "Pyongyang" is North Korea. Knows the names
that news uses most, in seven languages; knows nothing of texts beyond their words.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

# A place begins a line with its mark (ISO 3166 for countries), then come its names: folded, "_"
# between words, "*" where any ending may follow. Function words ("of", "du") are left out, as in
# `words`.
NAMES: Final = """
us etats_unis usa us united_states vereinigte_staaten vereinigten_staaten estados_unidos
   stati_uniti verenigde_staten eeuu americain* american americans americana americane americano
   americanos americanas amerikan* washington maison_blanche white_house weisses_haus
   weissen_haus casa_blanca casa_bianca witte_huis
gb royaume_uni uk united_kingdom vereinigtes_konigreich vereinigten_konigreich reino_unido
   regno_unito verenigd_koninkrijk grande_bretagne great_britain britain grossbritannien
   gran_bretana gran_bretagna gra_bretanha groot_brittannie britanni* british britisch*
   britanic* brits britse londres london londra londen westminster downing_street
fr france frankreich francia franca frankrijk francais* french franzosisch* frances francesa
   franceses francese francesi frans franse paris parigi parijs elysee matignon
de allemagne germany deutschland alemania germania alemanha duitsland allemand* german germans
   deutsch* aleman alemana alemanes alemao alema alemaes tedesc* duits duitse berlin berlino
   berlijn berlim bundesregierung
it italie italy italien italia italien* italian* rome roma rom
es espagne spain spanien espana spagna espanha spanje espagnol* spanish spanisch* espanol*
   spagnol* espanhol* spaans* madrid
pt portugal portogallo portugais* portuguese portugies* portugues* portoghes* portugees*
   lisbonne lisbon lissabon lisboa lisbona
nl pays_bas netherlands niederlande niederlanden paises_bajos paesi_bassi paises_baixos
   nederland neerlandais* hollande holland dutch niederlandisch* holandes* olandes* nederlands*
   haye hague haag
be belgique belgium belgien belgica belgio belgie belge belges belgian belgisch* belga belgas
   belgi
lu luxembourg luxemburg luxemburgo lussemburgo luxembourgeois*
ch suisse switzerland schweiz suiza svizzera suica zwitserland suisses swiss schweizer* suizo*
   svizzer* zwitsers* berne bern berna
at autriche austria osterreich oostenrijk autrichien* austrian* osterreichisch* austriac*
   oostenrijks* vienne vienna wien viena wenen
pl pologne poland polen polonia polonais* polish polnisch* polac* polaco* pools poolse varsovie
   warsaw warschau varsovia varsavia
cz tchequie czechia tschechien chequia cechia tsjechie republique_tcheque czech_republic
   tcheque* czech tschechisch* checo* ceco* prague prag praga praag
sk slovaquie slovakia slowakei eslovaquia slovacchia slowakije slovaque* bratislava
hu hongrie hungary ungarn hungria ungheria hongarije hongrois* hungarian* ungarisch* hungaro*
   ungherese* hongaars* budapest
ro roumanie romania rumanien rumania romenia roemenie roumain* romanian* bucarest bucharest
   bukarest
bg bulgarie bulgaria bulgarien bulgarije bulgare* bulgarian* sofia
gr grece greece griechenland grecia griekenland grec grecs grecque* greek* griechisch* griego*
   athenes athens athen atenas atene athene
ie irlande ireland irland irlanda ierland irlandais* irish irisch* irlandes* dublin
se suede sweden schweden suecia svezia zweden suedois* swedish schwedisch* sueco* svedes*
   zweeds* stockholm estocolmo stoccolma
no norvege norway norwegen noruega norvegia noorwegen norvegien* norwegian* norwegisch* noruego*
   oslo
dk danemark denmark dinamarca danimarca denemarken danois* danish danisch* danes* copenhague
   copenhagen kopenhagen copenaghen
fi finlande finland finnland finlandia finlandais* finnish finnisch* finlandes* helsinki
ru russie russia russland rusia rusland russe* russian* russisch* ruso rusa rusos rusas russo
   russa russi russos moscou moscow moskau moscu mosca moscovo kremlin kreml cremlino
ua ukraine ucrania ucraina oekraine ukrainien* ukrainian* ukrainisch* ucranian* ucrain*
   oekraiens* kiev kyiv kiew kyjiw
by bielorussie belarus bielorrusia bielorussia wit_rusland weissrussland bielorusse* belarusian*
   minsk
tr turquie turkey turkiye turkei turquia turchia turkije turc turcs turque* turkish turkisch*
   turco turca turcos turche turchi turks turkse ankara
sy syrie syria syrien siria syrien* syrian* syrisch* sirio* siria* damas damascus damaskus
   damasco
iq irak iraq iraque irakien* iraqi* irakisch* iraqui* iraken* bagdad baghdad
ir iran ira iranien* iranian* iranisch* irani teheran tehran
il israel israele israelien* israeli* israelisch* tel_aviv jerusalem
ps palestine palestina palastina palestinien* palestinian* palastinens* palestin* ramallah
lb liban lebanon libanon libano libanais* lebanese libanesisch* libanes* beyrouth beirut beirute
jo jordanie jordanien jordania giordania jordanien* jordanian* amman
sa arabie_saoudite saudi_arabia saudi_arabien arabia_saudi arabia_saudita saoedi_arabie
   saoudien* saudi saudis riyad riyadh riad
ae emirats_arabes united_arab_emirates arabische_emirate emiratos_arabes emirati_arabi
   verenigde_arabische emirati* abou_dabi abu_dhabi
qa qatar katar catar qatari* doha
ye yemen jemen iemen yemenit* jemenit* sanaa
eg egypte egypt agypten egipto egitto egito egyptien* egyptian* agyptisch* egipci* egizian*
   caire cairo kairo
ly libye libya libyen libia libie libyen* libyan* tripoli
tn tunisie tunisia tunesien tunez tunesie tunisien* tunisian* tunesisch* tunis
dz algerie algeria algerien argelia algerije algerien* algerian* alger algiers algier argel
   algeri
ma maroc morocco marokko marruecos marocco marrocos marocain* moroccan* marokkanisch* marroqui*
   rabat
sn senegal senegalais* senegalese dakar
ml mali malien* malian* bamako
ne niger nigerien nigeriens niamey
ng nigeria nigerian nigerians abuja
ci cote_ivoire ivory_coast elfenbeinkuste costa_marfil costa_avorio ivoorkust ivoirien* abidjan
cd republique_democratique_congo congo_kinshasa congolais* congolese kinshasa
rw rwanda ruanda rwandais* rwandan* kigali
et ethiopie ethiopia athiopien etiopia ethiopien* ethiopian* addis_abeba addis_ababa
so somalie somalia somalien* somali* mogadiscio mogadishu
sd soudan sudan sudao soedan soudanais* sudanese khartoum
ke kenya kenia quenia kenyan* nairobi
za afrique_sud south_africa sudafrika sudafrica africa_sul zuid_afrika sud_africain*
   south_african* sudafrikanisch* pretoria
cn chine china cina chinois* chinese chinesisch* chino china chinos cinese cinesi chines
   chineses pekin beijing peking pequim pechino
hk hong_kong hongkong hongkongais*
tw taiwan taiwanais* taiwanese taipei
jp japon japan giappone japao japonais* japanese japanisch* japones* giapponese* japans* tokyo
   tokio toquio
kr coree_sud south_korea sudkorea corea_sur corea_sud coreia_sul zuid_korea sud_coreen*
   south_korean* sudkoreanisch* surcorean* sudcorean* sul_corean* zuid_koreaans* seoul seul
kp coree_nord north_korea nordkorea corea_norte corea_nord coreia_norte noord_korea nord_coreen*
   north_korean* nordkoreanisch* norcorean* nordcorean* norte_corean* noord_koreaans* pyongyang
   pjongjang
in inde india indien indien* indian* indisch* new_delhi neu_delhi nouvelle_delhi
pk pakistan paquistao pakistanais* pakistani* islamabad
af afghanistan afganistan afeganistao afghan* kaboul kabul
bd bangladesh bangladesch dacca dhaka
id indonesie indonesia indonesien indonesien* indonesian* indonesisch* jakarta djakarta
th thailande thailand tailandia thailandia thailandais* thai bangkok
vn vietnam viet_nam vietna vietnamien* vietnamese hanoi
ph philippines philippinen filipinas filippine filipijnen philippin* filipino* manille manila
mm myanmar birmanie burma birmania birman* burmese naypyidaw
my malaisie malaysia malasia maleisie malaisien* kuala_lumpur
au australie australia australien australien* australian* australisch* canberra
nz nouvelle_zelande new_zealand neuseeland nueva_zelanda nuova_zelanda nova_zelandia
   nieuw_zeeland neo_zelandais* wellington
ca canada kanada canadien* canadian* kanadisch* canadiens* ottawa
mx mexique mexico mexiko messico mexicain* mexican* mexikanisch* messican*
br bresil brazil brasilien brasil brasile brazilie bresilien* brazilian* brasilianisch* brasile*
   brasilia
ar argentine argentina argentinien argentin* buenos_aires
cl chili chile cile chilien* chilean* chilenisch* santiago
co colombie colombia kolumbien colombien* colombian* bogota
ve venezuela venezuelien* venezuelan* caracas
pe perou peru peruvien* peruvian* lima
cu cuba kuba cubain* cuban* havane havana
ht haiti haitien* haitian* port_prince
rs serbie serbia serbien servia servie serbe* serbian* belgrade belgrad belgrado
hr croatie croatia kroatien croacia croazia kroatie croate* croatian* zagreb
xk kosovo kosovar*
am armenie armenia armenien armenien* armenian* erevan yerevan
az azerbaidjan azerbaijan aserbaidschan azerbaiyan azerbaigian azerbaijao azerbeidzjan bakou
   baku
eu union_europeenne ue european_union eu europaische_union europaischen_union union_europea
   unione_europea uniao_europeia europese_unie
un nations_unies onu un united_nations vereinte_nationen vereinten_nationen naciones_unidas
   nazioni_unite nacoes_unidas verenigde_naties vn
nato otan nato alliance_atlantique atlantic_alliance
imf fmi imf fonds_monetaire_international international_monetary_fund wahrungsfonds
   fondo_monetario fundo_monetario iwf
who oms who organisation_mondiale_sante world_health_organization world_health_organisation
   weltgesundheitsorganisation
ecb bce ecb ezb banque_centrale_europeenne european_central_bank europaische_zentralbank
   europaischen_zentralbank
hiv vih hiv
aids sida aids
"""
# The marks above that are no country.
INSTITUTIONS: Final = frozenset({"@eu", "@un", "@nato", "@imf", "@who", "@ecb", "@hiv", "@aids"})


def marks(folded: Sequence[str]) -> list[str | None]:
    """For each word of a text, the mark of the place that it names, alone or with those beside it.

    The longest name counts: "corée du nord" is North Korea.

    :param folded: the words in lower case, without accents, in order
    """
    found: list[str | None] = [None] * len(folded)
    at = 0
    whole, endless = _names()
    while at < len(folded):
        first = folded[at]
        length = 1
        if first in whole or first[:_KEY] in endless:
            mark, length = _name_at(folded, at)
            found[at : at + length] = [mark] * length
        at += length
    return found


def _name_at(folded: Sequence[str], at: int) -> tuple[str | None, int]:
    whole, endless = _names()
    for words, mark in whole.get(folded[at], ()):
        if tuple(folded[at : at + len(words)]) == words:
            return mark, len(words)
    for words, mark in endless.get(folded[at][:_KEY], ()):
        some = folded[at : at + len(words)]
        if (
            len(some) == len(words)
            and some[-1].startswith(words[-1])
            and tuple(some[:-1]) == words[:-1]
        ):
            return mark, len(words)
    return None, 1


_KEY: Final = 3  # letters by which the names with any ending are looked up; the shortest has three
_Names = dict[str, list[tuple[tuple[str, ...], str]]]


@lru_cache(maxsize=1)
def _names() -> tuple[_Names, _Names]:
    """Whole names by first word, those with any ending by its first letters; longest first."""
    whole: _Names = defaultdict(list)
    endless: _Names = defaultdict(list)
    for line in NAMES.strip().replace("\n ", " ").splitlines():
        mark, *names = line.split()
        for name in names:
            words = tuple(name.rstrip("*").split("_"))
            table, key = (endless, words[0][:_KEY]) if name[-1] == "*" else (whole, words[0])
            table[key].append((words, f"@{mark}"))
    for table in (whole, endless):
        for some in table.values():
            some.sort(key=lambda entry: -len(entry[0]))
    return dict(whole), dict(endless)
