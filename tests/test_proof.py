"""The citation gate: what the report says passes, whatever its typography; what it does not say never does."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import CitationState
from assistant.proof import prove
from ingest.records import LEAST_QUOTE, Passage
from vectorstore.index import Index

VERIFIED, REPAIRED, UNPROVED = CitationState
SOURCE = (
    "La communauté de Brantôme, en Dordogne, accueille 35 résidents. L'équipe n'est pas composée seulement de "
    "professionnels : d'anciens usagers « pairs-aidants » y œuvrent… Les séjours durent de 1 à 2 ans, sans limite "
    "d'âge, et 10 000 euros ont été versés par l'Agence régionale de santé."
)
LONG = "L'équipe n'est pas composée seulement de professionnels : d'anciens usagers « pairs-aidants » y œuvrent"


@dataclass(frozen=True)
class Sample:
    """A sentence of the report, the passage that holds it, and a passage that does not."""

    words: str
    passage: Passage
    other: Passage


@pytest.fixture(scope="module")
def samples(index: Index) -> list[Sample]:
    """Every sound unit that is long enough to be forged, in an order of chance that never changes."""
    chance = random.Random(2021)
    found = [
        Sample(p.words_of(u), p, chance.choice(index.passages))
        for p in index.passages
        for u in p.units
        if not u.damaged and len(p.words_of(u)) >= 60 and len(re.findall(r"\b[a-zé]{6}", p.words_of(u))) >= 4
    ]
    chance.shuffle(found)
    return found


# What is forged: each takes a sample and chance, and gives a quote, or nothing where the sample does not lend itself.


def fabricated(sample: Sample, chance: random.Random) -> str:
    subject = chance.choice(["Le dispositif", "Chaque département", "La méthode", "L'accompagnement proposé"])
    verb = chance.choice(["réduit fortement", "garantit toujours", "coûte moins que", "remplace désormais"])
    what = chance.choice(["les délais d'attente des familles", "le recours aux urgences", "la charge des équipes"])
    return f"{subject} {verb} {what}, {chance.choice(['selon les élus', 'partout en France', 'sans surcoût'])}."


def of_another_passage(sample: Sample, chance: random.Random) -> str | None:
    words = sample.other.words_of(chance.choice(sample.other.units))
    return words if len(words) >= 30 else None


def stitched(sample: Sample, chance: random.Random) -> str | None:
    there, here = sample.other.text.split(), sample.words.split()
    share = chance.choice([0.5, 0.7, 0.8, 0.85])
    kept = max(3, int(len(here) * share))
    added = max(3, len(here) - kept)
    at = chance.randrange(max(1, len(there) - added))
    foreign = there[at : at + added]
    if sum(len(w) > 5 for w in foreign) < 3:
        return None  # a link ("en même temps,") joins nothing
    return " ".join([*here[:kept], *foreign] if chance.random() < 0.5 else [*foreign, *here[-kept:]])


def stitched_within(sample: Sample, chance: random.Random) -> str | None:
    words = sample.passage.text.split()
    if len(words) < 60:
        return None
    at = chance.randrange(20, len(words) - 15)
    return " ".join(words[: at - 10][-15:] + words[at : at + 15])


def one_figure_changed(sample: Sample, chance: random.Random) -> str | None:
    places = [m.start() for m in re.finditer(r"\d", sample.words)]
    if not places:
        return None
    at = chance.choice(places)
    digit = chance.choice([d for d in "0123456789" if d != sample.words[at]])
    return sample.words[:at] + digit + sample.words[at + 1 :]


def one_figure_shortened(sample: Sample, chance: random.Random) -> str | None:
    found = re.search(r"(?<!\d)\d+[ .,]?\d+.*", sample.words, re.DOTALL)
    return found[0][1:] if found and len(found[0]) > 20 else None


def a_negation_dropped(sample: Sample, chance: random.Random) -> str | None:
    found = list(re.finditer(r"(?<=\w )(?:pas|jamais|plus|aucune?|sans|ne) (?=\w)|(?<= )n'(?=\w)", sample.words))
    if not found:
        return None
    cut = chance.choice(found)
    return sample.words[: cut.start()] + sample.words[cut.end() :]


def a_negation_added(sample: Sample, chance: random.Random) -> str:
    words = sample.words.split()
    words.insert(chance.randrange(1, len(words)), chance.choice(["pas", "jamais", "ne", "non", "sans", "aucunement"]))
    return " ".join(words)


def a_negative_prefix(sample: Sample, chance: random.Random) -> str:
    at = chance.choice([m.start() for m in re.finditer(r"\b[a-zéè]{5,}", sample.words)])
    return sample.words[:at] + chance.choice(["in", "im", "non-", "dé", "a"]) + sample.words[at:]


def a_name_changed(sample: Sample, chance: random.Random) -> str | None:
    names = ("Gironde", "Ardèche", "Nord", "Aurore", "FLORA", "Gers", "Paris", "Eure", "FenêtreS", "ASMI", "CAF", "ATD")
    held = [n for n in names if re.search(rf"\b{n}\b", sample.words)]
    if not held:
        return None
    return re.sub(rf"\b{held[0]}\b", chance.choice([n for n in names if n not in held]), sample.words, count=1)


def a_homoglyph(sample: Sample, chance: random.Random) -> str:
    cyrillic = {"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "x": "х", "i": "і"}
    at = chance.choice([i for i, c in enumerate(sample.words) if c in cyrillic])
    return sample.words[:at] + cyrillic[sample.words[at]] + sample.words[at + 1 :]


def too_short(sample: Sample, chance: random.Random) -> str:
    return sample.words[: chance.randrange(1, LEAST_QUOTE - 1)]


def a_word_cut(sample: Sample, chance: random.Random) -> str:
    places = [m.start() for m in re.finditer(r"(?<=[a-zé]{3})(?=[a-zé]{3})", sample.words)]
    at = chance.choice(places)
    kept = max(sample.words[:at], sample.words[at:], key=len)
    return kept if chance.random() < 0.7 else f"{sample.words[:at]} {sample.words[at:]}"


def order_changed(sample: Sample, chance: random.Random) -> str:
    words = sample.words.split()
    a, b = sorted(chance.sample([i for i, w in enumerate(words) if len(w) > 4], 2))
    words[a], words[b] = words[b], words[a]
    return " ".join(words)


def a_quote_spliced(sample: Sample, chance: random.Random) -> str:
    words = sample.words.split()
    at = chance.randrange(len(words) // 4 + 1, 3 * len(words) // 4 + 1)
    foreign = chance.sample(["dit-on", "par décision des élus", "malgré tout le monde", "grâce à la commune"], 1)
    return " ".join([*words[:at], *foreign, *words[at:]])


FORGERIES: list[Callable[[Sample, random.Random], str | None]] = [
    fabricated, of_another_passage, stitched, stitched_within, one_figure_changed, one_figure_shortened,
    a_negation_dropped, a_negation_added, a_negative_prefix, a_name_changed, a_homoglyph, too_short, a_word_cut,
    order_changed, a_quote_spliced,
]  # fmt: skip


def letters_of(text: str) -> str:
    """What no typography changes, by a road that owes nothing to the gate."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in plain if c.isalnum())


def forge(forgery: Callable[[Sample, random.Random], str | None], samples: list[Sample], most: int) -> list[Sample]:
    """Quotes that their passage does not hold, with it."""
    chance = random.Random(f"{forgery.__name__} 7")
    forged: list[Sample] = []
    for sample in samples:
        quote = forgery(sample, chance)
        # Chance may give back what stands in the passage: that is no forgery, save a cut.
        cut = forgery in (too_short, a_word_cut, one_figure_shortened)
        if quote and (cut or letters_of(quote) not in letters_of(sample.passage.text)):
            forged.append(Sample(quote, sample.passage, sample.other))
        if len(forged) == most:
            break
    return forged


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda f: f.__name__)
def test_no_forged_quote_passes(forgery: Callable[[Sample, random.Random], str | None], samples: list[Sample]) -> None:
    forged = forge(forgery, samples, 60)
    assert len(forged) >= 30
    passed = [(f.words, f.passage.id) for f in forged if prove(f.words, f.passage.text).state is not UNPROVED]
    assert passed == []


def test_every_unit_of_the_report_is_verified_in_its_passage_with_its_exact_span(index: Index) -> None:
    checked = 0
    for passage in index.passages:
        for unit in passage.units:
            words = passage.words_of(unit)
            if len(words) < LEAST_QUOTE:
                continue
            proof = prove(words, passage.text)
            assert (proof.state, proof.quote) == (VERIFIED, words), passage.id
            assert passage.text[proof.start : proof.end] == words, passage.id
            checked += 1
    assert checked > 2000


NOISE: dict[str, Callable[[str], str]] = {
    "curly apostrophes": lambda t: t.replace("'", "’"),
    "straight quotation marks": lambda t: t.replace("« ", '"').replace(" »", '"'),
    "curly quotation marks": lambda t: t.replace("« ", "“").replace(" »", "”"),
    "tight quotation marks": lambda t: t.replace("« ", "«").replace(" »", "»"),
    "non-breaking spaces": lambda t: t.replace(" ", "\u00a0"),
    "narrow non-breaking spaces": lambda t: t.replace(" :", "\u202f:").replace(" ;", "\u202f;"),
    "soft hyphens": lambda t: re.sub(r"(\w{4})(?=\w{3})", "\\1\u00ad", t),
    "zero-width spaces": lambda t: t.replace(" ", " \u200b"),
    "ligatures": lambda t: t.replace("fi", "ﬁ").replace("fl", "ﬂ").replace("oe", "œ"),
    "opened ligatures": lambda t: t.replace("œ", "oe"),
    "one ellipsis": lambda t: t.replace("...", "…"),
    "three dots": lambda t: t.replace("…", "..."),
    "long dashes": lambda t: t.replace("-", "–"),
    "non-breaking hyphens": lambda t: t.replace("-", "\u2011"),
    "capitals": str.upper,
    "small letters": str.lower,
    "doubled spaces": lambda t: t.replace(" ", "  "),
    "line breaks": lambda t: t.replace(" ", "\n", 3),
    "decomposed accents": lambda t: unicodedata.normalize("NFD", t),
    "spaces around": lambda t: f" \n{t}\t ",
}


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE.keys())
def test_a_quote_with_typographic_noise_is_verified_in_the_words_of_the_source(
    noise: Callable[[str], str], samples: list[Sample]
) -> None:
    for sample in samples[:40]:
        proof = prove(noise(sample.words), sample.passage.text)
        assert (proof.state, proof.quote) == (VERIFIED, sample.words), sample.passage.id


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE.keys())
def test_a_source_with_typographic_noise_verifies_a_plain_quote(noise: Callable[[str], str]) -> None:
    proof = prove(LONG, noise(SOURCE))
    assert proof.state is VERIFIED
    assert letters_of(proof.quote or "") == letters_of(LONG)


def test_honest_quotes_with_every_noise_and_a_link_at_an_edge_pass(samples: list[Sample]) -> None:
    chance = random.Random(11)
    edges: list[Callable[[str], str]] = [
        lambda t: t, lambda t: f"Ainsi, {t}", lambda t: f"- {t}", lambda t: f"{t} etc.", lambda t: f"{t} […]",
        lambda t: f"« {t} »", lambda t: f"En effet, {t}", lambda t: f"(…) {t}", lambda t: f"{t}…",
    ]  # fmt: skip
    long = [s for s in samples if len(s.words) >= 90][:300]
    refused = []
    for sample in long:
        noisy = sample.words
        for noise in chance.sample(list(NOISE.values()), 3):
            noisy = noise(noisy)
        proof = prove(chance.choice(edges)(noisy), sample.passage.text)
        if proof.state is UNPROVED:
            refused.append((sample.words, proof.why))
        else:
            # What is given back is the source's own words, whatever was quoted.
            assert proof.quote == sample.passage.text[proof.start : proof.end]
    assert len(long) == 300
    assert len(refused) <= 0.02 * len(long), refused


@pytest.mark.parametrize(
    "quote",
    [
        f"Ainsi, {LONG}",
        f"{LONG} ensuite",
        f"On y lit : {LONG}",
        LONG.replace("L'équipe", "Cette équipe"),
        LONG.replace("y œuvrent", "y travaillent"),
    ],
)
def test_a_long_run_with_harmless_edges_is_repaired_in_the_words_of_the_source(quote: str) -> None:
    proof = prove(quote, SOURCE)
    assert proof.state is REPAIRED
    assert proof.quote == SOURCE[proof.start : proof.end]
    assert proof.quote in LONG
    assert len(proof.quote) >= 0.85 * len(quote)


def test_a_run_of_less_than_85_percent_is_unproved() -> None:
    run = "anciens usagers y oeuvrent avec les professionnels au quotidien"  # 63 letters
    assert prove(f"{run} abcdefghij", f"Les {run}.").state is REPAIRED  # 63 of 74: 85.1 %
    assert prove(f"{run} abcdefghijk", f"Les {run}.").state is UNPROVED  # 63 of 75: 84.0 %


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        (LONG.replace("L'équipe n'est", "L'équipe est"), "négation"),
        (LONG.replace("L'équipe n'est pas", "Elle est"), "négation"),
        (f"Jamais {LONG}", "négation"),
        (f"36 résidents. {LONG}", "chiffre"),
        (f"Nontron. {LONG}", "nom propre"),
        (f"{LONG} à Nontron", "nom propre"),
        (LONG.replace("L'équipe", "L'équi"), "coupé"),
        (LONG.replace("œuvrent", "œu"), "coupé"),
        (LONG.replace("y œuvrent", "œuvrent y"), "autre endroit"),
        (f"{LONG} en Dordogne", "nom propre"),
        (f"{LONG}, séjours versés", "autre endroit"),
        (f"{LONG} souvеnt", "alphabet"),
        (f"{LONG}, paie bien cher", "les bords"),
        (LONG.replace("composée seulement", "seulement composée"), "couvre"),
    ],
)
def test_what_differs_at_an_edge_and_changes_what_is_said_is_unproved(quote: str, why: str) -> None:
    proof = prove(quote, SOURCE)
    assert (proof.state, why in proof.why) == (UNPROVED, True), proof


@pytest.mark.parametrize(
    "quote",
    [
        "aidants » y œuvrent… Les séjours durent de 1 à 2 ans",
        "000 euros ont été versés par l'Agence régionale de santé",
        "Les séjours durent de 1 à 2 ans, sans limite d'âge, et 10",
        "rantôme, en Dordogne, accueille 35 résidents",
        "accueille 35 résidents. L'équipe n'est pas compo",
        "anciens usagers « pairs",
    ],
)
def test_a_quote_that_cuts_a_word_a_compound_or_a_figure_is_unproved(quote: str) -> None:
    assert quote in SOURCE
    assert prove(quote, SOURCE).state is UNPROVED


def test_an_unproved_quote_gives_nothing_to_show_but_a_reason() -> None:
    proof = prove("Rien de tout cela ne figure ici.", SOURCE)
    assert (proof.state, proof.quote, proof.start, proof.end) == (UNPROVED, None, None, None)
    assert proof.why


@pytest.mark.parametrize("quote", ["", " ", "en Dordogne", "sans limite", "…", "\u00ad" * 40, "\n\n\n"])
def test_a_quote_of_fewer_than_twelve_characters_is_unproved(quote: str) -> None:
    assert prove(quote, SOURCE).state is UNPROVED


def test_twelve_characters_are_enough() -> None:
    assert prove("35 résidents", SOURCE).state is VERIFIED


def test_a_quote_that_ends_on_a_decomposed_accent_takes_the_accent() -> None:
    decomposed = unicodedata.normalize("NFD", SOURCE)
    quote = prove("Agence régionale de santé", decomposed).quote
    assert quote == unicodedata.normalize("NFD", "Agence régionale de santé")


def test_a_full_stop_is_not_the_first_third_of_an_ellipsis() -> None:
    assert prove(f"{LONG}…", SOURCE).state is VERIFIED
    assert prove(f"{LONG}.", SOURCE).quote == LONG


def test_the_whole_source_is_verified_in_itself() -> None:
    proof = prove(SOURCE, SOURCE)
    assert (proof.state, proof.start, proof.end) == (VERIFIED, 0, len(SOURCE))


ODD = "aeéE œ'’\"«»-–….,;:!0123\n\u00a0\u00ad\u0301ﬁnpasßİ½²"
TEXT = st.text(st.sampled_from(ODD), max_size=80) | st.text(max_size=80)


@given(quote=TEXT, source=TEXT)
@settings(max_examples=300, deadline=None)
def test_no_text_makes_the_gate_fail(quote: str, source: str) -> None:
    proof = prove(quote, source)
    if proof.state is UNPROVED:
        assert proof.quote is None
    else:
        assert proof.quote == source[proof.start : proof.end]


@given(text=TEXT, data=st.data())
@settings(max_examples=300, deadline=None)
def test_the_span_of_a_verified_quote_is_the_slice_of_the_source_that_reads_the_same(
    text: str, data: st.DataObject
) -> None:
    a = data.draw(st.integers(0, len(text)))
    b = data.draw(st.integers(a, len(text)))
    proof = prove(text[a:b], text)
    if proof.state is VERIFIED:
        assert proof.quote == text[proof.start : proof.end]
        # Verified both ways: the slice and the quote are the same words.
        assert prove(proof.quote or "", text[a:b]).state is VERIFIED
        assert letters_of(proof.quote or "") == letters_of(text[a:b])
