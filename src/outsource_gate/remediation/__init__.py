"""Which findings are open at which vendor, since when, and until when have they to be fixed?

The tracker is one file that a trusted job writes where no contractor can. Looks at code and results come in as
`Look`; `update` matches them with what is tracked; nothing here believes a date of a commit.
"""
