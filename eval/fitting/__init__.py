"""How the weights that ship are fitted: those of the search, then those of the sentences and of the judgement."""
