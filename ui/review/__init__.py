"""The page of whoever checks answers: the queue, one answer to mark, what raters agree on, files."""

from ui.review.page import page

__all__ = ["page"]
