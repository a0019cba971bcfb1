"""The database of conversations: what was asked in the chat, what was answered, and what was thought of it."""

from assistant.database.conversations import (
    REASONS,
    ConversationLine,
    Conversations,
    Feedback,
    KeptConversation,
    KeptExchange,
)
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
    "Refused",
    "Usage",
]
