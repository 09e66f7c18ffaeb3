"""Which lines of a page belong to the site and not to the article: share bars, prompts, credits.

Only lines are judged, never parts of them. Whatever is not surely furniture stays: a line is taken
away anywhere when nobody would write it in an article, and at the top and bottom also when it is a
word that sites put there. The tables were checked on the articles of ../shared: see test_clean.py.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import dropwhile, pairwise, takewhile
from typing import Final

# All patterns must match the whole of a line, folded: no accents, lower case, no marks around it.
SHORT: Final = 120  # characters; a longer line is prose whatever it says
TITLE: Final = 170  # characters of a title; see metadata.TITLE_LIMIT
SENTENCE: Final = 240  # the same for invitations in sentences, at the edges only

_NETWORKS: Final = (
    "facebook messenger|facebook|twitter|linkedin|whatsapp|telegram|pinterest|instagram|bluesky"
    "|mastodon|reddit|tumblr|threads|messenger|flipboard|snapchat|tiktok|youtube|viber|signal|xing"
    "|vkontakte|google ?\\+|google plus|e-?mail|courriel|pocket|skype|line|wechat|weibo|digg"
)
_AROUND_NETWORKS: Final = (  # what stands between the names in a share bar
    "partage[rz]?|partages?|share|shares|tweete[rz]|tweet|teilen|twittern|compartir|compartilhar"
    "|condividi|partilhar|delen|envoyer|send|print|imprimer|drucken|imprimir|stampa|copier le lien"
    "|copy link|lien|link|suivez-nous|follow us|folgen sie uns|siguenos|seguici|siga-nos|volg ons"
    "|cet article|cette page|l'article|this article|this story|this page|this|artikel"
    "|sur|via|par|on|by|auf|per|bei|en|por|su|no|op|x|[ ,/|·•+&:-]"
)
_NETWORK = re.compile(_NETWORKS)
_SHARE_PART = re.compile(f"{_NETWORKS}|{_AROUND_NETWORKS}")
_SHARING = re.compile(
    r"partage[rz]?\b|share\b|tweete[rz]|tweet\b|teilen|compart|condivid|partilh|delen|suivez|follow"
    "|folgen|siguenos|seguici|siga-nos|volg|envoyer|send|imprimer|print"
)

# Removed wherever they stand alone on a line: nobody writes these lines in an article.
_ANYWHERE: Final = {
    "comments": r"(?:laisse[rz]|poste[rz]|ajoute[rz]|ecri(?:re|vez)|publie[rz]|voir|lire)"
    r"(?: (?:un|votre|les|le|tous les|\d+))* commentaires?(?: \(\d+\)| sur .{1,80})?"
    r"|(?:leave|post|add|write) (?:a|your) (?:comment|reply)(?: on .{1,80})?"
    r"|(?:view|show|see|read)(?: all)? comments"
    r"|(?:schreiben sie )?(?:einen )?kommentar(?:e)? (?:schreiben|hinterlassen|verfassen|abgeben)"
    r"|(?:deja|dejar|escribe|escribir|anadir|publicar)(?: un| tu)? comentario"
    r"|(?:lascia|scrivi|aggiungi|inserisci) un commento|(?:deixe|escreva|adicione) um comentario"
    r"|(?:laat een reactie achter|plaats een reactie|geef een reactie)|\d{1,5} commentaires?"
    r"|\d{1,5} comments?|\d{1,5} kommentare?|\d{1,5} comentarios?|\d{1,5} comment[io]",
    "top": r"(?:bouton )?(?:de )?(?:retour|revenir|remonter) (?:en|vers le) haut"
    r"(?: de (?:la )?page)?|retour au sommaire|haut de (?:la )?page"
    r"|(?:back|return|scroll|go) to (?:the )?top"
    r"(?: of (?:the )?page| button)?|nach oben(?: scrollen)?|zum seitenanfang|zuruck nach oben"
    r"|volver arriba|ir arriba|torna (?:su|in alto|all'inizio)|voltar ao topo|terug naar boven",
    "analytics": r"(?:web|google|site|website|matomo|piwik|plausible|adobe|yandex)[ -]?"
    r"(?:analytics|metrica|statistics)(?: tag)?|statcounter|at ?internet|chartbeat",
    "pointer": r"(?:a )?(?:lire|voir) (?:aussi|egalement|ensuite)|lire la suite"
    r"|sur le meme (?:sujet|theme)|articles? (?:lies?|similaires?|associes?|connexes?)"
    r"|a (?:ecouter|decouvrir) (?:aussi|egalement)|read (?:also|more|next)|see also"
    r"|related (?:articles?|stories|topics|posts|news)|more on this (?:story|topic)|recommended"
    r"(?: for you| stories)|(?:lesen sie auch|auch interessant|mehr zum thema|weiterlesen)"
    r"|(?:lea|lee|leer|ver|vea) (?:tambien|mas)|noticias relacionadas|leggi anche|per approfondire"
    r"|articoli correlati|(?:leia|veja) (?:tambem|mais)|lees (?:ook|meer|verder)",
    "ads": r"(?:la suite|l'article continue|suite de l'article) apres (?:la |cette )?publicite"
    r"|(?:article|story|this story) continues (?:after|below)(?: (?:this )?advertisement)?"
    r"|(?:nach|unter) der (?:anzeige|werbung) weiterlesen|passer la publicite"
    r"|skip ad(?:vertisement)?",
    "subscription": r"(?:cet )?article (?:est )?reserve (?:aux|a nos) abonnes"
    r"|(?:contenu|acces) reserve aux abonnes|deja abonne(?:\(?e\)?)? *\?? *(?:connectez-vous|"
    r"se connecter|identifiez-vous)?|je m'abonne|s'abonner(?: (?:pour|des) .{1,50})?"
    r"|subscribers only|already a subscriber *\?? *(?:log in|sign in)?|subscribe (?:now|today)"
    r"|nur fur abonnenten|jetzt (?:abonnieren|abo abschliessen)|solo para suscriptores"
    r"|suscribete(?: ahora)?|solo per (?:gli )?abbonati|abbonati(?: ora| subito)"
    r"|exclusivo para assinantes|abonnez-vous(?: (?:ici|maintenant|des .{1,40}|pour .{1,40}))?",
    "cookies": r"(?:tout|toutes) (?:accepter|refuser)"
    r"|(?:accepter|refuser|gerer|parametrer|autoriser) (?:tous |tout )?(?:les |mes |des )?cookies"
    r"|gestion des cookies|parametres des cookies"
    r"|continuer sans accepter|(?:accept|reject|manage|allow)(?: all)?(?: the)? cookies"
    r"|cookie (?:settings|preferences|policy)|(?:alle )?cookies (?:akzeptieren|ablehnen|zulassen)"
    r"|cookie-einstellungen|(?:aceptar|rechazar|configurar)(?: todas)?(?: las)? cookies"
    r"|(?:accetta|rifiuta|gestisci)(?: tutti)?(?: i)? cookie|(?:aceitar|recusar)(?: todos)?(?: os)?"
    r" cookies|(?:alle )?cookies (?:accepteren|weigeren)",
    "newsletter": r"(?:inscrivez-vous|abonnez-vous|s'inscrire|s'abonner|je m'inscris) a "
    r"(?:notre|la|nos|cette) (?:newsletters?|lettre d'information|infolettre).{0,40}"
    r"|recevez (?:notre|nos|la|gratuitement .{0,20}) ?(?:newsletters?|lettre d'information).{0,40}"
    r"|(?:sign up|subscribe) (?:for|to) (?:our|the|this) (?:.{1,20} )?newsletters?.{0,30}"
    r"|(?:unseren |den )?newsletter (?:abonnieren|bestellen)|(?:jetzt )?(?:zum|fur den) newsletter"
    r" anmelden|(?:suscribete|suscribirse|apuntate) a (?:nuestra|la) newsletter|(?:iscriviti|"
    r"abbonati) alla (?:nostra )?newsletter|(?:assine|subscreva) (?:a )?(?:nossa )?newsletter"
    r"|(?:schrijf je in|meld je aan) voor (?:onze|de) nieuwsbrief",
    "audio": r"(?:ecouter|ecoutez|lire|regarder) (?:cet? |l')?(?:article|audio|video)"
    r"(?: \(?\d{1,3} ?min(?:utes?)?\)?)?|(?:temps|duree) de lecture ?:? ?\d{1,3} ?min(?:utes?)?"
    r"|lecture ?: ?\d{1,3} ?min(?:utes?)?|listen to (?:this )?(?:article|story)"
    r"|\d{1,3}[ -]min(?:ute)?s? (?:read|de lecture|lesezeit)|(?:artikel|beitrag) (?:an)?horen"
    r"|lesezeit ?:? ?\d{1,3} ?min(?:uten?)?|tiempo de lectura ?:? ?\d{1,3} ?min(?:utos?)?"
    r"|tempo di lettura ?:? ?\d{1,3} ?min(?:uti)?|video player is loading|play video",
    "share": r"partage[rz](?: (?:cet article|cette page|l'article|sur les reseaux.{0,9}))?"
    r"|share (?:this )?(?:article|story|page|post)|(?:artikel|beitrag|seite) teilen"
    r"|(?:compartir|comparte) (?:este|esta|el|la) (?:articulo|noticia|pagina)"
    r"|condividi (?:questo |l')?articolo|copier le lien|copy link|link kopieren"
    r"|(?:suivez|retrouvez)-nous sur .{1,60}|suivez .{1,40} sur google (?:news|actualites)"
    r"|follow us on .{1,60}|folgen sie uns (?:auf|bei) .{1,60}",
}
# A pointer with the headline it points to on the same line, after a mark.
_POINTER = re.compile(
    r"(?:a )?(?:lire|voir|ecouter) (?:aussi|egalement|notre (?:dossier|article|enquete))"
    r"|read (?:also|more)|see also|related|lesen sie auch|mehr zum thema|lea tambien|lee tambien"
    r"|leggi anche|leia tambem|lees ook"
)
_POINTS = re.compile(r" ?[:|>»→►▶–—-] ?\S")
# Picture credits: who is named stands between a word for the picture and an agency or a library.
_CREDIT = re.compile(
    r"\(?(?:(?:images?|photos?|illustrations?|credits?(?: photos?)?|foto|bild|imagen|immagine"
    r"|imagem|picture|photograph|©) ?(?:d'illustration )?(?::|de|par|by|von|di|door|via|©)? ?)"
    r"[^.!?;]{0,60}?(?:/|,| par | via | sur | on | von | auf | de | da | en | by |: ?|©|^| )\(?"
    r"(?:pixabay|unsplash|pexels|getty ?(?:images)?|shutterstock|istock(?:photo)?|adobe ?stock"
    r"|fotolia|depositphotos|wikimedia(?: commons)?|flickr|freepik|afp|reuters|dpa|epa|ansa|efe|apa"
    r"|belga|keystone|sipa(?: press)?|abaca(?:press)?|imago(?: images)?|picture alliance|maxppp)"
    r"(?: images| photos?|/archives?| \(archives?\))?\)?"
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright) ?[^.!?;]{1,50}|(?:credits?|credit) photos? ?: ?[^.!?;]{1,60}"
    r"|(?:© ?[^.!?;]{1,40}[ .,–-]{1,3})?(?:tous droits reserves|all rights reserved|alle rechte"
    r" vorbehalten|todos los derechos reservados|tutti i diritti riservati)"
)

# Removed only in a run of furniture at the top or the bottom: elsewhere they might be headings.
_AT_EDGES: Final = (
    rf"(?:{_NETWORKS}|x|rss|plus|menu|accueil|home|startseite|inicio|partages?|shares?|teilen)"
    r"|(?:publicite|advertisement|anzeige|werbung|publicidad|pubblicita|publicidade|advertentie)"
    r"|commentaires?|comments?|kommentare?|comentarios?|commenti|reacties"
    r"|(?:connexion|se connecter|s'identifier|log ?in|sign ?in|anmelden|iniciar sesion|accedi)"
    r"|(?:rechercher|search|suche|buscar|cerca)|(?:imprimer|print|drucken|imprimir|stampa|envoyer)"
    r"|(?:lecture|ecouter|play|pause|lire|video|audio|volume|mute)"
    r"|(?:\d{1,2}:)?\d{1,2}:\d{2}(?: ?/ ?(?:\d{1,2}:)?\d{1,2}:\d{2})?|(?:plus|more|mehr|mas)\.*"
    r"|(?:voir|en savoir|afficher) plus|show more|load more|mehr anzeigen|ver mas|mostra altro"
)
# Invitations in a sentence of their own, at the edges: the imperative and what a site offers.
_OFFER: Final = (
    r"(?:newsletters?|lettres? d'information|infolettre|nos articles|tous les articles|nos contenus"
    r"|(?:notre|du) journal|nos offres|notre chaine|acces illimite|podcasts?|unlimited access"
    r"|updates|(?:our|your) (?:channel|stories|journalism)|unser(?:en|em) kanal|alle artikel"
    r"|boletin|nuestro canal|todos los articulos|lista de correo|nostro canale|tutti gli articoli"
    r"|nieuwsbrief"
    rf"|{_NETWORKS})"
)
_INVITATION: Final = (
    r"(?:pour .{1,120}|si vous .{1,120})?(?:abonnez-vous|inscrivez-vous|rejoignez-nous|suivez-nous"
    r"|soutenez-nous)(?: (?:ici|en ligne|gratuitement|(?:des )?maintenant|des aujourd'hui))?"
    r"|(?:abonnez-vous|inscrivez-vous|rejoignez-nous|suivez-nous|recevez|subscribe|sign up|join"
    r"|follow us|get|abonnieren sie|melden sie sich|folgen sie|suscribete|suscribase|registrate"
    r"|iscriviti|abbonati|ricevi|assine|subscreva|schrijf je in|meld je aan)\b.{0,80}\b"
    rf"{_OFFER}\b.{{0,80}}"
    r"|(?:ce site utilise|nous utilisons|en poursuivant votre navigation).{0,60}cookies.{0,120}"
    r"|(?:this (?:web)?site|we) uses? cookies.{0,150}|(?:diese (?:web)?seite|wir) (?:verwende[tn]"
    r"|nutz(?:t|en)) cookies.{0,150}|(?:este sitio|utilizamos).{0,20}cookies.{0,150}"
    r"|(?:questo sito|utilizziamo).{0,20}cookie.{0,150}"
    r"|votre adresse (?:e-?mail|de messagerie) ne sera pas publiee.{0,120}"
    r"|your email address will not be published.{0,120}"
    r"|la suite (?:de cet article )?est reservee aux abonnes"
    r"|il vous reste \d{1,3}(?:[.,]\d+)? ?% de cet article a lire.{0,80}"
)
_ANYWHERE_RE = re.compile("|".join(_ANYWHERE.values()))
_AT_EDGES_RE = re.compile(_AT_EDGES)
_INVITATION_RE = re.compile(_INVITATION)
_MARKS: Final = ' \u00a0\u202f.!?…:;,*#|•·▪►▶▼▲→←↑↓»«›‹<>=_~"“”[]{}–—-\ufe0f⬆⇧📷📸🔊▷'
_ACCENTS: Final = {0x2019: "'", 0x02BC: "'", 0xA0: " ", 0x202F: " ", 0x2009: " "}


def furniture(lines: list[str]) -> set[int]:
    """The numbers of the lines that belong to the site and not to the article."""
    filled = [number for number, line in enumerate(lines) if line]
    keys = {number: _folded(lines[number]) for number in filled}
    gone = {number for number in filled if _is_furniture(lines[number], keys[number])}
    announced = _announced(lines, filled, gone)
    at_edges = {
        number
        for number in filled
        if number in gone or _is_edge_furniture(lines[number], keys[number])
    }
    runs = _top(lines, filled, at_edges - announced), _run(filled[::-1], at_edges - announced)
    return (gone - announced).union(*runs)


def _announced(lines: list[str], filled: list[int], gone: set[int]) -> set[int]:
    """Lines that a colon in the article announces: its own list of networks, say."""
    return {
        after
        for before, after in pairwise(filled)
        if before not in gone and lines[before].endswith(":")
    }


def _run(numbers: list[int], members: set[int]) -> list[int]:
    return list(takewhile(members.__contains__, numbers))


def _top(lines: list[str], filled: list[int], members: set[int]) -> list[int]:
    """The run at the top and, as share bars stand there, that under the title."""
    run = _run(filled, members)
    below = filled[len(run) :]
    title = lines[below[0]] if below else ""
    if len(title) > TITLE or title.endswith("."):
        return run
    return run + _run(list(dropwhile(lambda number: lines[number] == title, below)), members)


def _folded(line: str) -> str:
    bare = line[: SENTENCE + 1].translate(_ACCENTS).strip(_MARKS)
    letters = unicodedata.normalize("NFKD", bare)
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


def _is_furniture(line: str, key: str) -> bool:
    if len(line) > SHORT or not key:
        return False
    if line[-1] in ".;,":
        return False
    return bool(
        _ANYWHERE_RE.fullmatch(key)
        or _is_share_bar(key)
        or _is_pointer(key)
        or _CREDIT.fullmatch(key)
    )


def _is_share_bar(key: str) -> bool:
    names = len(_NETWORK.findall(key))
    enough = names > 1 or (names == 1 and _SHARING.search(key))
    return bool(enough) and _has_only_share_parts(key)


def _has_only_share_parts(key: str) -> bool:
    """Part after part, never going back: a repetition that could would take time without end."""
    at = 0
    while part := _SHARE_PART.match(key, at):
        at = part.end()
    return at == len(key)


def _is_pointer(key: str) -> bool:
    found = _POINTER.match(key)
    return bool(found and _POINTS.match(key, found.end()))


def _is_edge_furniture(line: str, key: str) -> bool:
    if len(line) > SENTENCE or not key:
        return False
    if any(mark in line for mark in '«»“”"'):
        return False
    if _INVITATION_RE.fullmatch(key):
        return True
    return len(line) <= SHORT and bool(
        _AT_EDGES_RE.fullmatch(key)
        or _ANYWHERE_RE.fullmatch(key)
        or _is_share_bar(key)
        or _RIGHTS.fullmatch(key)
    )
