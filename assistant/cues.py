"""Everyday words by which a question says what it wants: fields of a fiche, parts of the report, kinds of answer.

Patterns are over folded text (lower-case, no accents). They say what words mean in French, for any question;
none is about one question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

DEFINES = re.compile(
    r"\b(?:désign\w+|se définit|est (?:un|une|à entendre)|sont (?:un|une|des)|signifie|consiste|vise à|repose sur)\b"
)
"""Words (as the report writes them) by which a sentence defines."""


class Kind(StrEnum):
    """The kind of answer that a question wants."""

    DEFINITION = "definition"
    FIGURE = "figure"
    LIST = "list"
    PROCEDURE = "procedure"
    COMPARISON = "comparison"
    OVERVIEW = "overview"
    FACT = "fact"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(patterns) + ")")


_WHAT_IS = r"qu'est[- ]ce qu(?:e c'est|e? ?(?:le|la|l'|les|un|une|des|d')\b ?[^ ]+(?: [^ ]+){0,5} ?\?*$)"
"""« Qu'est-ce que la pair-aidance ? » asks for a definition, « qu'est-ce qui a changé » does not."""
FRAMING = frozenset(
    """veux veut veulent voudrais voudrait voulez peux pouvez pourrais pourrait pouvait suis vais va vont dois doit
    faudrait faut svp stp merci bonjour cherche cherches chercher redige rediger note question questions rapport
    fiche fiches document dis dites donne donner donnez explique expliquer expliques parle parler parlent dit savoir
    sais sait connaitre exactement precisement vraiment concretement demain aujourd'hui hier quelqu'un chose choses
    truc trucs genre type mot mots phrase phrases besoin vient venir passe passer sert servir existe exister
    trouve trouver mentionne mentionner cite citer citee cites report tell give explain please
    according say says concerne concernent traite traitent aborde abordent""".split()
)
"""Words that frame a question rather than say what it is about: their absence from a passage means nothing."""


SHORTHAND = dict(
    pair.split("=")
    for pair in """ds=dans pr=pour ki=qui ke=que koi=quoi kel=quel kels=quels kelle=quelle kil=qu'il kils=qu'ils
    kan=quand kant=quand qd=quand qt=quand lé=les dé=des cé=c'est é=et o=au oz=aux sa=ça ya=il-y-a
    tt=tout tte=toute tjs=toujours tjrs=toujours jms=jamais bcp=beaucoup kom=comment kmt=comment cmt=comment
    coman=comment komen=comment komment=comment keski=qu'est-ce-qui keske=qu'est-ce-que keskon=qu'est-ce-qu'on
    kesk=qu'est-ce-que parske=parce-que pck=parce-que pcq=parce-que pask=parce-que pk=pourquoi pkoi=pourquoi
    prkoi=pourquoi pourkoi=pourquoi dc=donc dk=donc ac=avec avk=avec ss=sous sn=son ns=nous vs=vous
    qq=quelque qqn=quelqu'un qqch=quelque-chose qqun=quelqu'un kkun=quelqu'un tps=temps pb=problème pbs=problèmes
    mtn=maintenant auj=aujourd'hui ajd=aujourd'hui rep=réponse reps=réponses fo=faut doi=doit voi=voit
    fé=fait fè=fait fer=faire fèr=faire av=avec jé=j'ai jai=j'ai taf=travail asso=association
    assos=associations appart=appartement dispo=disponible info=information infos=informations perso=personnel
    persos=personnes""".split()
)
"""How people in a hurry write the commonest words of French; by its sound alone each could be many others."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words by which people ask for something that the fiches say in certain fields.

    `whole`: the field itself is asked for (« qui finance ? »), not one thing among those that it says.
    """

    words: re.Pattern[str]
    fields: frozenset[str]
    whole: bool = True


def _cue(fields: str, *patterns: str, whole: bool = True) -> Cue:
    return Cue(_any(*patterns), frozenset(fields.split()), whole)


FIELD_CUES = (
    _cue(
        "definition",
        r"defini\w*",
        r"c'est quoi",
        _WHAT_IS,
        r"veut dire",
        r"signifie",
        r"en quoi consiste",
    ),
    _cue("objectif", r"objectifs?\b", r"aims?\b", r"goals?\b", r"buts?\b", r"vise\b", r"a quoi (?:ca )?sert"),
    _cue(
        "genese",
        r"origin\w+",
        r"genese",
        r"emerg\w+",
        r"naissance",
        r"ne\b",
        r"nee\b",
        r"demarr\w+",
        r"commenc\w+",
        r"lance\w*",
        r"constats?\b",
        r"point de depart",
        r"parti\w* d",
    ),
    _cue("gouvernance", r"gouvernance", r"pilot\w+", r"comite", r"port[ee]\w* par"),
    _cue(
        "financements",
        r"financ\w+",
        r"prend\w* en charge",
        r"pai(?:e|es|ent|er|era|ement|ements)\b",
        r"pay(?:e|es|ent|er|ee|ees|ait|aient|ant)\b",
        r"budgets?\b",
        r"couts?\b",
        r"coute\w*",
        r"argent",
        r"subvention\w*",
        r"sous\b",
        r"fonds\b",
        r"tarifs?\b",
        r"prix\b",
        r"thunes?\b",
        r"fund\w*",
        r"costs?\b",
    ),
    _cue("participation", r"participation", r"participent", r"associe\w* (?:les|aux) (?:familles|personnes|usagers)"),
    _cue("deploiement", r"deploie\w*", r"bilan", r"avance\w*", r"ou en (?:est|sont)"),
    _cue("deploiement", r"combien", r"nombre de", r"cb\b", whole=False),
    _cue("conditions", r"conditions?\b", r"faut[- ]il"),
    _cue("conditions", r"cles? de reussite", r"reuss\w+", r"leviers?\b", r"facilit\w+", whole=False),
    _cue(
        "conditions mise-en-oeuvre",
        r"freins?\b",
        r"frein(?:e|ent|er)\b",
        r"obstacles?\b",
        r"difficult\w+",
        r"reticen\w+",
        r"resistances?\b",
        r"limites?\b",
        r"vigilance",
        r"barriers?\b",
        whole=False,
    ),
    _cue("perspectives", r"perspectives?\b", r"avenir", r"projets? en cours", r"prevu\w*", r"suites?\b", r"envisag\w+"),
    _cue("mise-en-oeuvre", r"mise en oeuvre"),
    _cue(
        "effets",
        r"effets?\b",
        r"effects?\b",
        r"outcomes?\b",
        r"resultats?\b",
        r"impacts?\b",
        r"benefi\w+",
        r"apport\w*",
        r"chang\w+",
    ),
    _cue("evaluation", r"evalu\w+", r"assess\w+", r"indicateurs?\b", r"mesur\w+"),
    _cue("repere", r"formateurs?\b", r"organismes? de formation", r"repere"),
)

CARD_CUES = {
    "territoire": _any(
        r"territoires?\b",
        r"dans quels? (?:departements?|villes?|regions?)",
        r"quelle ville",
        r"quelles? communes?",
        r"localis\w+",
    ),
    "annee": _any(r"annees?\b(?! d'etude)", r"depuis quand", r"date de (?:debut|lancement)", r"since when"),
    "initiateurs": _any(
        r"initiateurs?\b",
        r"initie\w*",
        r"a l'initiative",
        r"qui (?:porte|a lance|a cree|a monte)\b",
        r"porteurs?\b",
        r"acteurs concernes",
        r"cofinanc\w+",
        r"co-financ\w+",
        r"association partenaire",
    ),
    "publics": _any(
        r"publics? (?:vise|cible|concerne)\w*",
        r"(?:quels?|public) publics?\b",
        r"et publics?\b",
        r"tranche d'age",
        r"destinataires?",
        r"s'adresse\w*",
        r"public\(s\)",
        r"public cible",
        r"quel public",
    ),
}
BRIEF_CARD_CUES = {
    "territoire": _any(r"ou\b(?! en| bien| pas)", r"where\b"),
    "annee": _any(r"quand\b", r"depuis combien", r"when\b"),
    "initiateurs": _any(r"partenaires?\b"),
    "publics": _any(r"publics?\b", r"pour qui\b", r"a qui\b", r"quel age", r"beneficiaires?\b"),
}
"""Words that ask for a card's value in a brief question only: in a longer one they ask for many other things."""

SECTION_CUES = {
    "annexe-analyse": _any(
        r"questionnaire", r"enquete\b", r"repondants?\b", r"sondage", r"repondu\w*", r"question \d+"
    ),
    "annexe-methode": _any(r"questionnaire", r"methodologie"),
    "demarche": _any(r"questionnaire", r"demarche de reperage", r"thematiques? (?:retenu|prioris)\w*"),
    "preconisations": _any(r"preconis\w+", r"recommand\w+"),
    "lignes-de-forces": _any(r"lignes? de forces?"),
    "conditions": _any(r"lignes? de forces?", r"auditions?\b", r"auditionn\w+"),
    "evaluation": _any(r"lignes? de forces?", r"auditions?\b"),
    "pratiques-emergentes": _any(r"introduction", r"pratiques? (?:professionnelles? )?emergentes?"),
}

_KINDS = (
    (
        Kind.OVERVIEW,
        _any(
            r"quel(?:le)?s (?:sont (?:les|ces) |autres )?(?:fiches|pratiques|dispositifs|projets|actions|experiences|"
            r"territoires|departements|villes|initiatives|structures)\b",
            r"(?:ou|dans quel endroit) (?:trouve|retrouve)-t-on",
            r"which (?:sheets|practices|projects|places|departments)",
        ),
    ),
    (
        Kind.COMPARISON,
        _any(
            r"compar\w+",
            r"difference",
            r"differen\w+ entre",
            r"distingu\w+",
            r"par rapport a",
            r"versus",
            r"vs\b",
            r"points? communs?",
            r"ressembl\w+",
        ),
    ),
    (
        Kind.FIGURE,
        _any(
            r"combien",
            r"cb\b",
            r"cbien",
            r"nombre",
            r"chiffres?\b",
            r"pourcentage",
            r"taux",
            r"quel age",
            r"quelle part",
            r"how (?:many|much)",
            r"budgets?\b",
            r"duree",
        ),
    ),
    (
        Kind.PROCEDURE,
        _any(
            r"comment (?:faire|on|s'y|se (?:passe|deroule)|m'organiser|proceder|mettre|s'anime)",
            r"etapes?\b",
            r"deroul\w+",
            r"demarches? a suivre",
            r"how (?:to|do)\b",
            r"phases?\b",
            r"concretement,? comment",
        ),
    ),
    (
        Kind.LIST,
        _any(
            r"quel(?:le)?s sont",
            r"quels\b",
            r"quelles\b",
            r"liste\w*",
            r"lesquels",
            r"lesquelles",
            r"les (?:\d+|deux|trois|"
            r"quatre|cinq|six|sept|huit) \w+",
            r"enumer\w+",
            r"which\b",
            r"what are",
        ),
    ),
    (
        Kind.DEFINITION,
        _any(
            r"defini\w*",
            r"c'est quoi",
            _WHAT_IS,
            r"veut dire",
            r"signifi\w+",
            r"en quoi consiste",
            r"sigle",
            r"expliquer\w*",
            r"what is\b",
            r"ca consiste",
        ),
    ),
)


def kind_of(folded: str) -> Kind:
    """The kind of answer that a folded question wants; a fact where nothing says otherwise."""
    return next((kind for kind, cue in _KINDS if cue.search(folded)), Kind.FACT)


def _named(cues: dict[str, re.Pattern[str]], folded: str) -> frozenset[str]:
    return frozenset(name for name, cue in cues.items() if cue.search(folded))


def cues_of(folded: str) -> tuple[Cue, ...]:
    """The cues in a folded question: which fields of a fiche it asks about, and in which words."""
    return tuple(cue for cue in FIELD_CUES if cue.words.search(folded))


def card_values_of(folded: str, brief: bool) -> frozenset[str]:
    """The values of a fiche's card that a folded question asks about; `brief` where it says little else."""
    return _named(CARD_CUES, folded) | (_named(BRIEF_CARD_CUES, folded) if brief else frozenset())


def sections_of(folded: str) -> frozenset[str]:
    """The sections of the report that a folded question points to."""
    return _named(SECTION_CUES, folded)


_OPENS_YES_OR_NO = re.compile(
    r"^(?:est-ce qu|est ce qu|peut-on|faut-il|doit-on|y a-t-il|y a t il|ya |y'a |y a |is |are |do |does |did |can |"
    r"has |have |(?:a|ont|est|sont|peut|peuvent|doit|doivent|fait|font|va|vont)-(?:t-)?(?:il|elle|ils|elles|on)\b)|"
    r"\bou (?:pas|non)\b|\bc'est (?:vrai|possible|oblige)"
)
_ASKS_YES_OR_NO = re.compile(r"-t-(?:il|elle|on|ils|elles)\b|\b\w+(?:ent|ont)-(?:ils|elles)\b|\best-(?:il|elle)\b")
_ASKS_ELSE = re.compile(r"\b(?:qui|quoi|quels?|quelles?|comment|combien|pourquoi|quand|ou|what|who|how|which)\b")


def is_yes_or_no(folded: str) -> bool:
    """Whether a folded question can be answered by yes or no."""
    return bool(_OPENS_YES_OR_NO.search(folded) or (_ASKS_YES_OR_NO.search(folded) and not _ASKS_ELSE.search(folded)))


_OWN_CASE = _any(
    r"(?:mon|ma|mes|notre|nos) (?:employeur|patron|chef\w*|contrat|salaire|beneficiaires?|usagers?|client\w*|conge\w*)",
    r"je (?:suis|conteste|touche|demande|risque|veux contester)",
    r"me (?:reclame|refuse|doit|licencie)\w*",
    r"(?:un|une) (?:dame|monsieur|mere|pere|femme|homme|jeune|usager\w*|famille|beneficiaire)\b",
    r"(?:m\.|mme|monsieur|madame)",
    r"(?:la caf|le juge|la mdph|la cpam|le proprio\w*|le bailleur|la prefecture|pole emploi|l'ase)\b",
)
_RIGHTS = _any(
    r"droits? (?:a|de|au|aux)\b",
    r"le droit d",
    r"recours",
    r"tribunal",
    r"contest\w+",
    r"plainte",
    r"indu\b",
    r"trop[- ]percu",
    r"delais?\b",
    r"combien de (?:jours|temps|mois)",
    r"oblig\w+",
    r"legal\w*",
    r"plafonds?\b",
    r"montants?\b",
    r"toucher\b",
    r"demarches? pour",
    r"dossier",
    r"papiers?\b",
    r"que (?:dois|puis)-je",
    r"est-ce que je (?:peux|dois)",
    r"je (?:peux|dois|fais quoi)\b",
)


def asks_for_advice(folded: str) -> bool:
    """Whether a folded question tells a case and asks what is right or possible in it."""
    return bool(_OWN_CASE.search(folded) and _RIGHTS.search(folded))
