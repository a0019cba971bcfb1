"""The page of measures: runs of the judged questions, two of them side by side, blind trials, the report."""

from ui.evaluation.page import page

__all__ = ["page"]
