"""What the pages of the fiches say, in French."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.fiches import NearFiche, Public
from ui.labels import fiche_name

INTRODUCTION = "Les pratiques que le rapport décrit, une fiche pour chacune."
WORDS = "Mots"
THEME, ALL_THEMES = "Thème", "Tous les thèmes"
PLACE, ALL_PLACES = "Territoire", "Tous les territoires"
PUBLIC, ALL_PUBLICS = "Public", "Tous les publics"
SINCE, ALWAYS = "Depuis", "Toutes les années"
UNTIL = "Jusqu'à"
CLEAR = "Effacer les filtres"
NOTHING = "Aucune fiche ne correspond à tous ces filtres. Retirez-en un, ou effacez-les tous."
LIST = "Liste des fiches"

MAP = "Carte des territoires"
MAP_HINT = "Choisissez un département en couleur pour ne voir que ses fiches."
INSET = ("Paris et", "petite couronne")
ELSEWHERE = "Hors de la carte"
LEGEND = ("Une fiche", "Deux fiches ou plus")

NOT_SAID = "non précisé"
ALL_FICHES = "Toutes les fiches"
PREVIOUS, NEXT = "Fiche précédente", "Fiche suivante"
READ = "Lire dans le rapport"
ASK = "Poser une question sur cette fiche"
COMPARE = "Comparer avec d'autres"
CARD = "Carte d'identité"
FIELDS = "Rubriques"
DAMAGED = "des mots ont été abîmés à la lecture du document"
NEAR = "Fiches proches"
NEAR_HOW = "Par le sens de leurs textes, leur thème et leurs publics."
ONLY_MEANING = "sens proche"
UNKNOWN_TITLE = "Fiche inconnue"


def count(shown: int, all_: int) -> str:
    """How many fiches are shown: « 5 fiches sur 21 »."""
    return f"{_fiches(shown)} sur {all_}" if shown < all_ else _fiches(all_)


def territory(name: str, fiches: int) -> str:
    """Name a territory of the map: « Gironde : 2 fiches », « Gironde : aucune fiche »."""
    return f"{name} : {_fiches(fiches).lower()}"


def theme(number: str, name: str) -> str:
    """Name a theme above its fiches."""
    return f"{number}. {name}"


def read_field(field: str) -> str:
    """Name the link that opens a field in the report."""
    return f"Lire dans le rapport : {field}"


def neighbour(direction: str, fiche: str, title: str) -> str:
    """Name the link to the fiche before or after."""
    return f"{direction} : {fiche}, {title}"


def publics(names: Sequence[Public]) -> str:
    """The publics of a fiche on one line."""
    return ", ".join(public.name for public in names)


def near_reason(near: NearFiche) -> str:
    """Why a fiche is near, in a few words: « même thème ; mêmes publics : professionnels »."""
    reasons = ["même thème"] if near.same_theme else []
    if near.publics:
        head = "mêmes publics" if len(near.publics) > 1 else "même public"
        reasons.append(f"{head} : {publics(near.publics).lower()}")
    if near.places:
        head = "mêmes territoires" if len(near.places) > 1 else "même territoire"
        reasons.append(f"{head} : {', '.join(place.name for place in near.places)}")
    if near.words:
        head = "mots partagés" if len(near.words) > 1 else "mot partagé"
        reasons.append(f"{head} : {', '.join(f'« {word} »' for word in near.words)}")
    return " ; ".join(reasons or [ONLY_MEANING])


def tab_title(fiche: str, title: str) -> str:
    """What the browser's tab says of a fiche's page."""
    return f"{fiche_name(fiche)}, {title}"


def credit(author: str, licence: str) -> str:
    """Whom the outline of the map comes from."""
    return f"Fond de carte : {author}, licence {licence}, contours simplifiés."


def _fiches(number: int) -> str:
    return f"{number} {'fiche' if number == 1 else 'fiches'}" if number else "Aucune fiche"
