"""What stands where: parts, headings, mended sentences, and the words that no answer may quote."""

from __future__ import annotations

import pytest

from ingest.damage import is_damaged
from ingest.joining import join_broken
from ingest.markdown import read_markdown
from ingest.records import Block, BlockKind, Report
from ingest.settings import Settings
from ingest.sources import find_sources, read_sources
from ingest.structure import build_report

PARAGRAPH, ITEM = BlockKind.PARAGRAPH, BlockKind.ITEM

# The start of every sentence, item or row that a reader of the report finds garbled.
DAMAGED = (
    "Ces personnes à tout point de vue semblables.",
    "Importance dunt c omme clé de réussite",
    "Création d'un comité technique de coordinateurs préactifés igner",
    "Parmi les autres freins à considérer, la difficulté d'avoir des personnes intéressées",
    "Par ailleurs, le faible constitue un frein",
    "Le PRDS et le groupe pilote en mesurent les effets ont été formés., et est suivie par",
    "1 poste temps plein e concentre sur le management",
    "L'assistante sociale en entreprise travaille à l'élaboration d'outils",
    "Soutien de la hiérarchie dans l'émergence de la pratique : 62,5",
    "Information de l'équipe concernant l'émergence de la pratique : 50,7",
    "Formation de l'équipe concernant la mise en œuvre de la nouvelle pratique : 48,2",
    "Du temps a été dégagé pour l'équipe : 33,8",
    "Aide des partenaires pour soutenir l'émergence de la pratique : 32,8",
    "Aide financière : 25,1",
    "Autre (veuillez préciser) Réponse : 15,9",
)


@pytest.fixture(scope="module")
def report(settings: Settings) -> Report:
    (read,) = read_sources(find_sources((), settings), settings, lambda label, done, total: None)
    return read


def path_of(words: str, report: Report) -> tuple[str, ...]:
    (passage,) = [p for p in report.passages if words in p.text]
    return passage.path


def test_the_damaged_sentences_of_the_report_are_these_and_no_other(report: Report) -> None:
    damaged = [p.words_of(u) for p in report.passages for u in p.units if u.damaged]
    assert [text[: len(start)] for text, start in zip(damaged, DAMAGED, strict=True)] == list(DAMAGED)


def test_the_findings_name_each_damaged_sentence(report: Report) -> None:
    (line,) = [line for line in report.findings if "abîmées" in line]
    assert line.startswith(f"{len(DAMAGED)} ")
    assert any("1 poste temps plein e concentre" in line for line in report.findings)


@pytest.mark.parametrize(
    "text",
    [
        "en mesurent les effets ont été formés., et est suivie par",
        "permettant de travaille r les actions",
        "voir http://ww ou",
        "un mot \ufffd perdu",
    ],
)
def test_garbled_words_are_known_in_any_document(text: str) -> None:
    assert is_damaged(text)


@pytest.mark.parametrize(
    "text",
    [
        "À la question n° 12, 9 h 30, p. 8, etc., puis les 50 m² du local.",
        "Le plan B, l'option b), i.e. et/ou R&D, y a-t-il un e-mail ?",
        "Il y a Yann, à Sète... et l'art L 312-1 du CASF.",
        "« tout ce qui se fait sans moi, se fait contre moi ».",
    ],
)
def test_a_sound_sentence_is_not_taken_for_garbled(text: str) -> None:
    assert not is_damaged(text)


@pytest.mark.parametrize(
    "whole",
    [
        "clavier de sous-entendus sur lequel chacun peut jouer",
        "une remise en cause du rapport dominant/dominé qui favorise le maintien de la situation d'oppression.",
        "Depuis 10 ans, plus de 2000 professionnels ont participé à une initiation",
        "À défaut d'assurance sociale permettant à chacun de recourir au professionnel",
        "les co-formations se déroulent sur 4 jours, à la suite, pour générer",
        "La nouveauté, c'est que la puissance publique",
        "Le manque de communication (s). Les prises de décisions non communes ».",
    ],
)
def test_a_sentence_cut_by_a_page_break_is_whole_again(whole: str, report: Report) -> None:
    holding = [u for p in report.passages for u in p.units if whole in p.words_of(u)]
    assert holding
    assert not any(unit.damaged for unit in holding)


def test_a_sentence_cut_in_two_is_joined() -> None:
    blocks = [Block(PARAGRAPH, "Le cadre doit"), Block(PARAGRAPH, "soutenir"), Block(PARAGRAPH, ", puis aider.")]
    assert [b.text for b in join_broken(blocks)] == ["Le cadre doit soutenir, puis aider."]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (Block(PARAGRAPH, "Une phrase finie."), Block(PARAGRAPH, "une autre.")),
        (Block(PARAGRAPH, "Voici :"), Block(PARAGRAPH, "un, deux")),
        (Block(PARAGRAPH, "Sans fin"), Block(PARAGRAPH, "Mais une majuscule")),
        (Block(PARAGRAPH, "Ceci suppose"), Block(ITEM, "un point")),
        (Block(ITEM, "un point"), Block(ITEM, "un autre point")),
        (Block(ITEM, "Un point"), Block(ITEM, "un autre point")),
        (Block(BlockKind.HEADING, "Un titre"), Block(PARAGRAPH, "en bas de casse")),
    ],
)
def test_two_thoughts_are_never_joined(above: Block, below: Block) -> None:
    assert join_broken([above, below]) == [above, below]


def test_the_rest_of_a_long_item_that_got_a_bullet_goes_back_to_it() -> None:
    long_item = Block(ITEM, "Organisation d'une journée d'étude pour vérifier l'intérêt des conférences")
    assert len(join_broken([long_item, Block(ITEM, "familiales")])) == 1


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("L'usage du conte et de l'imaginaire", "Focus personnes concernées"),
        ("Il faudra dès lors interroger pourquoi", "Focus personnes concernées"),
        ("Connaissance du dispositif sur le territoire", "Facteurs clés et freins rencontrés"),
        ("La question 52 « L'émergence de la pratique", "Facteurs clés et freins rencontrés"),
        ("A l'inverse, les participants qui ont répondu à la question 23", "Catégorie 2 : ceux qui ont répondu"),
        ("La question 56 permettait d'interroger", "Dans les cas où la pratique émergente a d'ores-et-déjà été"),
        ("Communiquer, valoriser ces pratiques", "Les pratiques émergentes comme outil de profonde évolution"),
        ("Point de vigilance : il faut faire attention", "Conditions de mise en œuvre"),
        ("Deux intervenants se présentent au rendez-vous", "Participation des personnes"),
        ("Le résident-guide (un ancien), qui", "Plusieurs outils sont mobilisés"),
        ("Déclinées sous différentes formes", "L'aller vers : une pratique de longue date en travail social"),
    ],
)
def test_a_passage_of_the_report_stands_under_the_heading_that_is_its_own(
    words: str, heading: str, report: Report
) -> None:
    assert path_of(words, report)[-1].startswith(heading)


@pytest.mark.parametrize("page", ["4", "7", "9", "17", "19", "23", "30", "33", "36", "123"])
def test_the_pages_of_the_summary_are_those_of_its_parts(page: str, report: Report) -> None:
    assert any(p.pages == (page,) for p in report.passages)


@pytest.mark.parametrize("group", ["aller-vers", "pair-aidance", "a-propos"])
def test_a_part_whose_page_the_summary_lost_has_no_page(group: str, report: Report) -> None:
    assert {p.pages for p in report.passages if p.group == group} == {()}


def test_contents_and_running_titles_are_no_text_of_the_report(report: Report) -> None:
    assert "SOMMAIRE" not in report.text
    assert "Fiche n°1a" not in report.text
    assert "p. 35" not in report.text


def test_any_other_document_has_its_headings_for_paths() -> None:
    text = "# Guide\n\nIntro.\n\n## Accueil\n\nBonjour.\n\n### Le soir\n\nBonsoir.\n\n## Départ\n\nAdieu.\n"
    report = build_report(read_markdown(text), "guide", "Guide")
    assert [(p.id, p.path) for p in report.passages] == [
        ("guide/1", ("Guide",)),
        ("accueil/1", ("Guide", "Accueil")),
        ("le-soir/1", ("Guide", "Accueil", "Le soir")),
        ("depart/1", ("Guide", "Départ")),
    ]
    assert report.fiches == ()


def test_headings_of_one_name_have_passages_of_their_own() -> None:
    report = build_report(read_markdown("# A 2\n\nUn.\n\n# A\n\nDeux.\n\n# A\n\nTrois.\n"), "d", "D")
    assert [(p.id, p.text) for p in report.passages] == [
        ("a-2/1", "A 2\nUn."),
        ("a/1", "A\nDeux."),
        ("a-3/1", "A\nTrois."),
    ]


def test_a_sentence_cut_in_any_other_document_is_whole_again() -> None:
    report = build_report(read_markdown("# Guide\n\nLe cadre doit\n\nsoutenir la démarche.\n"), "d", "D")
    assert [p.words_of(p.units[-1]) for p in report.passages] == ["Le cadre doit soutenir la démarche."]


def test_a_document_without_any_heading_is_one_text() -> None:
    report = build_report(read_markdown("Une phrase.\n\nUne autre.\n"), "d", "D")
    assert [(p.id, p.path, p.text) for p in report.passages] == [("texte/1", (), "Une phrase.\n\nUne autre.")]


def test_a_list_in_small_letters_keeps_its_items() -> None:
    report = build_report(read_markdown("Il faut :\n\n- un lit\n- une table\n  - basse\n"), "d", "D")
    assert report.text == "Il faut :\n- un lit\n- une table\n  - basse"
