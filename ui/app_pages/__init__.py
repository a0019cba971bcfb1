"""The pages of the web interface, one function each."""
