"""The trainers' workshop: session kits made of what the report says, each attributed sentence proved."""
