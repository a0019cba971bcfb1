"""The reader: the report part by part, its cited words highlighted."""

from ui.reader.page import page

__all__ = ["page"]
