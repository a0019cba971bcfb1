"""The chat: questions, their answers, and the source of each sentence beside them."""

from ui.chat.page import page

__all__ = ["page"]
