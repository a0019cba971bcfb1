"""What the view of an answer to review says, in French."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import CitationState, Status
from eval.review.item import Source
from eval.review.promotion import LEAST_WORDS, USUAL_WORDS

TITLE = "Relecture"
SETTLING = "Arbitrage"

STATUS = {
    Status.ANSWERED: "Réponse citée",
    Status.SILENT: "Refus : le rapport n'en parle pas",
    Status.UNPROVABLE: "Refus : passages trouvés, rien qui réponde",
}
SOURCES = {
    Source.CONVERSATION: "conversation partagée",
    Source.BATCH: "lot de questions",
    Source.JUDGED: "jeu de questions jugées",
}
STATES = {
    CitationState.VERIFIED: "citation vérifiée mot pour mot",
    CitationState.REPAIRED: "citation rétablie dans les mots du rapport",
}
TURNS = {"user": "Question", "assistant": "Réponse"}
GONE = (
    "Ce passage n'est plus tel quel dans le rapport indexé : voici la citation gardée avec la réponse, sans ce qui "
    "l'entoure."
)

SENTENCE_MARKS = {100: "Bonne", 80: "Moyenne", 0: "Mauvaise"}
REFUSAL_MARKS = {100: "Bon refus", 80: "Moyen", 0: "Mauvais refus"}
CITATION_MARKS = {25: "Bonne", 20: "Moyenne", 0: "Mauvaise"}
PERSONAS = {"practitioner": "Personne de terrain", "trainer": "Formation", "evaluator": "Évaluation"}

# What the component says itself
BACK, BACK_SETTLING = "Retour à la file", "Retour à l'accord entre relectures"
HISTORY = "Ce qui précède dans la conversation"
UNDERSTOOD = "Comprise ainsi :"
EXPECTED = "Réponse attendue"
EXPECTED_EVIDENCE = "Preuves attendues"
EXPECTED_NOTHING = "Le jeu de questions dit que le rapport n'y répond pas : un refus est attendu."
SHORTCUTS = "Raccourcis"
SHORTCUTS_ON = "Raccourcis d'une touche actifs (ce choix reste dans ce navigateur)"
SENTENCE_MARK = "La phrase"
REFUSAL_MARK = "Le refus"
CITATION_MARK = "La citation"
MORE = "Signaler une erreur, donner une raison"
ERRORS = "Erreurs, s'il y en a"
REASON = "Raison"
REASON_WHEN = "à donner dès que tout n'est pas bon"
PASSAGES = "Passages trouvés"
NO_PASSAGES = "Aucun passage n'avait été trouvé."
NEAREST = "Fiches les plus proches"
READ_THERE = "Lire dans le rapport"
PASSAGE = "Passage du rapport"
WHOLE = "La réponse entière"
WHOLE_HELP = "Rien à noter ici, sauf ce qui manque ou n'avait pas lieu d'être."
NOTES = "Dit après la réponse"
UNDO = "Annuler"
FINISH = "Terminer et passer à la suivante"
SKIP = "Suivante sans terminer"
SAVE_AGAIN = "Enregistrer de nouveau"
KEEP_MINE = "Garder mon texte"
NOT_KEPT = "Votre texte n'est pas enregistré. La raison gardée :"
NO_REASON = "aucune"
NO_REPLY = "Le serveur ne répond pas : ce changement n'est peut-être pas enregistré."
OTHERS = "Les relectures"
DECISION = "La décision"
TAKE_AGREED = "Reprendre les notes communes"
PICK = "Prendre comme preuve"
PICK_BY_KEYBOARD = "Choisir des mots au clavier"
READ_AGAIN = "Revenir à la lecture"
CHOSEN = "{count} mots choisis"
CHOSEN_TOO_FEW = f"{{count}} mots choisis ; il en faut au moins {LEAST_WORDS}"
CHOSEN_UNUSUAL = f"{{count}} mots choisis ; le mieux est de {USUAL_WORDS[0]} à {USUAL_WORDS[1]}"

PROMOTION = "Jeu de test"
PROMOTION_HELP = (
    "Une réponse relue devient une question jugée, que les mesures poseront de nouveau : les phrases notées bonnes en "
    "sont la réponse, leurs citations les preuves. Pour une preuve de plus, sélectionnez des mots dans un passage."
)
PROMOTE = "Ajouter au jeu de test"
WITHDRAW = "Retirer du jeu de test"
PERSONA = "Qui la pose"
EVIDENCE = "Preuves"
FACTS = "Faits attendus"
REMOVE = "Retirer"
UNUSUAL = f"longueur inhabituelle : le mieux est de {USUAL_WORDS[0]} à {USUAL_WORDS[1]} mots"
OR = "ou bien"

COMPONENT = (
    "FINISH", "HISTORY", "UNDERSTOOD", "EXPECTED", "EXPECTED_EVIDENCE", "EXPECTED_NOTHING", "SHORTCUTS",
    "SHORTCUTS_ON", "MORE", "ERRORS", "REASON", "REASON_WHEN", "PASSAGES", "NO_PASSAGES", "NEAREST", "READ_THERE",
    "PASSAGE", "NOTES", "UNDO", "SKIP", "SAVE_AGAIN", "KEEP_MINE", "NOT_KEPT", "NO_REASON", "NO_REPLY", "OTHERS",
    "DECISION", "TAKE_AGREED", "PICK", "PICK_BY_KEYBOARD", "READ_AGAIN", "CHOSEN", "CHOSEN_TOO_FEW", "CHOSEN_UNUSUAL",
    "PROMOTION", "PROMOTION_HELP", "PROMOTE", "WITHDRAW", "PERSONA", "EVIDENCE", "FACTS", "REMOVE", "OR",
)  # fmt: skip
"""The words that the component says itself."""

KEYS = (
    ("1 · 2 · 3", "la phrase (ou le refus) est bonne, moyenne, mauvaise"),
    ("Q · S · D", "la citation est bonne, moyenne, mauvaise"),
    ("J · K", "phrase suivante, phrase précédente"),
    ("E", "écrire la raison ; Échap pour en sortir"),
    ("P", "prendre comme preuve les mots sélectionnés"),
    ("U", "annuler le dernier changement"),
    ("Entrée", "terminer et passer à la suivante"),
)
"""The shortcuts and what each does; none works while one is typing."""

# What came of an action
UNDONE = "Annulé"
FINISHED = "Relecture terminée."
SETTLED = "Arbitrage terminé."
LAST = "C'était la dernière de cette file."
NO_OTHER = "Il n'y a pas d'autre réponse à relire dans cette file."
TAKEN_AGREED = "Notes communes reprises."
NOTHING_AGREED = "Rien à reprendre : les relectures diffèrent partout où il manque une note."
PROMOTED = "Ajoutée au jeu de test."
PROMOTED_WITH_WORDS = "Ajoutée au jeu de test, avec ces mots comme preuve."
PICKED = "Ces mots sont une preuve de plus."
EVIDENCE_REMOVED = "Preuve retirée."
FACT_REMOVED = "Fait attendu retiré."
PERSONA_CHANGED = "Changé : qui pose la question."
WITHDRAWN = "Retirée du jeu de test."
SAME_MARKS = "Mêmes notes."
NOTHING_SAID = "Rien de signalé"
NOTE_OF_SENTENCE, NOTE_OF_REFUSAL, NOTE_OF_CITATION = (
    "la note de la phrase",
    "la note du refus",
    "la note de la citation",
)
ERRORS_SAID = "les erreurs"

_MISSING = {"sentence": "la note de la phrase", "citation": "la note de la citation", "reason": "la raison"}


def sentence_name(position: int) -> str:
    """How a sentence is called, by its position."""
    return f"Phrase {position}"


def place_name(position: int, refused: bool) -> str:
    """What a mark is of, in the middle of a sentence."""
    return f"phrase {position}" if position else "le refus" if refused else "la réponse entière"


def provenance(source: Source, origin: str) -> str:
    """Where an answer comes from; a conversation has no name that says anything."""
    name = SOURCES[source]
    return f"D'une {name}" if source is Source.CONVERSATION else f"D'un {name} : « {origin} »"


def configuration(name: str) -> str:
    """With what the answer was made, by its short name."""
    return f"configuration {name}"


def missing(what: Sequence[str], refused: bool) -> str:
    """What is still to be given."""
    said = ["la note" if refused and name == "sentence" else _MISSING[name] for name in what]
    return f"Il manque {' et '.join([', '.join(said[:-1]), said[-1]] if len(said) > 1 else said)}."


def saved(position: int, refused: bool) -> str:
    """Said when a mark is kept."""
    return f"Enregistré : {place_name(position, refused)}."


def undone(position: int, refused: bool) -> str:
    """Said when a change was taken back."""
    return f"{UNDONE} : {place_name(position, refused)}."


def taken(position: int, rater: str, refused: bool) -> str:
    """Said when the marks of a rater were taken over."""
    return f"Notes de {rater} reprises : {place_name(position, refused)}."


def take(rater: str) -> str:
    """The button that takes over the marks of a rater."""
    return f"Reprendre les notes de {rater}"


def marked(done: int, wanted: int) -> str:
    """How many sentences are marked."""
    return f"{done} phrase{_s(done)} sur {wanted} notée{_s(done)}"


def refusal_marked(done: bool) -> str:
    """Whether a refusal is marked."""
    return "refus noté" if done else "refus à noter"


def finished(done: int, wanted: int) -> str:
    """How many answers of the queue are finished."""
    return f"{done} réponse{_s(done)} sur {wanted} terminée{_s(done)}"


def unsettled(left: int) -> str:
    """How many answers are left on which raters differ."""
    return f"{left or 'aucun'} désaccord{_s(left)} à arbitrer"


def total(score: float, refused: bool) -> str:
    """The total of the marks; how it is made of them, where there are sentences."""
    said = f"{score:.1f}".replace(".", ",").removesuffix(",0")
    return f"Total : {said} sur 100" + ("" if refused else " (75 % phrases, 25 % citations)")


def differ(what: Sequence[str]) -> str:
    """In what the marks of raters differ."""
    return f"Les relectures diffèrent : {', '.join(what)}."


def few_reviews(count: int) -> str:
    """Said where there are not yet two reviews to settle between."""
    said = "aucune relecture n'est terminée" if count == 0 else "une seule relecture est terminée"
    return f"Pour cette réponse, {said} : il n'y a pas encore de désaccord à trancher."


def in_set(identifier: str, answerable: bool) -> str:
    """Said of a question that is in the set."""
    what = "Le rapport y répond." if answerable else "Le rapport n'y répond pas : un refus est attendu."
    return f"Dans le jeu de test, sous l'identifiant {identifier}. {what}"


def _s(count: int) -> str:
    return "s" if count > 1 else ""
