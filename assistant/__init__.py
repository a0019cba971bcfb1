"""From a question to a proved answer: understanding, retrieval, composition, proof; the command line."""
