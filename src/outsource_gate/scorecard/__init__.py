"""How did a vendor's changes fare, beside our own teams' by the same standard?

Figures are of organisations, never of people. Each comes with how many it is taken from, and there is no score:
what is behind it differs too much. Pure.
"""
