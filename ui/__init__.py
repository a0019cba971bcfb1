"""The web interface: Streamlit pages over the assistant, with no logic of their own."""
