"""The saved index: vectors in Chroma, words in BM25, both behind one retriever."""

import os

# Set before chromadb and langchain are imported anywhere: nothing of a question may leave the machine.
os.environ["ANONYMIZED_TELEMETRY"] = "False"
for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"):
    os.environ[name] = "false"
