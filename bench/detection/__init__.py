"""Ground truth for what the scanners find, run by hand over a folder of public corpora that is never committed."""
