"""A conversation laid out for paper."""

from ui.printing.page import page

__all__ = ["page"]
