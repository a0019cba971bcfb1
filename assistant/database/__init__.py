"""The database: the conversations of the chat with what was thought of their answers, and the session kits."""

from assistant.database.conversations import (
    REASONS,
    ConversationLine,
    Conversations,
    Feedback,
    KeptConversation,
    KeptExchange,
)
from assistant.database.kits import KeptKit, KitLine, Kits, KitVersion
from assistant.database.opening import Database
from assistant.database.usage import Refused, Usage

__all__ = [
    "REASONS",
    "ConversationLine",
    "Conversations",
    "Database",
    "Feedback",
    "KeptConversation",
    "KeptExchange",
    "KeptKit",
    "KitLine",
    "KitVersion",
    "Kits",
    "Refused",
    "Usage",
]
