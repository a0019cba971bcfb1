"""A kit held against an index, whoever made it: what it attributes to the report is there, or is not shown as such.

Read `kits.py` first; `statements.py` says what lets a statement through, `items.py` what lets a quiz item through,
`tables.py` what lets the comparison through.
"""

from assistant.kits.checking.kits import CheckedKit, check

__all__ = ["CheckedKit", "check"]
