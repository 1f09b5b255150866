"""The signed record of a run: what it says, who signed it, whether to believe it."""
