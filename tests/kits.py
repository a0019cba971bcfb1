"""One small kit made by hand, with one of everything, whose citations stand in the bundled report."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.answer import Answer, Citation, CitationState, Sentence, Status, Table, TableCell, Trace
from assistant.kits.kit import (
    Aim,
    Audience,
    Case,
    Discussion,
    Item,
    ItemKind,
    Kit,
    Option,
    Origin,
    Reading,
    Request,
    SequenceKind,
    Statement,
)
from assistant.kits.kit import Sequence as Stretch

PLACES = {
    "1c": ("43", ("Fiches pratiques", "Conférences familiales")),
    "3b": ("77", ("Fiches pratiques", "Pair aidance")),
    "4a": ("86", ("Fiches pratiques", "Réseaux et partenariats")),
}
TITLES = {
    "1c": "Fiche 1c : Retour d'expérience du Conseil départemental de la Gironde",
    "3b": "Fiche 3b : Retour d'expérience de ATD Quart Monde Normandie et Association Calvadosienne pour la Sauvegarde "
    "de l'Enfant à l'Adulte (ACSEA) - Co-formation par les savoirs et les pratiques avec des personnes en situation de "
    "pauvreté",
    "4a": "Fiche 4a : Dispositif FLORA (Yvelines)",
}
FIELDS = {
    "carte": "Carte d'identité",
    "conditions": "Conditions de mise en œuvre",
    "effets": "Effets de la pratique",
    "financements": "Financements",
}


def cited(fiche: str, field: str, start: int, quote: str, number: int = 1) -> Citation:
    """A citation of the first passage of a field, by where its words start in the bundled report."""
    page, path = PLACES[fiche]
    return Citation(
        number=number,
        document="pratiques-emergentes",
        passage=f"fiche-{fiche}/{field}/1",
        quote=quote,
        start=start,
        end=start + len(quote),
        page=page,
        page_exact=False,
        fiche=fiche,
        path=(*path, TITLES[fiche], FIELDS[field]),
        state=CitationState.VERIFIED,
    )


def proposed(text: str) -> Statement:
    return Statement(text, Origin.TOOL)


def said(text: str, citation: Citation, lead: str = "") -> Statement:
    return Statement(text, Origin.REPORT, (citation,), lead)


PAID = cited(
    "4a",
    "financements",
    173905,
    "Les dépenses qui incombent aux communes sont réparties en fonction de la population : en 2020, les communes ont "
    "payé 0,99 par habitant pour disposer du dispositif sur leur territoire.",
)
CONVENTION = cited(
    "1c",
    "financements",
    91736,
    "Convention départementale avec l'Etat, dans le cadre de la Stratégie nationale de lutte contre la pauvreté, pour "
    "financer le plan de formation aux conférences familiales et l'ingénierie de projet.",
)
OWN_MEANS = cited("3b", "financements", 152807, "Financements sur fond propres")
NETWORK = cited(
    "4a",
    "effets",
    175794,
    "Le travail en réseau facilite la prise en charge des femmes victimes de violences conjugales.",
)
ALONE = cited(
    "1c",
    "effets",
    95154,
    "les conférences familiales permettent de faire sortir les personnes de leur isolement",
)
BREATHLESS = cited(
    "1c",
    "conditions",
    93464,
    "Parmi les freins à la mise en œuvre des conférences, l'essoufflement de la dynamique dû au rythme soutenu des "
    "professionnels qui font face à d'autres obligations est évoqué.",
)
TERRITORY = cited("1c", "carte", 87969, "Territoire : Département de la Gironde")
SIDES = (
    said("Le travail en réseau facilite la prise en charge des femmes victimes de violences conjugales.", NETWORK),
    said("L'essoufflement de la dynamique est dû au rythme soutenu des professionnels.", BREATHLESS),
)
EXPECTED = (said(NETWORK.quote, NETWORK), said("Les communes se partagent les dépenses.", PAID))
KIT = Kit(
    id="0123456789ab",
    title=proposed("Séance sur les fiches 1c et 4a"),
    request=Request((), ("1c", "4a"), Audience.STUDENTS, 60, 12),
    aims=(
        Aim("comparer", proposed("Comparer plusieurs façons de mettre en œuvre les conférences familiales.")),
        Aim("", Statement("Donner envie de lire le rapport.", Origin.TRAINER)),
    ),
    sequences=(
        Stretch("s1", SequenceKind.WELCOME, proposed("Accueil et objectifs"), 5, (proposed("Tour de table."),)),
        Stretch(
            "s2",
            SequenceKind.PRACTICES,
            proposed("Des pratiques, fiche par fiche"),
            15,
            (proposed("Se répartir les fiches, en 3 groupes de 4."), proposed("Raconter sa fiche.")),
            (
                said("Les communes se partagent les dépenses en fonction de la population.", PAID),
                said("Le travail en réseau facilite la prise en charge des femmes victimes de violences.", NETWORK),
            ),
        ),
        Stretch("s3", SequenceKind.BREAK, proposed("Pause"), 10),
        Stretch(
            "s4",
            SequenceKind.CASE,
            proposed("Étude de cas"),
            20,
            (proposed("Lire la situation et les difficultés, sans la suite."),),
            holds=("c1",),
        ),
        Stretch(
            "s5",
            SequenceKind.QUIZ,
            proposed("Quiz : faire le point"),
            10,
            (proposed("Répondre en équipes, sans les documents."),),
            holds=("q1", "q2", "q3"),
        ),
    ),
    cases=(
        Case(
            id="c1",
            fiches=("1c",),
            title=proposed("Étude de cas : une conférence familiale"),
            situation=(said("Département de la Gironde", TERRITORY, "Territoire :"),),
            obstacles=(said(BREATHLESS.quote, BREATHLESS),),
            tasks=(proposed("Par quoi commenceriez-vous, et avec qui ?"),),
            outcome=(
                said(
                    "Les conférences familiales permettent de faire sortir les personnes de leur isolement.",
                    ALONE,
                    "Ce que la fiche en rapporte :",
                ),
            ),
        ),
    ),
    discussions=(
        Discussion("d1", "À discuter", proposed("Que gagne-t-on, et à quel prix, à travailler à plusieurs ?"), SIDES),
    ),
    comparison=Answer(
        id="ba9876543210",
        question="Comparaison des fiches 1c et 4a",
        understood="Comparaison des fiches 1c et 4a",
        status=Status.ANSWERED,
        sentences=(
            Sentence(CONVENTION.quote, (1,), "row", "Fiche 1c, financements :"),
            Sentence(PAID.quote, (2,), "row", "Fiche 4a, financements :"),
            Sentence(
                "Le plus gros du budget est constitué par la location des appartements.",
                (3,),
                "row",
                "Fiche 4a, financements :",
            ),
            Sentence(
                "Une participation est demandée aux familles en fonction des revenus et des situations individuelles "
                "des ménages.",
                (4,),
                "row",
                "Fiche 4a, financements :",
            ),
        ),
        citations=(
            CONVENTION,
            cited("4a", "financements", PAID.start, PAID.quote, 2),
            cited(
                "4a",
                "financements",
                174090,
                "Le plus gros du budget est constitué par la location des appartements.",
                3,
            ),
            cited(
                "4a",
                "financements",
                174274,
                "Une participation est demandée aux familles en fonction des revenus et des situations individuelles "
                "des ménages.",
                4,
            ),
        ),
        message="",
        unknown_words=(),
        nearest_fiches=(),
        suggestions=(),
        trace=Trace("empreinte", "plongement", ()),
        table=Table(
            (
                TableCell("1c", "financements", (0,), "Fiche 1c, financements :"),
                TableCell("4a", "financements", (1, 2, 3), "Fiche 4a, financements :"),
            )
        ),
    ),
    items=(
        Item(
            id="q1",
            kind=ItemKind.CHOICE,
            fiche="4a",
            field="funding",
            stem=proposed("Fiche 4a, le dispositif FLORA : d'où viennent les moyens ?"),
            options=(
                Option(said("une convention départementale avec l'Etat", CONVENTION), False, "1c"),
                Option(said("des dépenses réparties en fonction de la population", PAID), True, "4a"),
                Option(said("des financements sur fond propres", OWN_MEANS), False, "3b"),
            ),
            proof=(said(PAID.quote, PAID),),
        ),
        Item(
            id="q2",
            kind=ItemKind.TRUTH,
            fiche="4a",
            field="effect",
            stem=proposed(
                "Vrai ou faux ? Fiche 4a, le dispositif FLORA. Effet : la prise en charge des femmes victimes de "
                "violences conjugales, facilitée par le travail en réseau."
            ),
            options=(Option(proposed("Vrai"), True), Option(proposed("Faux"), False)),
            proof=(said(NETWORK.quote, NETWORK),),
        ),
        Item(
            id="q3",
            kind=ItemKind.OPEN,
            fiche="4a",
            field="effect",
            stem=proposed("Fiche 4a, le dispositif FLORA : que gagne-t-on à travailler à plusieurs ?"),
            points=EXPECTED,
            proof=EXPECTED,
        ),
    ),
    readings=(Reading("fiche-4a/carte/1", "Fiche 4a, le dispositif FLORA", "p. 86"),),
    made=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    index="empreinte",
)
"""An hour on two fiches; its sequences add up."""
