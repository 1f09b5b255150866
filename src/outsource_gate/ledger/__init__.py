"""The ledger: records in an order that nobody can change without it showing.

A Merkle tree (RFC 6962) over small entries, kept in SQLite or PostgreSQL. Its signed checkpoints and receipts leave
our control, and whoever holds one can tell later whether the ledger still is what it was.
"""
