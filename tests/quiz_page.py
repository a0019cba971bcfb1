"""A page that plays a quiz with a question of each kind, for the tests of the player."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from kits import ALONE, KIT, NETWORK, TERRITORY, cited, proposed, said

from assistant.kits.kit import Item, ItemKind, Option, Origin, Pair, Statement
from ui import navigation
from ui.dressing import dress_page
from ui.workshop.player import show_quiz

COMMUNES = cited("4a", "carte", 168807, "Territoire : Achères, Conflans-Sainte-Honorine, Poissy, Andrésy, Maurecourt")
YEARS = {
    "1c": cited("1c", "carte", 88008, "Année : 2016"),
    "3b": cited("3b", "carte", 150696, "Année : 2017"),
    "4a": cited("4a", "carte", 168883, "Année : 2013"),
}
FIGURE = Item(
    id="q4",
    kind=ItemKind.FIGURE,
    fiche="4a",
    field="annee",
    stem=proposed("Fiche 4a, le dispositif FLORA : en quelle année cette pratique a-t-elle commencé ?"),
    options=tuple(
        Option(said(cite.quote.removeprefix("Année : "), cite), fiche == "4a", fiche) for fiche, cite in YEARS.items()
    ),
    proof=(said("2013", YEARS["4a"], "Année :"),),
)
PAIRS = (
    Pair(
        said("faire sortir les personnes de leur isolement", ALONE), said("Département de la Gironde", TERRITORY), "1c"
    ),
    Pair(
        said("faciliter la prise en charge des femmes victimes de violences", NETWORK),
        said(COMMUNES.quote.removeprefix("Territoire : "), COMMUNES),
        "4a",
    ),
)
MATCHING = Item(
    id="q5",
    kind=ItemKind.MATCHING,
    fiche="1c",
    field="effect",
    stem=proposed("Reliez chaque effet au territoire où il est rapporté."),
    pairs=PAIRS,
    proof=tuple(statement for pair in PAIRS for statement in (pair.right, pair.left)),
)
OWN = Item(
    id="q6",
    kind=ItemKind.CHOICE,
    fiche="",
    field="",
    stem=Statement("À quelle heure revient-on de la pause ?", Origin.TRAINER),
    options=tuple(Option(Statement(hour, Origin.TRAINER), hour == "11 h") for hour in ("10 h 30", "11 h", "11 h 30")),
)
# A choice, a true or false, a figure, a matching, an open question, then one of the trainer's.
QUIZ = replace(KIT, items=(*KIT.items[:2], FIGURE, MATCHING, KIT.items[2], OWN))
FIRST_WITHOUT = "Retirer la première question"


def quiz() -> None:
    shorter = replace(QUIZ, items=QUIZ.items[1:])
    show_quiz(shorter if st.checkbox(FIRST_WITHOUT) else QUIZ, "quiz")


def elsewhere() -> None:
    st.header("Ailleurs")


def run() -> None:
    pages = {
        navigation.WORKSHOP: st.Page(quiz, title="Atelier", url_path=navigation.WORKSHOP, default=True),
        navigation.READER: st.Page(elsewhere, title="Lire", url_path=navigation.READER),
    }
    navigation.remember(pages)
    st.navigation(list(pages.values()), position="hidden").run()
    dress_page()


if __name__ == "__main__":
    run()
