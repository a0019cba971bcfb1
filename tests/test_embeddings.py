"""The embeddings seam: the model that ships needs no torch, any sentence-transformers model can take its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import EmbeddingError, IndexOutdated
from ingest.settings import Settings
from vectorstore.embeddings import MODEL, FrenchEmbeddings, SentenceTransformerEmbeddings, choose_embeddings
from vectorstore.hits import Query
from vectorstore.index import Index, build_index, open_index, verify_index

VOCABULARY = (
    "logement santé commission habitants centre soins famille travail social query passage le la les de".split()
)
GUIDE = """# Guide

## Attribution

Le logement social est attribué par une commission qui se réunit chaque mois dans la commune.

## Soins

La santé des habitants est suivie par un centre de soins qui reçoit sans rendez-vous le samedi.
"""


def silent(label: str, done: int, total: int) -> None:
    """Show nothing."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real sentence-transformers model, which counts a few words."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import BoW

    folder = tmp_path_factory.mktemp("models") / "mots"
    SentenceTransformer(modules=[BoW(VOCABULARY)]).save(str(folder))
    return folder


@pytest.fixture(scope="module")
def e5(model: Path) -> Path:
    """The same model under a name of the E5 family."""
    folder = model.with_name("multilingual-E5-tiny")
    folder.symlink_to(model, target_is_directory=True)
    return folder


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    path = tmp_path / "guide.md"
    path.write_text(GUIDE, "utf-8")
    return path


def test_an_index_is_built_and_searched_with_a_model(model: Path, guide: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", embeddings=str(model))
    index, written = build_index([guide], settings, silent)
    try:
        assert written
        assert index.retriever.dense.nearest("les soins", 1) == ["soins/1"]
        assert index.retriever.find(Query("logement"), 5)[0].passage.id == "attribution/1"
        assert verify_index(index) == []
    finally:
        index.close()
    again, written = build_index([guide], settings, silent)
    again.close()
    assert not written


def test_the_vectors_of_two_models_are_never_mixed(model: Path, guide: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    index, _ = build_index([guide], Settings(home=home, embeddings=str(model)), silent)
    index.close()
    with pytest.raises(IndexOutdated, match="PRATIQUES_EMBEDDINGS"):
        open_index(Settings(home=home))
    index, written = build_index([guide], Settings(home=home), silent)
    index.close()
    assert written
    with pytest.raises(IndexOutdated, match="PRATIQUES_EMBEDDINGS"):
        open_index(Settings(home=home, embeddings=str(model)))


def test_the_environment_chooses_the_model(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRATIQUES_EMBEDDINGS", str(model))
    assert choose_embeddings(Settings().embeddings).name.endswith(str(model))
    monkeypatch.delenv("PRATIQUES_EMBEDDINGS")
    assert choose_embeddings(Settings().embeddings).name == FrenchEmbeddings().name


def test_a_model_of_the_e5_family_gets_its_prefixes(model: Path, e5: Path) -> None:
    plain, prefixed = SentenceTransformerEmbeddings(str(model)), SentenceTransformerEmbeddings(str(e5))
    assert prefixed.embed_query("logement") == plain.embed_query("query: logement") != plain.embed_query("logement")
    assert prefixed.embed_documents(["logement"]) == plain.embed_documents(["passage: logement"])


def test_another_model_gets_no_prefix(model: Path) -> None:
    plain = SentenceTransformerEmbeddings(str(model))
    assert plain.embed_query("logement") == plain.embed_documents(["logement"])[0]


def test_the_vectors_of_a_model_have_length_one(model: Path) -> None:
    vectors = SentenceTransformerEmbeddings(str(model)).embed_documents(["logement social", "la santé"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_an_unknown_model_is_refused_with_its_remedy(guide: Path, tmp_path: Path) -> None:
    missing = str(tmp_path / "absent")
    with pytest.raises(EmbeddingError, match="PRATIQUES_EMBEDDINGS") as refused:
        build_index([guide], Settings(home=tmp_path / "home", embeddings=missing), silent)
    assert missing in str(refused.value)
    assert list((tmp_path / "home").rglob("manifest.json")) == []


def test_a_folder_that_holds_no_model_is_refused_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("{", "utf-8")
    with pytest.raises(EmbeddingError, match="PRATIQUES_EMBEDDINGS"):
        SentenceTransformerEmbeddings(str(tmp_path)).embed_query("logement")


def test_the_model_that_ships_gives_vectors_of_length_one_and_none_without_words() -> None:
    vectors = np.array(FrenchEmbeddings().embed_documents(["logement social", "", "qui paie ?"]))
    assert vectors.shape == (3, 256)
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 0, 1], atol=1e-5)


def test_the_model_that_ships_weighs_at_most_12_mb() -> None:
    assert sum(f.stat().st_size for f in MODEL.iterdir()) <= 12_000_000


def test_sentence_transformers_reads_the_model_that_ships_and_gives_the_same_vectors(index: Index) -> None:
    texts = [p.text for p in index.passages[::20]] + [
        "c'est qui qui paie ?",
        "What is peer support?",
        "Évaluation œuvre",
    ]
    ours = np.array(FrenchEmbeddings().embed_documents(texts))
    theirs = np.array(SentenceTransformerEmbeddings(str(MODEL)).embed_documents(texts))
    assert np.allclose(ours, theirs, atol=1e-5)


@pytest.mark.parametrize(
    ("said", "meant", "other"),
    [
        ("c'est qui qui met la main à la poche", "les financements du dispositif", "les effets sur les familles"),
        ("qu'est-ce qui coince", "les freins rencontrés", "les financements du dispositif"),
        ("who pays for it", "les financements du dispositif", "les freins rencontrés"),
        ("les gamins", "les enfants", "les financements"),
        ("formassion", "la formation", "le logement"),
    ],
)
def test_the_model_that_ships_brings_what_people_say_near_what_the_report_says(
    said: str, meant: str, other: str
) -> None:
    embed = FrenchEmbeddings().embed_query
    vector = np.array(embed(said))
    assert vector @ np.array(embed(meant)) > vector @ np.array(embed(other)) + 0.1


def test_two_trainings_never_share_an_index(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(MODEL, copy)
    assert FrenchEmbeddings(copy).name == FrenchEmbeddings().name
    with (copy / "model.safetensors").open("r+b") as weights:
        weights.seek(-1, 2)
        last = weights.read(1)
        weights.seek(-1, 2)
        weights.write(bytes([last[0] ^ 1]))
    assert FrenchEmbeddings(copy).name != FrenchEmbeddings().name
