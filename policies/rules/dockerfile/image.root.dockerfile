# ruleid: dockerfile.image.foreign-frontend
# syntax=registry.corp.example/tools/frontend:2
# ok: dockerfile.image.runs-as-root
FROM debian:12-slim@sha256:8b0e7a4bd1d4a7c6f0f2e4d6c8b9a0f1e2d3c4b5a6978869504132f1e0d9c8b7 AS build
USER 10001
# ruleid: dockerfile.image.runs-as-root
FROM debian:12-slim@sha256:8b0e7a4bd1d4a7c6f0f2e4d6c8b9a0f1e2d3c4b5a6978869504132f1e0d9c8b7
RUN useradd --system --uid 10001 app
CMD ["/usr/bin/app"]
