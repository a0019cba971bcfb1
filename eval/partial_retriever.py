"""The retriever of the project with some of its signals left out, to know what each of them brings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vectorstore.fusion import SIGNALS
from vectorstore.hits import Query, Sought
from vectorstore.retriever import HybridRetriever


class PartialRetriever(HybridRetriever):
    """The retriever of the project, blind to every signal but those in `kept`."""

    kept: frozenset[str]

    def signals(self, query: Query, sought: Sought | None = None) -> NDArray[np.float32]:
        """What each passage has in its favour, shape (passages, signals): 0 where it is not looked at."""
        seen: NDArray[np.float32] = super().signals(query, sought) * np.array(
            [s in self.kept for s in SIGNALS], np.float32
        )
        return seen
