"""The review of answers: marks of raters, what two of them agree on, and what becomes of a marked answer."""
