"""The bypass corpus: what a malicious contractor tries, and harmless changes beside it.

Each scenario is a small script on a throw-away repository. An attack must be answered with the right reason at the
right place; a harmless change must be let through, because a gate that denies everything is worthless.
"""
