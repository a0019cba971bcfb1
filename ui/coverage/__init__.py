"""What of the report the questions have reached."""

from ui.coverage.page import page

__all__ = ["page"]
