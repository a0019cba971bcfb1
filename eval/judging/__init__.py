"""The opinion of a language model on answers to review: asked for, kept, and compared with what the humans say.

It is never an answer's mark, and enters no figure: it has a table, a page and words of its own.
"""
