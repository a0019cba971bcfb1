"""The fiches: cards, map, and a page for each."""

from ui.fiches.page import page

__all__ = ["page"]
