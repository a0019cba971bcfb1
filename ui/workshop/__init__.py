"""The trainers' workshop: a session made from the report, edited, played and taken away."""

from ui.workshop.page import page

__all__ = ["page"]
