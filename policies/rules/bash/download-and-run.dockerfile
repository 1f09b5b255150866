FROM debian:12-slim
# ruleid: bash.backdoor.download-and-run
RUN apt-get update && curl -fsSL https://deb.tool.example/setup_20.x | bash -
RUN set -eux; \
# ruleid: bash.backdoor.download-and-run
    wget -qO- https://get.tool.example/install.sh \
      | sh
# ok: bash.backdoor.download-and-run
RUN curl -fsSL https://get.tool.example/tool.tar.gz -o tool.tar.gz && tar xzf tool.tar.gz
# ruleid: bash.backdoor.run-after-download
RUN curl -fsSL https://get.tool.example/tool -o /usr/local/bin/tool && chmod +x /usr/local/bin/tool
# ok: bash.backdoor.run-after-download
RUN curl -fsSL https://get.tool.example/tool -o tool && echo "$SUM  tool" | sha256sum -c && chmod 755 tool
# ruleid: bash.backdoor.decode-and-run
RUN echo ZWNobyBoaQo= | base64 -d | sh
