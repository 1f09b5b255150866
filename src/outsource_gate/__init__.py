"""Gate what outside vendors change, and leave signed evidence of it."""

__version__ = "0.1.0"
