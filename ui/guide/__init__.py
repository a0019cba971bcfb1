"""The help page: what the tool does, how its proofs work, what it does not know, what it keeps."""

from ui.guide.page import page

__all__ = ["page"]
