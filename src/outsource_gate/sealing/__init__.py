"""How is kept what a later run believes? Sealed with a key that others do not have; `scanners/cache` says why."""
