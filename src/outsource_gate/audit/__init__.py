"""Which merged change went through the gate? Commits of a branch on one side, records on the other.

Rows and the ways in which they are tied to records are defined in docs/audit.md.
"""
