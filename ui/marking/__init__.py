"""The view of one answer to review: its sentences beside their passages, the marks, and what becomes of them."""

from ui.marking.page import show_answer

__all__ = ["show_answer"]
