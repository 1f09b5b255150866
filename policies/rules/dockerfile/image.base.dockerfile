FROM debian:12-slim@sha256:8b0e7a4bd1d4a7c6f0f2e4d6c8b9a0f1e2d3c4b5a6978869504132f1e0d9c8b7
# ok: dockerfile.image.foreign-frontend
LABEL description="syntax=other"
