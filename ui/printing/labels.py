"""What the page to print says, in French."""

NOTHING = "Ouvrez une conversation, puis « Emporter » et « Version à imprimer »."
TO_CHAT = "Revenir aux conversations"
PRINT = "Imprimer"
BACK = "Revenir à la conversation"
REFERENCES = "Références"
