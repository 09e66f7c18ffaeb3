"""Every word of the page, in French and in English, and numbers as these languages write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rag.doors.languages import preferred


@dataclass(frozen=True, slots=True)
class Texts:
    """The page in one language; braces name what is filled in."""

    language: str  # ISO 639-1; the page's path too
    title: str
    tagline: str
    holdings: str  # {count}
    welcome: str
    about: str  # an example question, about {title}
    conversation: str
    question: str
    placeholder: str
    send: str
    stop: str
    again: str
    renew: str
    conversations: str
    kept_here: str
    none_kept: str
    delete: str  # {title}
    delete_all: str
    sure: str
    full: str
    export: str
    not_exported: str
    copy: str
    copied: str
    other: tuple[str, str]  # the other language: its code, its name
    searching: str
    stopped: str
    partial: str
    failed: str
    broken: str
    searched: str
    edit: str
    filters: str
    since: str
    until: str
    date_form: str
    from_source: str
    spoken: str
    clear: str
    no_date: str  # {written}
    backwards: str
    nothing_within: str  # {filters}
    period: str
    periods: str  # of several
    confidence: str
    levels: tuple[str, str, str]  # from the lowest
    unsupported: str
    refused: str
    sources: str
    source: str
    others: str
    relations: dict[str, str]  # of another value to the answer
    origins: tuple[str, str]  # one; {count} from 2 on
    closest: str
    copies: str  # {count}
    on_page: str  # {page}, of a PDF
    withheld: tuple[str, str]  # sentences of a chat model: one, {count} from 2 on
    undated: str
    original: str  # {host}
    new_tab: str
    article: str
    close: str
    gone: str
    leave: str
    unreachable: str
    reached: str
    expired: str
    later: str  # {seconds}
    unsent: str
    judge: str
    helpful: str
    unhelpful: str
    note: str
    keep: str
    thanks: str
    withdrawn: str
    forgotten: str
    library: str
    colon: str
    quotes: tuple[str, str]
    thousands: str
    separator: str  # of cells, in the CSV that spreadsheets of this language read


FRENCH: Final = Texts(
    language="fr",
    title="Dépêche · des réponses tirées des articles",
    tagline="Des réponses, et les mots exacts des articles qui les prouvent.",
    holdings="{count} articles dans la bibliothèque",
    welcome="Que voulez-vous savoir ?",
    about="Que dit l’article « {title} » ?",
    conversation="Conversation",
    question="Votre question",
    placeholder="Posez une question…",
    send="Demander",
    stop="Arrêter",
    again="Reposer la question",
    renew="Nouvelle conversation",
    conversations="Conversations",
    kept_here="Gardées dans ce navigateur, nulle part ailleurs.",
    none_kept="Aucune pour l’instant.",
    delete="Supprimer « {title} »",
    delete_all="Tout supprimer",
    sure="Supprimer toutes les conversations de ce navigateur ?",
    full="La place manque dans ce navigateur : cette conversation n’est pas gardée.",
    export="Exporter cette conversation",
    not_exported="L’export a échoué.",
    copy="Copier la réponse",
    copied="Réponse copiée avec ses citations.",
    other=("en", "English"),
    searching="Lecture des articles…",
    stopped="Réponse interrompue.",
    partial="Réponse interrompue : la suite manque.",
    failed="La question n’a pas pu être traitée",
    broken="Une erreur imprévue a interrompu la réponse ; le journal du serveur la détaille.",
    searched="Question cherchée",
    edit="Modifier la question cherchée",
    filters="Filtres",
    since="Du",
    until="Au",
    date_form="2024-10-31",
    from_source="Sources",
    spoken="Langues",
    clear="Effacer les filtres",
    no_date="« {written} » n’est pas une date ; écrivez 2024, 2024-10, 2024-10-31 ou 31/10/2024",
    backwards="la période finit avant de commencer ; échangez les deux dates",
    nothing_within="aucun article ne passe ces filtres ({filters}) ; élargissez-les ou effacez-les",
    period="Période",
    periods="Périodes",
    confidence="Confiance",
    levels=("faible", "moyenne", "élevée"),
    unsupported="Aucune preuve",
    refused="Absent des articles",
    sources="Sources",
    source="Source",
    others="Autres valeurs",
    relations={"superseded": "valeur antérieure", "disagrees": "en désaccord"},
    origins=("dit par une seule origine", "dit par {count} origines indépendantes"),
    closest="Ce que disent les articles",
    copies="{count} articles, 1 origine",
    on_page="p.\u00a0{page}",
    withheld=(
        "Une phrase du modèle de langue est retenue\u00a0: les articles ne la prouvent pas.",
        "{count} phrases du modèle de langue sont retenues\u00a0: elles ne sont pas prouvées.",
    ),
    undated="sans date",
    original="Lire l’original sur {host}",
    new_tab="nouvel onglet",
    article="Article",
    close="Fermer",
    gone="Cet article n’est plus dans la bibliothèque.",
    leave="Se déconnecter",
    unreachable="Le serveur ne répond plus. Vérifiez le réseau, et que le serveur tourne\u00a0; "
    "votre question reste ici, et la page reprend dès qu’il répond.",
    reached="Le serveur répond de nouveau.",
    expired="Votre jeton n’est plus valable. Rechargez la page pour vous connecter\u00a0; votre "
    "question est gardée.",
    later="Trop de questions à la fois. Reposez la vôtre dans {seconds}\u00a0s.",
    unsent="La question n’est pas partie. Rechargez la page\u00a0; votre question est gardée.",
    judge="Votre avis sur cette réponse",
    helpful="Utile",
    unhelpful="Pas utile",
    note="Note (facultative)",
    keep="Enregistrer",
    thanks="Merci, c’est enregistré.",
    withdrawn="Votre avis est retiré.",
    forgotten="Cette réponse est trop ancienne ; posez de nouveau la question.",
    library="Bibliothèque",
    colon="\u00a0: ",
    quotes=("«\u00a0", "\u00a0»"),
    thousands="\u202f",
    separator=";",
)
ENGLISH: Final = Texts(
    language="en",
    title="Dépêche · answers from the articles",
    tagline="Answers, and the articles’ exact words that prove them.",
    holdings="{count} articles in the library",
    welcome="What would you like to know?",
    about="What does the article “{title}” say?",
    conversation="Conversation",
    question="Your question",
    placeholder="Ask a question…",
    send="Ask",
    stop="Stop",
    again="Ask again",
    renew="New conversation",
    conversations="Conversations",
    kept_here="Kept in this browser, nowhere else.",
    none_kept="None yet.",
    delete="Delete “{title}”",
    delete_all="Delete all",
    sure="Delete all conversations of this browser?",
    full="This browser has no room left: this conversation is not kept.",
    export="Export this conversation",
    not_exported="The export failed.",
    copy="Copy the answer",
    copied="Answer copied with its citations.",
    other=("fr", "Français"),
    searching="Reading the articles…",
    stopped="Answer stopped.",
    partial="Answer stopped: the rest is missing.",
    failed="The question could not be dealt with",
    broken="An unforeseen error ended the answer; the server's log has its details.",
    searched="Question searched",
    edit="Edit the question searched",
    filters="Filters",
    since="From",
    until="To",
    date_form="2024-10-31",
    from_source="Sources",
    spoken="Languages",
    clear="Clear the filters",
    no_date="“{written}” is no date; write 2024, 2024-10, 2024-10-31 or 31/10/2024",
    backwards="the period ends before it begins; swap the two dates",
    nothing_within="no article is within these filters ({filters}); widen or clear them",
    period="Period",
    periods="Periods",
    confidence="Confidence",
    levels=("low", "fair", "high"),
    unsupported="No proof",
    refused="Not in the articles",
    sources="Sources",
    source="Source",
    others="Other values",
    relations={"superseded": "earlier value", "disagrees": "disagrees"},
    origins=("told by a single origin", "told by {count} independent origins"),
    closest="What the articles do say",
    copies="{count} articles, 1 origin",
    on_page="p.\u00a0{page}",
    withheld=(
        "One sentence of the chat model is withheld: the articles do not prove it.",
        "{count} sentences of the chat model are withheld: the articles do not prove them.",
    ),
    undated="undated",
    original="Read the original on {host}",
    new_tab="new tab",
    article="Article",
    close="Close",
    gone="This article is no longer in the library.",
    leave="Sign out",
    unreachable="The server does not answer. Check the network, and that the server is running; "
    "your question stays here, and the page goes on as soon as it answers.",
    reached="The server answers again.",
    expired="Your token is no longer valid. Reload the page to sign in; your question is kept.",
    later="Too many questions at a time. Ask yours again in {seconds} s.",
    unsent="The question was not sent. Reload the page; your question is kept.",
    judge="Your opinion of this answer",
    helpful="Helpful",
    unhelpful="Not helpful",
    note="Note (optional)",
    keep="Save",
    thanks="Thank you, it is recorded.",
    withdrawn="Your opinion is withdrawn.",
    forgotten="This answer is too old; ask the question again.",
    library="Library",
    colon=": ",
    quotes=("“", "”"),
    thousands=",",
    separator=",",
)
LANGUAGES: Final = {texts.language: texts for texts in (FRENCH, ENGLISH)}


def chosen(accepted: str) -> Texts:
    """Those in the language that a browser prefers.

    :param accepted: its Accept-Language header
    """
    return LANGUAGES[preferred(accepted)]


def written_count(count: int, texts: Texts) -> str:
    """A number with the language's thousands separator."""
    return f"{count:,}".replace(",", texts.thousands)
