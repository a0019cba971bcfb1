"""The survey of the report's annexe, as charts that its sentences prove."""

from ui.survey.page import page

__all__ = ["page"]
