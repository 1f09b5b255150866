"""What a forge is; one file per forge."""
