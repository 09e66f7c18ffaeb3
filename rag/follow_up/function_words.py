"""Little words of French and English questions, by what they do: articles, prepositions, the rest.

They tell where a name begins, and that something is none.
"""

from __future__ import annotations

from typing import Final

_FRENCH_ARTICLES = "l' le la les un une du au des aux ce cet cette ces chaque plusieurs"
_ADJECTIVES = (
    "premier première premiers premières prochain prochaine dernier dernière nouveau nouvelle "
    "nouveaux nouvelles ancien ancienne futur future grand grande petit petite principal "
    "first last next new former"
)
_PREPOSITION_WORDS = (
    "à de d' en dans sur sous vers chez pour contre avec par près selon place depuis avant "
    "après pendant entre in at on of for from to with against near about by according between"
)
_PLACE_WORDS = "à au aux en dans sur sous vers chez place in at on near from to près"
_OTHER_WORDS = (
    "qui que qu' quoi quel quelle quels quelles où quand comment pourquoi combien et ou mais "
    "donc il elle ils elles on ce c' ça y ne n' se s' est sont était étaient a ont avait "
    "avaient été être avoir fait plus moins même celui celle ceux celles lui leur non oui pas "
    "si quid who whom whose what which when where why how many much long old far did does do "
    "was were is are be been has have had will would can could should he she it they him her "
    "them his its their there this that these those and or but not if than as so no yes i you "
    "we"
)

DETERMINERS: Final = {
    "fr": frozenset(_FRENCH_ARTICLES.split()),
    "en": frozenset({"the", "a", "an"}),
}
BEFORE_NOUN: Final = frozenset(_ADJECTIVES.split())  # adjectives that stand there
PREPOSITIONS: Final = frozenset(_PREPOSITION_WORDS.split())
GENITIVES: Final = frozenset({"de", "d'", "du", "des", "of"})
LOCATIVES: Final = frozenset(_PLACE_WORDS.split())  # before where something is or goes
LITTLE: Final = frozenset(_OTHER_WORDS.split())  # words that are no noun
# "le ministre de la Défense" is an office, whose capital names nobody.
OFFICES: Final = frozenset({
    "ministre", "ministres", "ministère", "secrétaire", "sous-secrétaire", "chef", "garde",
    "département", "minister", "ministers", "ministry", "secretary", "department", "head",
})  # fmt: skip
CHARGES: Final = frozenset({
    "défense", "intérieur", "justice", "économie", "finances", "éducation", "santé", "travail",
    "culture", "agriculture", "affaires", "transports", "environnement", "énergie", "budget",
    "logement", "sports", "armées", "industrie", "commerce", "recherche", "écologie", "état",
    "état-major", "gouvernement", "sceaux", "trésor", "defence", "defense", "interior", "finance",
    "health", "education", "labour", "labor", "foreign", "transport", "energy", "environment",
    "trade", "state", "treasury", "homeland",
})  # fmt: skip
