"""The one error tree of the product: every leaf says, in French, what to do next."""

from __future__ import annotations


class PratiquesError(Exception):
    """A failure whose message may be shown to the user as it stands (exit code 2 on the command line)."""


class SourceError(PratiquesError):
    """A document that cannot be read; the existing index is left as it was."""


class IndexMissing(PratiquesError):
    """No index has been built yet in the data folder."""


class IndexOutdated(PratiquesError):
    """The index was made by other rules, another embedding or another state of its documents."""


class IndexDamaged(PratiquesError):
    """The index is there but cannot be trusted."""


class StorageError(PratiquesError):
    """The data folder or the database cannot be read or written: rights, no space left, damage, a lock."""


class EmbeddingError(PratiquesError):
    """The embedding model named in the settings cannot be loaded."""


class LanguageModelError(PratiquesError):
    """The language model of the settings is missing, cannot be opened or does not answer."""


class ModelUnavailable(LanguageModelError):
    """The service of the language model does not answer now; asking again may help."""


class ReplyError(LanguageModelError):
    """The language model answered, but not in the form that was asked for."""


class RecordError(PratiquesError):
    """A kept answer that is not there, or cannot be read."""


class RecordMissing(RecordError):
    """No kept answer has this id."""


class ConversationMissing(PratiquesError):
    """A conversation that was never kept, or was deleted."""


class QuestionError(PratiquesError):
    """A question that cannot be asked: empty, too long, or not text."""


class ScopeError(PratiquesError):
    """A question limited to what the index does not have."""


class ComparisonError(PratiquesError):
    """A comparison of too few or too many fiches or fields, or of what the index does not have."""


class KitError(PratiquesError):
    """A session kit that cannot be made as asked, edited, or read from its file."""


class KitMissing(KitError):
    """A kit that was never kept, or was deleted."""


class ReviewError(PratiquesError):
    """A mark, a review, a vote or a judged question that cannot be kept as asked."""


class ReviewMissing(ReviewError):
    """An answer to review, or a trial, that is not there, or was withdrawn."""


class MarkChanged(ReviewError):
    """A mark that was changed elsewhere since it was read; nothing was kept or lost."""


class PlaceMissing(PratiquesError):
    """A place of a document, or the picture of one of its pages, that is not there to be read."""


class Stopped(Exception):
    """The user stopped what was under way: no failure, hence not of the tree."""
