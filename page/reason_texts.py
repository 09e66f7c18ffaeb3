"""In French, the lines that `index` and `rag` write in English; `{}` is filled in, in order."""

from __future__ import annotations

from typing import Final

PLACES: Final = {"line": "ligne", "row": "ligne", "item": "élément", "entry": "entrée"}
REASONS: Final = {
    # what a file is
    "is empty; delete it or fill it": "est vide ; supprimez-le ou remplissez-le",
    "has {} bytes, more than {}; split it": "fait {} octets, plus que {} ; partagez-le",
    "has more than {} bytes; leave it out": "fait plus de {} octets ; laissez-le de côté",
    "has {} characters, over {}; split it": "a {} caractères, plus que {} ; partagez-le",
    "has {} pages, over {}; split it": "a {} pages, plus que {} ; partagez-le",
    "holds {} files, over {}; split it": "contient {} fichiers, plus que {} ; partagez-le",
    "cannot be read ({}); check its permissions": (
        "ne peut pas être lu ({}) ; vérifiez ses droits d’accès"
    ),
    "cannot be opened ({}); check its permissions": (
        "ne peut pas être ouvert ({}) ; vérifiez ses droits d’accès"
    ),
    "has none of the formats {}; save it in one of them": (
        "n’est dans aucun des formats {} ; enregistrez-le dans l’un d’eux"
    ),
    "unknown format {}": "format inconnu {}",
    "no known format": "format inconnu",
    "no suffix that tells its format": "son nom ne dit pas son format",
    "hidden": "fichier caché",
    "not a regular file": "n’est pas un fichier ordinaire",
    "a library": "une bibliothèque",
    "a link that leads out of the folder, or nowhere": (
        "un lien qui mène hors du dossier, ou nulle part"
    ),
    "a link to a folder, read where it really is": "un lien vers un dossier, lu à sa vraie place",
    "has been read already": "a déjà été lu",
    "a README without front matter is no article": "un README sans en-tête n’est pas un article",
    "is locked by a password; unlock it first": (
        "est protégé par un mot de passe ; déverrouillez-le d’abord"
    ),
    "its first line cannot be read ({})": "sa première ligne est illisible ({})",
    # what an article is
    "has no text after cleaning; delete it or fill it": (
        "n’a plus de texte une fois nettoyé ; supprimez-le ou remplissez-le"
    ),
    "has no text; put it into a field named text, body or content": (
        "n’a pas de texte ; mettez-le dans un champ nommé text, body ou content"
    ),
    "the id {} has control characters; give it a plain one": (
        "l’identifiant {} a des caractères de contrôle ; donnez-lui-en un simple"
    ),
    "the id {} is already that of {}; give each article its own": (
        "l’identifiant {} est déjà celui de {} ; donnez à chaque article le sien"
    ),
    "its id {} is that of {}, indexed before; index the folder above both, or give it an id of its "
    "own": (
        "son identifiant {} est celui de {}, indexé avant ; indexez le dossier au-dessus des deux, "
        "ou donnez-lui un identifiant à lui"
    ),
    "it is in the library already, indexed with {}; index that again, or forget its articles "
    "first": (
        "il est déjà dans la bibliothèque, indexé avec {} ; indexez de nouveau cela, ou retirez-en "
        "d’abord les articles"
    ),
    # encodings
    "holds zero bytes, so it is no text; save it as UTF-8": (
        "contient des octets nuls, ce n’est donc pas du texte ; enregistrez-le en UTF-8"
    ),
    "is in no known encoding (byte {} is not UTF-8); save it as UTF-8": (
        "n’est dans aucun encodage connu (l’octet {} n’est pas de l’UTF-8) ; enregistrez-le en "
        "UTF-8"
    ),
    "begins as {} but byte {} is not; save it again as UTF-8": (
        "commence en {}, mais l’octet {} n’en est pas ; enregistrez-le de nouveau en UTF-8"
    ),
    # JSON, CSV, Markdown
    "is not JSON ({}); mend it or leave it out": (
        "n’est pas du JSON ({}) ; corrigez-le ou laissez-le de côté"
    ),
    "line {} is not JSON ({}); mend it or take it out": (
        "la ligne {} n’est pas du JSON ({}) ; corrigez-la ou retirez-la"
    ),
    "line {} is not UTF-8; save the file as UTF-8": (
        "la ligne {} n’est pas de l’UTF-8 ; enregistrez le fichier en UTF-8"
    ),
    "line {} has {} bytes, over {}; split it": (
        "la ligne {} fait {} octets, plus que {} ; partagez-la"
    ),
    "line {}: {}; the rows from there on were not read": (
        "ligne {} : {} ; à partir de là les lignes n’ont pas été lues"
    ),
    "is not an object with the fields title, text, date ...": (
        "n’est pas un objet avec les champs title, text, date…"
    ),
    "has no column named text, body or content; name the columns in the first line": (
        "n’a pas de colonne nommée text, body ou content ; nommez les colonnes dans la première "
        "ligne"
    ),
    "the row that ends in line {} has {} fields, the header {}; put texts into double quotes": (
        "la rangée qui finit à la ligne {} a {} champs, l’en-tête {} ; mettez les textes entre "
        "guillemets doubles"
    ),
    "has {} characters of front matter, over {}; shorten it": (
        "a un en-tête de {} caractères, plus que {} ; raccourcissez-le"
    ),
    "has front matter that is no YAML{}; mend it, or put values in quotes": (
        "a un en-tête qui n’est pas du YAML{} ; corrigez-le, ou mettez les valeurs entre guillemets"
    ),
    # pages, documents, mail, archives
    "is a web page in which no article was found; copy the article's text into a .txt file": (
        "est une page web où aucun article n’a été trouvé ; copiez le texte de l’article dans un "
        "fichier .txt"
    ),
    "is not HTML ({}); save the page again": (
        "n’est pas du HTML ({}) ; enregistrez de nouveau la page"
    ),
    "has {} that is not XML ({}); save it again": (
        "contient {} qui n’est pas du XML ({}) ; enregistrez-le de nouveau"
    ),
    "has tags nested {} deep, over {}; copy its text into a .txt file": (
        "a des balises emboîtées sur {} niveaux, plus que {} ; copiez son texte dans un fichier "
        ".txt"
    ),
    "is nested too deep; save it as .txt": "est emboîté trop profond ; enregistrez-le en .txt",
    "cannot be taken apart ({}); save it as .txt": (
        "ne peut pas être décomposé ({}) ; enregistrez-le en .txt"
    ),
    "is a PDF without text, pictures of pages most likely; run OCR on it first": (
        "est un PDF sans texte, sans doute des images de pages ; passez-le d’abord par une "
        "reconnaissance de caractères"
    ),
    "is a damaged PDF ({}); save it again": "est un PDF abîmé ({}) ; enregistrez-le de nouveau",
    "holds no text; save it as .txt": "ne contient pas de texte ; enregistrez-le en .txt",
    "is a book without text; save it as .txt": ("est un livre sans texte ; enregistrez-le en .txt"),
    "is a mail without text; save it as .txt": (
        "est un courriel sans texte ; enregistrez-le en .txt"
    ),
    "is a damaged mail ({}); save it as .txt": (
        "est un courriel abîmé ({}) ; enregistrez-le en .txt"
    ),
    "attached to a mail; save it as a file": ("joint à un courriel ; enregistrez-le comme fichier"),
    "is no feed with entries, neither RSS nor Atom; of a sitemap give the address instead": (
        "n’est pas un flux avec des entrées, ni RSS ni Atom ; d’un plan de site, donnez plutôt "
        "l’adresse"
    ),
    "entry {} has no text, only a link; give the feed's address to follow it": (
        "l’entrée {} n’a pas de texte, seulement un lien ; donnez l’adresse du flux pour le suivre"
    ),
    "is damaged ({}); copy or save it again": (
        "est abîmé ({}) ; copiez-le ou enregistrez-le de nouveau"
    ),
    "is damaged ({}); try again later": "est abîmé ({}) ; réessayez plus tard",
    "has no {} in it; save it again": "ne contient pas {} ; enregistrez-le de nouveau",
    "unpacks to more than {} bytes; unpack it yourself, if you trust it": (
        "fait plus de {} octets une fois décompressé ; décompressez-le vous-même, si vous lui "
        "faites confiance"
    ),
    "unpacks to more than {} bytes; give a smaller one": (
        "fait plus de {} octets une fois décompressé ; donnez-en un plus petit"
    ),
    "is an archive {} deep; unpack it first": (
        "est une archive au niveau {} ; décompressez-la d’abord"
    ),
    "names a place outside of the archive; rename it": (
        "nomme un endroit hors de l’archive ; renommez-le"
    ),
    "holds {} files that cannot be read; unpack it and see": (
        "contient {} fichiers illisibles ; décompressez-le pour voir"
    ),
    "is no WARC ({}); save it again": "n’est pas un WARC ({}) ; enregistrez-le de nouveau",
    "is a WARC without a page; there is nothing to read in it": (
        "est un WARC sans page ; il n’y a rien à y lire"
    ),
    "is damaged after page {} ({}); the pages from there were not read": (
        "est abîmé après la page {} ({}) ; les pages suivantes n’ont pas été lues"
    ),
    # the process that reads
    "took more than {} s to read; save it as .txt": (
        "a demandé plus de {} s de lecture ; enregistrez-le en .txt"
    ),
    "gave nothing for {} s or too much at once; save it as .txt": (
        "n’a rien donné pendant {} s, ou trop à la fois ; enregistrez-le en .txt"
    ),
    "made its reader crash; save it as .txt": "a fait échouer sa lecture ; enregistrez-le en .txt",
    "needs more than {} MB to read; split it": ("demande plus de {} Mo pour être lu ; partagez-le"),
    # questions, the library, the chat model
    "the question is empty; type what you want to know": (
        "la question est vide ; écrivez ce que vous voulez savoir"
    ),
    "a question has at most {} characters, not {}": (
        "une question a au plus {} caractères, et non {}"
    ),
    "a note has at most {} characters; shorten it": (
        "une note a au plus {} caractères ; raccourcissez-la"
    ),
    "{} is being indexed; ask again in a moment": (
        "{} est en cours d’indexation ; redemandez dans un instant"
    ),
    "{} is being written to by {}; try again when it is done": (
        "{} est en cours d’écriture par {} ; réessayez quand ce sera fini"
    ),
    "{} is being written to; try again when that is done": (
        "{} est en cours d’écriture ; réessayez quand ce sera fini"
    ),
    "{} cannot be written to ({}); see to its disk, then run the same again; what was acknowledged "
    "is kept": (
        "{} ne peut pas être écrit ({}) ; voyez l’état du disque, puis recommencez ; ce qui était "
        "confirmé est gardé"
    ),
    "{} did not keep what was written; free some disk space": (
        "{} n’a pas gardé ce qui y a été écrit ; libérez de la place sur le disque"
    ),
    "the chat model {} failed: {}": "le modèle de langue {} a échoué : {}",
}
