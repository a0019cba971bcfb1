"""The comparison of fiches, field by field."""

from ui.compare.page import page

__all__ = ["page"]
