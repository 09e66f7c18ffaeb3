"""Every word of the library's own page, in French and in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class LibraryTexts:
    """The page in one language; braces name what is filled in."""

    title: str
    back: str
    skip: str
    facts: str
    articles: str
    passages: str
    sources: str
    languages: str
    last: str
    moment: str  # {date}, {time}
    never: str
    encoder: str
    dates: str
    chart: str  # {count}, {first}, {last}
    undated: str  # {count}
    table: str
    period: str
    decade: str  # {year}
    others: str  # {count} sources that are not named
    list: str
    search: str
    find: str
    clear: str
    found: str  # {count}
    found_for: str  # {count}, {words}
    nothing: str
    pages: str
    page: str  # {page}, {pages}
    earlier: str
    later: str
    delete: str
    delete_one: str  # {title}
    confirm: str
    sure: str
    cancel: str
    deleted: str
    refused: str
    busy: str
    add: str
    choose: str
    formats: str  # {formats}, {megabytes}
    send: str
    sending: str  # {done}, {all}
    reading: str
    progress: str
    stored: str
    unchanged: str
    left: str
    sum: str  # {stored}, {left}
    large: str
    taken: str
    failed: str
    none: str
    missing: str


FRENCH: Final = LibraryTexts(
    title="La bibliothèque",
    back="Poser une question",
    skip="Aller à la liste des articles",
    facts="En bref",
    articles="Articles",
    passages="Passages",
    sources="Sources",
    languages="Langues",
    last="Dernier ajout",
    moment="{date} à {time} UTC",
    never="aucun",
    encoder="Encodeur",
    dates="Dates de publication",
    chart="Histogramme de {count} articles datés, de {first} à {last}\u00a0; le tableau suit.",
    undated="Sans date\u00a0: {count}",
    table="Les mêmes chiffres en tableau",
    period="Période",
    decade="années {year}",
    others="et {count} autres",
    list="Les articles",
    search="Titre ou source",
    find="Chercher",
    clear="Tout afficher",
    found="Articles\u00a0: {count}",
    found_for="Articles\u00a0: {count} pour «\u00a0{words}\u00a0»",
    nothing="Aucun article ne correspond.",
    pages="Pages de la liste",
    page="Page {page} sur {pages}",
    earlier="Page précédente",
    later="Page suivante",
    delete="Supprimer",
    delete_one="Supprimer «\u00a0{title}\u00a0»",
    confirm="Supprimer cet article\u00a0?",
    sure="Il ne sera plus trouvé, et rien de son texte ne restera dans la bibliothèque. "
    "Il n’y a pas de retour en arrière.",
    cancel="Garder l’article",
    deleted="L’article est supprimé.",
    refused="Votre jeton permet de lire\u00a0; changer la bibliothèque demande celui d’un éditeur.",
    busy="Supprimé et introuvable, mais un autre processus lit encore ce qui en reste dans {files}"
    " ; cela disparaîtra au prochain changement.",
    add="Ajouter des articles",
    choose="Fichiers à ajouter",
    formats="{formats}\u00a0; {megabytes} Mo par fichier au plus.",
    send="Ajouter",
    sending="Envoi des fichiers\u00a0: {done} sur {all}.",
    reading="Lecture et indexation…",
    progress="Avancement de l’envoi",
    stored="ajouté",
    unchanged="déjà là",
    left="refusé",
    sum="Terminé. Articles ajoutés\u00a0: {stored}. Refus\u00a0: {left}.",
    large="est trop grand\u00a0; partagez-le",
    taken="un autre article porte déjà cet identifiant\u00a0; supprimez-le, ou renommez le fichier",
    failed="n’a pas pu être envoyé\u00a0; réessayez",
    none="Choisissez d’abord des fichiers.",
    missing="Cette page n’existe pas.",
)
ENGLISH: Final = LibraryTexts(
    title="The library",
    back="Ask a question",
    skip="Skip to the list of articles",
    facts="In short",
    articles="Articles",
    passages="Passages",
    sources="Sources",
    languages="Languages",
    last="Last addition",
    moment="{date} at {time} UTC",
    never="none",
    encoder="Encoder",
    dates="Dates of publication",
    chart="Histogram of {count} dated articles, from {first} to {last}; the table follows.",
    undated="Undated: {count}",
    table="The same figures as a table",
    period="Period",
    decade="{year}s",
    others="and {count} more",
    list="The articles",
    search="Title or source",
    find="Search",
    clear="Show all",
    found="Articles: {count}",
    found_for="Articles: {count} for “{words}”",
    nothing="No article matches.",
    pages="Pages of the list",
    page="Page {page} of {pages}",
    earlier="Previous page",
    later="Next page",
    delete="Delete",
    delete_one="Delete “{title}”",
    confirm="Delete this article?",
    sure="It will no longer be found, and nothing of its text will be left in the library. "
    "There is no way back.",
    cancel="Keep the article",
    deleted="The article is deleted.",
    refused="Your token may read; changing the library takes an editor’s.",
    busy="Deleted and no longer found, but another process still reads what is left in {files}; "
    "it goes with the next change.",
    add="Add articles",
    choose="Files to add",
    formats="{formats}; at most {megabytes} MB a file.",
    send="Add",
    sending="Sending files: {done} of {all}.",
    reading="Reading and indexing…",
    progress="Progress of sending",
    stored="added",
    unchanged="already there",
    left="refused",
    sum="Done. Articles added: {stored}. Refused: {left}.",
    large="is too large; split it",
    taken="another article has this id already; delete that one, or rename the file",
    failed="could not be sent; try again",
    none="Choose files first.",
    missing="There is no such page.",
)
LIBRARY: Final = {"fr": FRENCH, "en": ENGLISH}
