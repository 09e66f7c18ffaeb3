"""What stands around dates in seven languages, "depuis", "dernier", "il y a", as patterns.

In lower case and without accents, as `rag.dates.named` reads them. The names of months and days
come from `index.calendar`. A language that is not here has its months, days and years understood.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class DateWords:
    """Alternatives of regular expressions; `seasons` are from spring to winter."""

    inside: str  # before a date that something happened in
    since: str
    until: str
    between: str
    joint: str  # between two dates after `between`
    origin: str  # before the first date of "de 2019 à 2021"
    towards: str  # before its second
    last: str
    following: str
    this: str
    ago_before: str
    ago_after: str
    of: str
    year: str  # before a year's figures
    quantity: str  # before figures that are no year
    habit: str  # before a day that comes again and again
    ordinals: tuple[str, str, str, str]
    quarter: str
    half: str
    seasons: tuple[str, str, str, str]
    decade: str  # before its figures
    weekend: str
    relative: dict[str, tuple[int, str]]  # beside those of CLDR
    future: str  # of verbs, in lower case with their accents, as the next
    present: str  # of verbs: what is or was


FRENCH: Final = DateWords(
    inside="en|durant|pendant|courant|debut|fin|mi|ete|l'an|annee|annees|rentree|depuis|avant|apres",
    since="depuis(?: le| la| l'| les)?(?: debut| fin)?(?: de)?|a (?:partir|compter) d(?:u|e|')|"
    "apres(?: le| l')?(?: debut| fin)?",
    until="avant(?: le| la| l')?(?: debut| fin)?|jusqu'(?:en|au|a)(?: la)?(?: debut| fin)?|"
    "d'ici(?: a)?",
    between="entre(?: le| l')?(?: debut| fin)?",
    joint="et(?: le| l')?(?: debut| fin)?",
    origin="d(?:e|u|')",
    towards="a|au|jusqu'(?:en|au|a)",
    last="derniers?|dernieres?|passee?s?|ecoulee?s?",
    following="prochaine?s?",
    this="ce|cet|cette|ces",
    ago_before="il y a|voici|voila",
    ago_after="(?!)",
    of="de l'annee|de l'an|d(?:e|u|')",
    year="annee|an|l'an",
    quantity="environ|pres de|plus de|moins de|quelque|quelques|presque|numero|n°|article|loi|les|"
    "ces|au moins|au plus|pour|agenda|horizon|vision|plan|objectif|windows|strategie|route|"
    "seulement",
    habit="le|les|chaque|tous les|toutes les",
    ordinals=("premier|1er|1ere", "deuxieme|second|2e|2eme", "troisieme|3e|3eme",
              "quatrieme|dernier|4e|4eme"),
    quarter="trimestre",
    half="semestre",
    seasons=("printemps", "ete", "automne", "hiver"),
    decade="(?:les )?annees",
    weekend="week-?end|fin de semaine",
    relative={
        "hier soir": (-1, "day"), "hier matin": (-1, "day"), "ce matin": (0, "day"),
        "ce soir": (0, "day"), "cette nuit": (0, "day"), "la nuit derniere": (-1, "day"),
        "ce mois": (0, "month"), "cet an": (0, "year"), "demain": (1, "day"),
    },
    future=r"[a-zàâçéèêëîïôûù]+(?:era|eront|ira|iront|oudra|oudront|endra|endront|evra|evront|"
    r"ourra|ourront|aura|auront|verra|verront)",
    present=r"a|ont|avait|avaient|est|sont|était|étaient|fut|furent|aurait|auraient",
)  # fmt: skip
ENGLISH: Final = DateWords(
    inside="in|during|early|late|mid|by|since|until|till|before|after|of|from|on|as of|season|year|"
    "last|next|this|every|end of|between|and|to|summer|winter|spring|autumn|fall",
    since="since(?: the)?(?: early| late)?|after(?: the)?|as of|starting(?: in| on)?",
    until="before(?: the)?|until(?: the)?|till|up to|by(?: the)?(?: end of)?|prior to",
    between="between",
    joint="and",
    origin="from",
    towards="to|until|till|through",
    last="last|past",
    following="next|coming",
    this="this|these|the",
    ago_before="(?!)",
    ago_after="ago|earlier|back",
    of="of the year|of|,|in",
    year="year",
    quantity="about|around|some|nearly|almost|over|than|least|most|under|only|agenda|horizon|vision|"
    "plan|windows|number|no|article|section|page|room|strategy|exactly|approximately|roughly|up to",
    habit="every|each|on the",
    ordinals=("first|1st", "second|2nd", "third|3rd", "fourth|last|4th"),
    quarter="quarter",
    half="half",
    seasons=("spring", "summer", "autumn|fall", "winter"),
    decade="(?!)",
    weekend="weekend",
    relative={
        "last night": (-1, "day"), "tonight": (0, "day"), "this morning": (0, "day"),
        "this evening": (0, "day"), "the day before yesterday": (-2, "day"),
        "yesterday evening": (-1, "day"), "tomorrow": (1, "day"),
    },
    future=r"will|shall|is to|are to|is due|are due|is set|are set|going to|"
    r"is expected|are expected",
    present=r"was|were|has|had|have|did|said|told|is|are|\w+ed",
)  # fmt: skip
GERMAN: Final = DateWords(
    inside="im|in|am|seit|bis|ab|vor|nach|ende|anfang|mitte|jahr|jahre|des|fur",
    since="seit(?: dem| der)?(?: anfang| ende)?|ab(?: dem)?|nach(?: dem)?",
    until="bis(?: zum| zur)?(?: ende| anfang)?|vor(?: dem)?",
    between="zwischen(?: dem)?",
    joint="und(?: dem)?",
    origin="vom|von",
    towards="bis(?: zum)?",
    last="letzte[nrsm]?|vergangene[nrsm]?|vorige[nrsm]?|vorletzte[nrsm]?",
    following="nachste[nrsm]?|kommende[nrsm]?",
    this="diese[nrsm]?|den|der|die|das",
    ago_before="vor",
    ago_after="(?!)",
    of="des jahres|des|vom|im jahre?|im",
    year="jahr|jahre|jahres",
    quantity="etwa|rund|fast|uber|als|nur|mindestens|hochstens|agenda|horizont|nummer|artikel|knapp|"
    "circa|ca|plan|windows|seite",
    habit="jede[nr]?",
    ordinals=("ersten?s?|1\\.", "zweiten?s?|2\\.", "dritten?s?|3\\.", "vierten?s?|letzten?|4\\."),
    quarter="quartals?",
    half="halbjahre?s?|jahreshalfte",
    seasons=("fruhling|fruhjahr", "sommer", "herbst", "winter"),
    decade="(?!)",
    weekend="wochenende",
    relative={
        "gestern abend": (-1, "day"), "heute abend": (0, "day"), "heute morgen": (0, "day"),
        "heute fruh": (0, "day"), "gestern": (-1, "day"),
    },
    future=r"wird|werden|soll|sollen",
    present=r"hat|haben|hatte|hatten|war|waren|wurde|wurden|ist|sind|sagte",
)  # fmt: skip
SPANISH: Final = DateWords(
    inside="en|durante|desde|hasta|antes de|despues de|a finales de|a principios de|ano|el ano",
    since="desde(?: el| la)?(?: ano)?|a partir del?|tras(?: el)?|despues del?",
    until="antes del?|hasta(?: el| la)?(?: ano)?",
    between="entre(?: el| la)?",
    joint="y(?: el)?",
    origin="del?",
    towards="al?|hasta(?: el)?",
    last="pasad[oa]s?|ultim[oa]s?|anterior(?:es)?",
    following="proxim[oa]s?|que viene",
    this="este|esta|estos|estas|los|las|el|la",
    ago_before="hace|hacia",
    ago_after="atras",
    of="del ano|del?",
    year="ano",
    quantity="unos|unas|casi|mas de|menos de|cerca de|alrededor de|los|las|agenda|horizonte|numero|"
    "articulo|ley|plan|solo|aproximadamente|windows",
    habit="cada|todos los|los",
    ordinals=("primer|primero|1er", "segundo|2o", "tercer|tercero|3er", "cuarto|ultimo|4o"),
    quarter="trimestre",
    half="semestre",
    seasons=("primavera", "verano", "otono", "invierno"),
    decade="(?:los )?anos|la decada de(?: los)?",
    weekend="fin de semana",
    relative={
        "anoche": (-1, "day"), "antier": (-2, "day"), "esta manana": (0, "day"),
        "esta noche": (0, "day"), "el ano pasado": (-1, "year"),
    },
    future=r"[a-zñáéíóúü]+(?:ará|arán|erá|erán|irá|irán|drá|drán|brá|brán)",
    present=r"ha|han|fue|fueron|era|eran|es|está|\w+ó|\w+aron|\w+ieron",
)  # fmt: skip
ITALIAN: Final = DateWords(
    inside="in|nel|nell'|durante|dal|da|fino al|prima del|dopo il|a|di|anno|fine|inizio",
    since="dal(?:l')?|a partire dal?(?:l')?|dopo(?: il| l')?|da",
    until="prima del(?:l')?|fino (?:al?|all')|entro(?: il| l')?",
    between="(?:tra|fra)(?: il| l')?",
    joint="e(?: il| l')?",
    origin="dal(?:l')?|da",
    towards="al(?:l')?|a|fino al",
    last="scors[oaie]|ultim[oaie]|passat[oaie]",
    following="prossim[oaie]",
    this="quest[oaie]|quest'|gli|le|i|il|la|l'|negli|nelle|nei",
    ago_before="(?!)",
    ago_after="fa",
    of="dell'anno|del(?:l')?|di|d'",
    year="anno",
    quantity="circa|quasi|oltre|piu di|meno di|almeno|i|gli|le|agenda|orizzonte|numero|articolo|"
    "legge|solo|piano|windows",
    habit="ogni|tutti i|tutte le|il|la",
    ordinals=("primo|1°", "secondo|2°", "terzo|3°", "quarto|ultimo|4°"),
    quarter="trimestre",
    half="semestre",
    seasons=("primavera", "estate", "autunno", "inverno"),
    decade="(?:gli )?anni",
    weekend="fine settimana|weekend",
    relative={
        "ieri sera": (-1, "day"), "stamattina": (0, "day"), "stasera": (0, "day"),
        "l'altro ieri": (-2, "day"), "dopodomani": (2, "day"), "stanotte": (0, "day"),
    },
    future=r"[a-zàèéìòù]+(?:erà|eranno|irà|iranno|drà|dranno|vrà|vranno|trà|tranno)|sarà|saranno",
    present=r"ha|hanno|è|sono|era|erano|fu|furono|aveva|avevano",
)  # fmt: skip
PORTUGUESE: Final = DateWords(
    inside="em|no|na|durante|desde|ate|antes de|depois de|ano|de|fim de|inicio de",
    since="desde(?: o| a)?|a partir d[eoa]|apos(?: o| a)?|depois d[eoa]",
    until="antes d[eoa]|ate(?: o| a| ao)?",
    between="entre(?: o| a)?",
    joint="e(?: o| a)?",
    origin="d[eoa]",
    towards="a|ao|ate(?: ao| o)?",
    last="passad[oa]s?|ultim[oa]s?",
    following="proxim[oa]s?|que vem",
    this="este|esta|estes|estas|neste|nesta|nestes|nestas|os|as|o|a|nos|nas",
    ago_before="ha",
    ago_after="atras",
    of="do ano de|do ano|d[eoa]",
    year="ano|ano de",
    quantity="cerca de|quase|mais de|menos de|uns|umas|os|as|agenda|horizonte|numero|artigo|lei|"
    "plano|apenas|aproximadamente|windows",
    habit="cada|todos os|todas as|aos|as",
    ordinals=("primeiro|1o", "segundo|2o", "terceiro|3o", "quarto|ultimo|4o"),
    quarter="trimestre",
    half="semestre",
    seasons=("primavera", "verao", "outono", "inverno"),
    decade="(?:os )?anos",
    weekend="fim de semana",
    relative={
        "ontem a noite": (-1, "day"), "esta manha": (0, "day"), "esta noite": (0, "day"),
        "depois de amanha": (2, "day"),
    },
    future=r"[a-zãâáàçéêíóôõú]+(?:ará|arão|erá|erão|irá|irão|drá|drão)|será|serão",
    present=r"foi|foram|era|eram|é|está|tinha|\w+ou|\w+eu|\w+iu|\w+aram",
)  # fmt: skip
DUTCH: Final = DateWords(
    inside="in|sinds|tot|voor|na|eind|begin|medio|jaar|op|vanaf|tijdens|van",
    since="sinds(?: het| de)?(?: begin| eind)?|vanaf|na",
    until="voor|tot(?: en met)?(?: het| de)?(?: eind| begin)?",
    between="tussen",
    joint="en",
    origin="van",
    towards="tot(?: en met)?|t/m",
    last="vorige?|afgelopen|laatste|voorbije",
    following="volgende?|komende?",
    this="deze|dit|de|het",
    ago_before="(?!)",
    ago_after="geleden",
    of="van het jaar|van|in",
    year="jaar",
    quantity="ongeveer|bijna|ruim|meer dan|minder dan|zo'n|circa|slechts|agenda|nummer|artikel|"
    "plan|windows|horizon",
    habit="elke|iedere",
    ordinals=("eerste|1e", "tweede|2e", "derde|3e", "vierde|laatste|4e"),
    quarter="kwartaal",
    half="halfjaar|helft",
    seasons=("lente|voorjaar", "zomer", "herfst|najaar", "winter"),
    decade="(?:de )?jaren",
    weekend="weekend|weekeinde",
    relative={
        "gisteravond": (-1, "day"), "vanavond": (0, "day"), "vanmorgen": (0, "day"),
        "vannacht": (0, "day"), "vanochtend": (0, "day"),
    },
    future=r"zal|zullen|gaat|gaan|wordt|worden",
    present=r"heeft|hebben|had|hadden|was|waren|werd|werden|is|zijn|zei",
)  # fmt: skip
DATE_WORDS: Final = {
    "fr": FRENCH, "en": ENGLISH, "de": GERMAN, "es": SPANISH, "it": ITALIAN, "pt": PORTUGUESE,
    "nl": DUTCH,
}  # fmt: skip
NO_NOUN_AFTER: Final = {"fr", "es", "it", "pt"}  # "2021 soldats": no noun follows a year there
