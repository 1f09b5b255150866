"""What would a first policy and register say? Pure: what history claims -> files for people to check.

Commits can claim anything, so a proposal never lets anybody through: people are proposed with addresses only, which
prove nothing, accounts and bots stand in comments until somebody confirms them, and a vendor comes without contract
and access.
"""
