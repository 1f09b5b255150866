"""Others read our records: Sigstore's own JavaScript client."""
