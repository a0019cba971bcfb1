"""What the page to print says, in French."""

NOTHING = "Ouvrez une conversation, puis « Emporter » et « Version à imprimer »."
TO_CHAT = "Revenir aux conversations"
PRINT = "Imprimer"
TO_CONVERSATION = "Revenir à la conversation"
TO_SESSION = "Revenir à la séance"
REFERENCES = "Références"
