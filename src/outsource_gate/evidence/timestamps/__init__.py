"""Since when is a signature known to be there? RFC 3161 tokens over it, by authorities outside of the run."""
