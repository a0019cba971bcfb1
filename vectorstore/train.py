"""Train the French static embedding that ships with the project (`vectorstore/model/`).

    python -m vectorstore.train --pairs PAIRS.jsonl.gz

A static embedding is a table of vectors, one a word piece; a text is the mean of its pieces. It is trained here by
contrast (InfoNCE, van den Oord et al., 2018): a question must be nearer to what answers it than to anything else.
Three lessons are taken at every step:

- open French pairs (question or title → text, everyday paraphrases, synonyms, English → French) and those of the
  thesaurus: each anchor against all the texts of its batch;
- the question index: each question, and each handful of everyday words, against *all* passages of the report, so
  that the passages of neighbouring fiches are always among the negatives;
- the question index against itself: two questions of one passage against those of all others.

Losses are summed over nested prefixes of the vector (Matryoshka, Kusupati et al., 2022). Questions are spoilt at
random, by dropped words and by the spelling of people in a hurry. Rows are stored as 8-bit integers with one scale
each, in the form that model2vec and sentence-transformers both read.
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import torch
from model2vec import StaticModel
from numpy.typing import NDArray
from rich.console import Console
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from torch import nn
from torch.nn import functional

from ingest.questions import read_asked
from ingest.settings import load_settings
from ingest.sources import find_sources, read_sources
from vectorstore import thesaurus
from vectorstore.dense import text_of
from vectorstore.embeddings import MODEL

PIECES = 30_000
DIMENSIONS = 256
NESTED = (64, 128, 256)
TEMPERATURE = 0.05
PAIRS_A_STEP, QUESTIONS_A_STEP = 1024, 768
STEPS = 350
LEARNING_RATE = 0.01
REPEATS = {
    "service_public": 3,
    "cdtn": 2,
    "cdtn_contributions": 1,
    "cdtn_queries": 3,
    "cdtn_query_title": 2,
    "fiches_travail": 2,
    "tess_synonymes": 3,
    "piaf": 2,
    "mon_entreprise": 1,
    "mesconseilscovid": 2,
    "tatoeba_paraphrases": 1,
    "tatoeba_en_fr": 1,
    "codes_social": 1,
    "codes_fr": 0.3,
    "lois_canada": 0.3,
}
"""How often each set of pairs is seen in one pass; below 1, a share of it."""
THESAURUS_REPEATS = 3
IN_ENGLISH = 0.15
"""Share of the index questions that are learnt in English words."""
SEED = 7


@dataclass(frozen=True, slots=True)
class Lesson:
    """The report's own part of the training: passages, and what is asked of each (by position)."""

    passages: list[str]
    questions: list[tuple[int, str]]


def read_lesson() -> Lesson:
    """The bundled report and its question index."""
    settings = load_settings()
    sources = find_sources((), settings)
    (report,) = read_sources(sources, settings, lambda label, done, total: None)
    asked = read_asked(sources[0], report, settings).by_passage
    questions = []
    for position, passage in enumerate(report.passages):
        if entry := asked.get(passage.id):
            questions += [(position, question) for question in entry.questions]
            # Words are learnt in handfuls, as many times as there are questions in four.
            for part in range(0, len(entry.words), 4):
                questions.append((position, " ".join(entry.words[part : part + 4])))
    return Lesson([text_of(p) for p in report.passages], questions)


def read_pairs(path: Path, chance: random.Random) -> list[tuple[str, str]]:
    """The open pairs, each set as often as `REPEATS` says, and those of the thesaurus, in random order."""
    pairs: list[tuple[str, str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            often = REPEATS.get(pair["set"], 1)
            for _ in range(int(often) + (chance.random() < often % 1)):
                pairs.append((pair["anchor"], pair["positive"]))
    pairs += list(thesaurus.pairs()) * THESAURUS_REPEATS
    chance.shuffle(pairs)
    return pairs


def make_tokenizer(texts: Iterator[str]) -> Tokenizer:
    """A WordPiece tokenizer of our own: lower-cased, accents stripped, ligatures opened."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=60))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace("œ", "oe"),
            normalizers.Replace("Œ", "oe"),
            normalizers.Replace("’", "'"),
            normalizers.BertNormalizer(lowercase=True, strip_accents=True),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=PIECES, special_tokens=["[PAD]", "[UNK]"], show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


_HURRIED = (
    ("qu", "k"), ("que", "ke"), ("ph", "f"), ("eau", "o"), ("au", "o"), ("ss", "s"), ("mm", "m"), ("nn", "n"),
    ("tt", "t"), ("ll", "l"), ("pp", "p"), ("ent ", " "), ("es ", " "), ("er ", "é "), ("ai", "e"), ("tion", "sion"),
    ("h", ""), ("c'est", "c"), ("s ", " "), ("e ", " "),
)  # fmt: skip
"""What people in a hurry write for what they hear."""


def spoil(text: str, chance: random.Random) -> str:
    """A question as it may be typed: some words dropped, some letters lost, swapped or written as heard."""
    words = text.split()
    if len(words) > 4:
        words = [w for w in words if chance.random() > 0.12] or words
    if chance.random() < 0.25:
        for i, word in enumerate(words):
            if len(word) > 4 and chance.random() < 0.3:
                at = chance.randrange(1, len(word) - 1)
                words[i] = (
                    word[:at] + word[at + 1 :]
                    if chance.random() < 0.5
                    else word[:at] + word[at + 1] + word[at] + word[at + 2 :]
                )
    spoilt = " ".join(words)
    if chance.random() < 0.15:
        spoilt += " "
        for said, typed in chance.sample(_HURRIED, 6):
            spoilt = spoilt.replace(said, typed)
    return spoilt.strip() or text


def _maybe_in_english(question: str, passage: str, chance: random.Random) -> str:
    """Once in a while, the English words of a question and of some lines of what answers it: a bag has no grammar."""
    if chance.random() > IN_ENGLISH:
        return question
    said = passage.split()
    at = chance.randrange(max(1, len(said) - 12))
    return thesaurus.in_english(f"{question} {' '.join(said[at : at + 12])}", chance.choice) or question


class Bag(nn.Module):
    """Texts to the mean of their pieces' vectors."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self.tokenizer = tokenizer
        self.table = nn.EmbeddingBag(tokenizer.get_vocab_size(), DIMENSIONS, mode="mean")
        nn.init.normal_(self.table.weight, std=0.1)

    def forward(self, texts: Sequence[str]) -> torch.Tensor:
        """The vectors of some texts, shape (texts, DIMENSIONS)."""
        pieces = [e.ids or [0] for e in self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
        lengths = torch.tensor([0] + [len(p) for p in pieces[:-1]])
        flat = torch.tensor([i for p in pieces for i in p])
        vectors: torch.Tensor = self.table(flat, lengths.cumsum(0))
        return vectors


def contrast(asked: torch.Tensor, given: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """InfoNCE summed over nested prefixes: `right` (asked, given) is true where a text answers a question."""
    total = torch.zeros(())
    for width in NESTED:
        a, g = functional.normalize(asked[:, :width], dim=1), functional.normalize(given[:, :width], dim=1)
        logits = a @ g.T / TEMPERATURE
        chosen = torch.logsumexp(logits.masked_fill(~right, float("-inf")), dim=1)
        total = total + (torch.logsumexp(logits, dim=1) - chosen).mean()
    return total / len(NESTED)


def train(lesson: Lesson, pairs: Sequence[tuple[str, str]], steps: int, console: Console) -> Bag:
    """Train on both lessons; the same seed gives the same model on the same machine."""
    chance = random.Random(SEED)
    torch.manual_seed(SEED)
    texts = (text for pair in pairs for text in pair)
    own = [*lesson.passages, *(q for _, q in lesson.questions)] * 20
    bag = Bag(make_tokenizer(iter([*own, *texts])))
    optimizer = torch.optim.Adam(bag.parameters(), lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, total_steps=steps)
    of_passage: defaultdict[int, list[str]] = defaultdict(list)
    for position, question in lesson.questions:
        of_passage[position].append(question)
    paired = [p for p, questions in of_passage.items() if len(questions) > 1]
    start = time.perf_counter()
    for step in range(steps):
        optimizer.zero_grad()
        at = step * PAIRS_A_STEP % len(pairs)
        batch = pairs[at : at + PAIRS_A_STEP]
        positives = [positive for _, positive in batch]
        code = {text: i for i, text in enumerate(positives)}
        codes = torch.tensor([code[text] for text in positives])
        anchors = [spoil(anchor, chance) for anchor, _ in batch]
        loss = contrast(bag(anchors), bag(positives), codes[:, None] == codes[None, :])
        if lesson.questions:
            drawn = chance.sample(lesson.questions, min(QUESTIONS_A_STEP, len(lesson.questions)))
            drawn = [(p, _maybe_in_english(q, lesson.passages[p], chance)) for p, q in drawn]
            right = torch.tensor([p for p, _ in drawn])[:, None] == torch.arange(len(lesson.passages))[None, :]
            loss = loss + contrast(bag([spoil(q, chance) for _, q in drawn]), bag(lesson.passages), right)
            two = [chance.sample(of_passage[p], 2) for p in paired]
            same = torch.eye(len(two), dtype=torch.bool)
            loss = loss + contrast(bag([spoil(a, chance) for a, _ in two]), bag([b for _, b in two]), same)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        if step % 50 == 0 or step == steps - 1:
            console.print(f"step {step + 1}/{steps}  loss {loss.item():.3f}  {time.perf_counter() - start:.0f} s")
    return bag


def quantize(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as 8-bit integers (−127 to 127) and one scale a row, shapes (rows, dimensions) and (rows,)."""
    scales = np.abs(weights).max(axis=1) / 127
    scales[scales == 0] = 1
    return np.round(weights / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def save(bag: Bag, folder: Path) -> None:
    """Save the model as model2vec writes it; the model card beside it is not touched."""
    table, scales = quantize(bag.table.weight.detach().numpy())
    model = StaticModel(table, bag.tokenizer, normalize=True, weights=scales, max_length=None)
    card = folder / "README.md"
    kept = card.read_bytes() if card.exists() else None
    model.save_pretrained(folder)
    if kept is not None:
        card.write_bytes(kept)


@click.command()
@click.option("--pairs", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=MODEL)
@click.option("--steps", type=click.IntRange(min=1), default=STEPS, show_default=True)
def main(pairs: Path, out: Path, steps: int) -> None:
    """Train the embedding on the question index and on the open pairs, and save it."""
    console = Console(stderr=True)
    lesson = read_lesson()
    read = read_pairs(pairs, random.Random(SEED))
    console.print(f"{len(lesson.passages)} passages, {len(lesson.questions)} index questions, {len(read)} pairs")
    out.mkdir(parents=True, exist_ok=True)
    save(train(lesson, read, steps, console), out)


if __name__ == "__main__":
    main()
