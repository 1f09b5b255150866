"""How is a server asked over HTTP, so that every question ends? For forges, and for lists of vulnerabilities."""
