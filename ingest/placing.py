"""Where each block of a document stands: by the report's own outline, or by the levels of its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count

from ingest.cards import read_card
from ingest.contents import Contents, is_fiche_heading, is_title
from ingest.headings import ends_of_lists, settle_headings
from ingest.joining import join_broken
from ingest.outline import CARD, FIELDS, SECTIONS, THEMES, Section, field_of
from ingest.passages import Placed, label_length, slug
from ingest.records import Block, BlockKind, Fiche
from ingest.tables import lay_out_table


@dataclass(slots=True)
class _Here:
    """Where the placer stands in the report."""

    section: Section = Section("debut", "Pages de titre")
    fiche: Fiche | None = None
    field: str | None = None
    heading: str = ""
    above: str = ""
    """The last heading that does not only open a list: it comes back once such a list is over."""
    opened: frozenset[str] = frozenset()
    """The fields that the fiche has opened so far."""


class ReportPlacer:
    """Places the blocks of the report once: part and section, fiche and field, heading."""

    def __init__(self, contents: Contents, document: str) -> None:
        self.contents = contents
        self.document = document
        self.here = _Here()
        self.sections = {s.slug: s for s in SECTIONS}
        self.left = list(SECTIONS)
        self.placed: list[Placed] = []
        self.fiches: list[Fiche] = []

    def place(self, blocks: Sequence[Block]) -> tuple[list[Placed], tuple[Fiche, ...]]:
        """Place all blocks, in reading order; the fiches come without the fields that they fill."""
        i = 0
        run: list[Block] = []
        while i < len(blocks):
            if heading := is_fiche_heading(blocks[i]):
                self._flush(run)
                first = next(
                    (j for j in range(i + 1, len(blocks)) if field_of(blocks[j].text) or is_fiche_heading(blocks[j])),
                    len(blocks),
                )
                self._open_fiche(heading[1].lower(), heading[2], blocks[i:first])
                i = first
                continue
            run.append(blocks[i])
            i += 1
        self._flush(run)
        return self.placed, tuple(self.fiches)

    def _flush(self, run: list[Block]) -> None:
        joined = settle_headings(join_broken(run))
        run.clear()
        rows: list[Block] = []
        ends = ends_of_lists(joined)
        for i, block in enumerate(joined):
            if block.kind is BlockKind.ROW:
                rows.append(block)
                continue
            self._add_table(rows)
            if i in ends:
                self.here.heading = self.here.above
            self._add(block)
        self._add_table(rows)

    def _add_table(self, rows: list[Block]) -> None:
        if rows:
            for line, torn in lay_out_table([r.text for r in rows]):
                self._put(BlockKind.ROW, line, rows[0], damaged=torn)
        rows.clear()

    def _add(self, block: Block) -> None:
        heading_like = block.kind is BlockKind.HEADING or block.text.isupper()
        if heading_like and self._opens_section(block):
            return
        if heading_like and self._names_theme(block.text):
            return
        text = block.text.removeprefix("→").strip()
        field = field_of(text) if self.here.fiche else None
        # An item that starts like a field already filled (« Objectif : … ») goes on with its list.
        if field and not (block.kind is BlockKind.ITEM and field in self.here.opened):
            self._open_field(field, text, block)
            return
        if block.kind is BlockKind.HEADING:
            self.here.heading = text.rstrip(" :")
            if not text.endswith(":"):
                self.here.above = self.here.heading
        self._put(block.kind, text, block)

    def _open_field(self, field: str, text: str, block: Block) -> None:
        self.here.field, self.here.heading, self.here.above = field, "", ""
        self.here.opened |= {field}
        kind, label = block.kind, label_length(text)
        if kind is BlockKind.HEADING:
            # « Financements: aucun. » is printed as a heading, and says something; a question only announces.
            states = label > 0 and not text.endswith("?")
            kind, label = (BlockKind.PARAGRAPH, label) if states else (kind, 0)
        elif not label and text.endswith(":"):
            kind = BlockKind.HEADING
        self._put(kind, text, block, label=label)

    def _opens_section(self, block: Block) -> bool:
        for n, section in enumerate(self.left):
            if is_title(block.text, section.title):
                self.left = self.left[n + 1 :]
                self.here = _Here(section)
                if section.slug != "fiches":
                    self._put(BlockKind.HEADING, block.text, block)
                return True
        return False

    def _names_theme(self, text: str) -> bool:
        """The running title over each fiche, which says only its theme."""
        in_fiches = self.here.section.slug == "fiches"
        return in_fiches and any(is_title(text, theme) for theme in (*THEMES.values(), "Réseau et partenariats"))

    def _open_fiche(self, number: str, printed_title: str, blocks: Sequence[Block]) -> None:
        title = self.contents.titles.get(number) or re.sub(r"\s+", " ", printed_title).strip()
        card = read_card([b.text for b in blocks[1:]])
        page = self.contents.fiches.get(number)
        if page is None and blocks[0].page.printed:
            page = blocks[0].page.printed
        fiche = Fiche(
            id=number,
            document=self.document,
            title=title,
            theme=THEMES[number[0]],
            page=page,
            territoire=card["territoire"],
            annee=card["annee"],
            initiateurs=card["initiateurs"],
            publics=card["publics"],
            fields=(),
        )
        self.fiches.append(fiche)
        self.here = _Here(self.sections["fiches"], fiche, "carte")
        self._put(BlockKind.HEADING, re.sub(r"\s+", " ", blocks[0].text), blocks[0])
        for name, label in CARD.items():
            for n, line in enumerate((card[name] or "").split("\n")):
                if line:
                    head = f"{label} : " if n == 0 else ""
                    # Quotes are runs that the report prints: this one label is broken among the words of its value.
                    apart = len(head) if name == "initiateurs" else 0
                    self._put(BlockKind.ROW, head + line, blocks[0], label=apart)

    def _put(self, kind: BlockKind, text: str, source: Block, label: int = 0, damaged: bool = False) -> None:
        here = self.here
        field: str | None = None
        if here.fiche:
            field = here.field or "carte"
            path: tuple[str, ...] = (
                "Fiches pratiques",
                here.fiche.theme,
                f"Fiche {here.fiche.id} : {here.fiche.title}",
                FIELDS[here.field or "carte"],
            )
            group, page = f"fiche-{here.fiche.id}/{field}", here.fiche.page
            theme: str | None = here.fiche.theme
        else:
            parent = self.sections.get(here.section.parent)
            path = (parent.title, here.section.title) if parent else (here.section.title,)
            group = here.section.slug
            theme = _THEME_OF.get(group)
            page = self.contents.sections.get(group)
            if page is None and group.startswith("annexe"):
                page = self.contents.sections.get("annexe")
        if here.heading:
            path = (*path, here.heading)
        self.placed.append(
            Placed(
                kind=kind,
                text=text,
                group=group,
                path=path,
                level=source.level if kind is BlockKind.ITEM else 0,
                fiche=here.fiche.id if here.fiche else None,
                field=field,
                theme=theme,
                page=source.page,
                pages=(page,) if page else (),
                label=label,
                damaged=damaged,
            )
        )


_THEME_OF: dict[str, str | None] = dict(
    zip(
        ("conferences-familiales", "aller-vers", "pair-aidance", "reseaux", "pouvoir-agir"),
        THEMES.values(),
        strict=True,
    )
)


def place_by_headings(blocks: Sequence[Block]) -> list[Placed]:
    """Place the blocks of any other document by the levels of its headings."""
    placed: list[Placed] = []
    stack: list[tuple[int, str]] = []
    group = "texte"
    used = {group}
    rows: list[Block] = []

    def put(kind: BlockKind, text: str, source: Block, damaged: bool = False) -> None:
        path = tuple(title for _, title in stack)
        level = source.level if kind is BlockKind.ITEM else 0
        placed.append(Placed(kind, text, group, path, level=level, page=source.page, damaged=damaged))

    def put_table() -> None:
        for line, torn in lay_out_table([r.text for r in rows]) if rows else ():
            put(BlockKind.ROW, line, rows[0], torn)
        rows.clear()

    for block in join_broken(blocks):
        if block.kind is BlockKind.ROW:
            rows.append(block)
            continue
        put_table()
        text = block.text.removeprefix("→").strip()
        if block.kind is BlockKind.HEADING:
            stack = [(level, title) for level, title in stack if level < block.level]
            stack.append((block.level, text.rstrip(" :")))
            name = slug(text)
            group = next(g for g in chain((name,), (f"{name}-{n}" for n in count(2))) if g not in used)
            used.add(group)
        put(block.kind, text, block)
    put_table()
    return placed
