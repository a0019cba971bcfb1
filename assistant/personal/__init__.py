"""Personal data in a question: recognised and masked on this machine, before anything else is done with it."""

from assistant.personal.finding import PLACEHOLDERS, Personal, find_personal, without_placeholders
from assistant.personal.protection import protect
from assistant.personal.text import PersonalKind, PersonalSpan

__all__ = [
    "PLACEHOLDERS",
    "Personal",
    "PersonalKind",
    "PersonalSpan",
    "find_personal",
    "protect",
    "without_placeholders",
]
