"""Reading documents: pages, clean text, structure, passages."""
