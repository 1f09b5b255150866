# ruleid: dockerfile.image.moving-tag
FROM debian AS base
# ruleid: dockerfile.image.moving-tag
FROM registry.corp.example:5000/team/app:latest AS second
# ruleid: dockerfile.image.no-digest
FROM --platform=linux/amd64 golang:1.23-bookworm AS build
# ruleid: dockerfile.image.no-digest
FROM registry.corp.example:5000/team/app:4.2
# ok: dockerfile.image.moving-tag, dockerfile.image.no-digest
FROM debian:12-slim@sha256:8b0e7a4bd1d4a7c6f0f2e4d6c8b9a0f1e2d3c4b5a6978869504132f1e0d9c8b7
# ok: dockerfile.image.moving-tag, dockerfile.image.no-digest
FROM base
# ok: dockerfile.image.moving-tag, dockerfile.image.no-digest
FROM scratch
ARG VERSION=1.2
# ok: dockerfile.image.moving-tag, dockerfile.image.no-digest
FROM tool:${VERSION}
# ok: dockerfile.image.moving-tag
# ruleid: dockerfile.image.no-digest
FROM python:3.13-slim
# ruleid: dockerfile.image.unchecked-add
ADD https://get.tool.example/tool.tar.gz /opt/
# ruleid: dockerfile.image.unchecked-add
ADD --chown=app:app https://get.tool.example/tool /usr/bin/tool
# ok: dockerfile.image.unchecked-add
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://get.tool.example/tool /usr/bin/tool
# ok: dockerfile.image.unchecked-add
ADD rootfs.tar.gz /
# ok: dockerfile.image.unchecked-add
ADD https://git.corp.example/tool.git#5b2f1c3d4e5f60718293a4b5c6d7e8f901234567 /src
