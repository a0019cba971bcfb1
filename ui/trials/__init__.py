"""Blind trials of two configurations: one is made, its answers are compared unawares, its result is read."""

from ui.trials.page import show_trials

__all__ = ["show_trials"]
