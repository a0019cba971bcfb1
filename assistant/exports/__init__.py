"""What is taken away: an answer, a conversation, a comparison, the documents of a session.

Word, Markdown, PDF, text to paste, spreadsheet: each format writes the same `Document`, in which nothing stands as an
answer without its reference. The libraries of the formats are imported when one is asked for.
"""

from __future__ import annotations

from assistant.exports.document import Document, document_of
from assistant.exports.kit_document import guide_of, handout_of, quiz_of
from assistant.exports.markdown_text import markdown_text as markdown
from assistant.exports.naming import file_name
from assistant.exports.plain_text import plain_text as plain

__all__ = [
    "Document",
    "document_of",
    "file_name",
    "guide_of",
    "handout_of",
    "html",
    "markdown",
    "pdf",
    "plain",
    "quiz_of",
    "spreadsheet",
    "word",
]


def word(document: Document) -> bytes:
    """The document as a Word file, its references as footnotes."""
    from assistant.exports.word_file import word_file

    return word_file(document)


def pdf(document: Document) -> bytes:
    """The document as a PDF, its references at the end, linked both ways."""
    from assistant.exports.pdf_file import pdf_file

    return pdf_file(document)


def html(document: Document) -> bytes:
    """The document as one page of HTML that stands alone, its references at the end, linked both ways."""
    from assistant.exports.html_file import html_file

    return html_file(document)


def spreadsheet(document: Document) -> bytes:
    """The comparisons of the document as sheets, its references as notes of their cells and as a list."""
    from assistant.exports.spreadsheet_file import spreadsheet_file

    return spreadsheet_file(document)
