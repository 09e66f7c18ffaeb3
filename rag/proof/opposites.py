"""Words of which one denies the other: rise and fall, open and close. French and English, by hand.

Each side holds the beginnings of words, accents dropped; a sentence that says one side of a pair
where its proof says only the other is not proved.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A word with a full stop is whole, without further ending.
_TABLE: Final = """
hauss augment accroi accru grimp progress. progresse increas rise. rises rising rose. climb grew grow | baiss diminu recul chut decru decreas fall. falls falling fell. drop declin. decline shrink shrank
gagn remport vaincu. vainqueur victoire won. win. wins winner victory | perd defait lost lose. loses losing loser defeat
ouvr ouvert reouv open | ferm clos. close clotur shut
accept approuv valid adopt approv endors | refus rejet reject declin. declined turned.
confirm | dement. dementi dementent deni.  denie
autoris permet permis. allow authoris authoriz permit | interdi prohib ban. bans banned forbid
superieur depass above exceed over. | inferieur below under.
premier first | dernier last.
gauche left. | droite right.
nord. north northern | sud. south southern
est. east eastern | ouest. west western
arriv | depart. quitt partir. parti. left.
achet achat buy bought purchas | vend. vendu vente sell sold sale
succes reuss success succeed | echec echou fail
majorit majority | minorit minority
cree creer creation creat | supprim suppression abolish cut. cuts cutting
debut commenc start begin began | fin. finir termin achev end. ended ends finish
matin morning | soir. soiree evening
accelere acceler faster | ralent slow
condamn convict | acquitt relax
liber releas freed | arret incarcer emprison arrest jail detain
soutien souten soutient support back. backs backed | oppos hostil contest
favorable | defavorable hostile unfavourable
construi bati build built | demol detrui demolish destroy
allum | eteint eteign
entre. entrer entree entrant enter entry | sort. sortir sorti. sortie exit leav
maximum at-most | minimum at-least
homme. hommes men. man. | femme. femmes women woman
jeune young | vieux. vieil vieille age. agee agees old. elderly
public. publique publics publiques | prive private
vrai true. | faux. fausse false
legal licite lawful | illegal illicite unlawful
possible | impossible
suffisant enough sufficient | insuffisant insufficient
pair. | impair.
proche near. close. | loin. lointain far. distant
riche rich. wealthy | pauvre poor
lourd heavy | leger legere light.
optimis | pessimis
vivant alive survi | mort. morts tue. tues deced dead died kill
emprunt borrow | prete. preter lend lent.
import. importe importer importation | export
ami. allie ally allies | ennemi enemy adversaire
jour. day. daytime | nuit. night
ete. summer | hiver winter
"""  # noqa: E501 - a line a pair


def contradicted(words: Iterable[str], others: Iterable[str]) -> str | None:
    """A word of which the others say only the opposite; None when there is none."""
    said, proved = list(words), list(others)
    for word in said:
        for pair, side in _sides(word):
            there = {s for other in proved for p, s in _sides(other) if p == pair}
            if there == {1 - side}:
                return word
    return None


@lru_cache(maxsize=4096)
def _sides(word: str) -> tuple[tuple[int, int], ...]:
    return tuple(
        (pair, side)
        for stem, pair, side in _stems()
        if (word == stem[:-1] if stem.endswith(".") else word.startswith(stem))
    )


@lru_cache(maxsize=1)
def _stems() -> tuple[tuple[str, int, int], ...]:
    def read() -> Iterator[tuple[str, int, int]]:
        for pair, line in enumerate(_TABLE.strip().splitlines()):
            for side, stems in enumerate(line.split("|")):
                yield from ((stem, pair, side) for stem in stems.split())

    return tuple(read())
