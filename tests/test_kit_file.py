"""A kit goes through its file unchanged, and a file that is not one is refused with what to do."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from kits import KIT

from assistant.kits.editing import add_item, rewrite
from assistant.kits.kit import Kit
from assistant.kits.kit_file import kit_json, read_kit
from ingest.errors import KitError

DATA = kit_json(KIT).encode()


def changed(path: str, value: Any) -> bytes:
    """The file of the sample with another value at a path (`kit/sequences/0/minutes`)."""
    record = json.loads(DATA)
    *steps, last = [int(step) if step.isdecimal() else step for step in path.split("/")]
    within = record
    for step in steps:
        within = within[step]
    within[last] = value
    return json.dumps(record).encode()


def refusal(data: bytes) -> str:
    with pytest.raises(KitError) as error:
        read_kit(data)
    return str(error.value)


def test_a_kit_goes_through_its_file_unchanged(kit: Kit) -> None:
    rewritten = add_item(rewrite(KIT, "sequences/s2/points/0", "Mes mots."), "Et chez nous ?", ["Oui", "Non"], 0)
    for whole in (KIT, kit, rewritten, replace(KIT, comparison=None, note="« œ » 😀")):
        assert read_kit(kit_json(whole).encode()) == whole


@given(
    st.text(min_size=1, max_size=50), st.datetimes(datetime(2001, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))
)
@example("\0", datetime.fromisoformat("2026-01-01T00:00:00+14:00"))
def test_any_words_and_any_hour_go_through_the_file(text: str, made: datetime) -> None:
    whole = replace(KIT, note=text, made=made)
    assert read_kit(kit_json(whole).encode()) == whole


def test_half_a_character_is_left_out_and_the_file_can_be_written() -> None:
    assert read_kit(kit_json(replace(KIT, note="a\ud800")).encode()).note == "a?"


def test_the_same_kit_gives_the_same_text_and_a_human_can_read_it() -> None:
    text = kit_json(KIT)
    assert text == kit_json(read_kit(text.encode()))
    assert '"text": "Accueil et objectifs"' in text
    assert text.startswith('{\n "format": "pratiques-kit",\n "version": 1,\n "kit": {')


def test_a_byte_order_mark_is_no_matter() -> None:
    assert read_kit(b"\xef\xbb\xbf" + DATA) == KIT


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "est vide"),
        (b" \n\t", "est vide"),
        (b"\xff\xfe{", "pas du texte en UTF-8"),
        (b"PK\x03\x04\xff", "pas du texte en UTF-8"),
        (b"Bonjour", "abîmé ou incomplet"),
        (DATA[: len(DATA) // 2], "abîmé ou incomplet"),
        (b"[" * 100_000, "abîmé ou incomplet"),
        (b'{"format": "pratiques-kit", "version": ' + b"9" * 10_000 + b"}", "abîmé ou incomplet"),
        (b'{"format": "pratiques-kit", "note": "\\ud800"}', "abîmé ou incomplet"),
        (b"[]", "pas une séance de Pratiques"),
        (b"3", "pas une séance de Pratiques"),
        (b"null", "pas une séance de Pratiques"),
        (b'{"format": "autre", "version": 1}', "pas une séance de Pratiques"),
        (b'{"format": "pratiques-kit"}', "pas une séance de Pratiques"),
        (b'{"format": "pratiques-kit", "version": 1.5}', "pas une séance de Pratiques"),
        (b'{"format": "pratiques-kit", "version": -1}', "pas une séance de Pratiques"),
        (b'{"format": "pratiques-kit", "version": 2, "kit": []}', "Mettez Pratiques à jour"),
        (b'{"format": "pratiques-kit", "version": 1}', "(contenu : il manque)"),
        (b"{" + b" " * 5_000_000 + b"}", "dépasse 5 Mo"),
    ],
)
def test_what_is_no_kit_is_refused_with_its_remedy(data: bytes, why: str) -> None:
    said = refusal(data)
    assert why in said
    assert re.search(r"Choisissez|Faites partager|Mettez Pratiques", said)


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        ("kit/title/text", 3, "(titre, texte : ce n'est pas la valeur attendue)"),
        ("kit/title/text", "  ", "(titre : ce n'est pas cohérent)"),
        ("kit/sequences/1/points/0/citations", [], "(séquence 2, point 1 : ce n'est pas cohérent)"),
        ("kit/sequences/1/points/0/citations/0/end", 3, "(séquence 2, point 1, citation 1 : ce n'est pas cohérent)"),
        ("kit/sequences/0/minutes", "5", "(séquence 1, durée : ce n'est pas la valeur attendue)"),
        ("kit/sequences/0/minutes", 0, "(séquence 1 : ce n'est pas cohérent)"),
        ("kit/sequences/0/minutes", 841, "(séquence 1, durée : elle dépasse 2 jours)"),
        ("kit/sequences/0/kind", "party", "(séquence 1, sorte : ce n'est pas la valeur attendue)"),
        ("kit/sequences/3/holds", ["c9"], "ce qui n'existe pas"),
        ("kit/sequences/3/holds", ["s1"], "ce qui n'existe pas"),
        ("kit/sequences/3/holds", ["q1"], "ce qu'une autre contient déjà"),
        ("kit/sequences/0/id", "s2", "le même identifiant"),
        ("kit/sequences/0/id", "../s2", "lettres et de chiffres"),
        ("kit/id", "", "lettres et de chiffres"),
        ("kit/sequences", [], "aucune séquence"),
        ("kit/request/minutes", 10**30, "demande, durée"),
        ("kit/request/participants", 0, "nombre de participants"),
        ("kit/request/start", 1440, "heure de début"),
        ("kit/made", "2026-01-02T03:04:05", "fuseau horaire"),
        ("kit/made", "0001-01-01T00:00:00+14:00", "fuseau horaire"),
        ("kit/items/0/proof", [], "(question du quiz 1 : ce n'est pas cohérent)"),
        ("kit/items/0/options/0/right", True, "(question du quiz 1 : ce n'est pas cohérent)"),
        ("kit/comparison/citations", [], "(comparaison : ce n'est pas cohérent)"),
    ],
)
def test_what_is_wrong_in_a_kit_is_named_in_plain_words(path: str, value: Any, why: str) -> None:
    assert why in refusal(changed(path, value))


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_message(data: bytes) -> None:
    assert refusal(data)


@given(st.integers(0, len(DATA) - 1), st.integers(0, 60), st.binary(max_size=8))
def test_no_damage_raises_anything_but_a_message(at: int, gone: int, put: bytes) -> None:
    with suppress(KitError):
        assert isinstance(read_kit(DATA[:at] + put + DATA[at + gone :]), Kit)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner))
PATHS = [f"kit/{name}" for name in json.loads(DATA)["kit"]] + [
    *("kit/title/was", "kit/sequences/1/points/0/text", "kit/sequences/1/holds", "kit/comparison/table/cells"),
    *("kit/items/0/options/0/statement", "kit/items/1/fiche", "kit/cases/0/fiches", "kit/comparison/sentences/0"),
]


@given(st.sampled_from(PATHS), VALUES)
def test_no_other_value_raises_anything_but_a_message(path: str, value: Any) -> None:
    with suppress(KitError):
        assert isinstance(read_kit(changed(path, value)), Kit)
