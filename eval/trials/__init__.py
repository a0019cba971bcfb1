"""Blind trials: the same questions answered by two configurations, and which answers raters prefer unawares."""
