FROM debian:12-slim@sha256:8b0e7a4bd1d4a7c6f0f2e4d6c8b9a0f1e2d3c4b5a6978869504132f1e0d9c8b7
# ruleid: dockerfile.build.secret-in-image
ARG NPM_TOKEN
# ruleid: dockerfile.build.secret-in-image
ENV APP_MODE=fast DB_PASSWORD=${DB_PASSWORD}
# ruleid: dockerfile.build.secret-in-image
ENV API_KEY=k3y7f9a2c4d6
# ok: dockerfile.build.secret-in-image
ARG VERSION=1.2
# ok: dockerfile.build.secret-in-image
ENV DB_PASSWORD_FILE=/run/secrets/db_password
# ok: dockerfile.build.secret-in-image
ENV API_KEY=""
# ok: dockerfile.build.secret-in-image
RUN --mount=type=secret,id=npm_token NPM_TOKEN="$(cat /run/secrets/npm_token)" npm ci
# ruleid: dockerfile.build.key-in-image
COPY id_rsa /home/app/.ssh/id_rsa
# ruleid: dockerfile.build.key-in-image
ADD .netrc /home/app/
# ruleid: dockerfile.build.key-in-image
COPY --chown=app:app certs/server.key /etc/app/
# ok: dockerfile.build.key-in-image
COPY deploy/id_ed25519.pub /etc/app/
# ok: dockerfile.build.key-in-image
COPY known_hosts /etc/ssh/ssh_known_hosts
# ok: dockerfile.build.key-in-image
COPY src/keys/ /app/keys/
# ruleid: dockerfile.build.remote-login
EXPOSE 8080 22
# ruleid: dockerfile.build.remote-login
RUN sed -i 's/^#*PermitRootLogin.*/PermitRootLogin yes/' /etc/ssh/sshd_config
# ok: dockerfile.build.remote-login
EXPOSE 8022 8080/tcp
# ok: dockerfile.build.remote-login
CMD ["/usr/bin/app", "--port", "22"]
# ruleid: dockerfile.build.without-sandbox
RUN --security=insecure make install
# ruleid: dockerfile.build.without-sandbox
RUN --mount=type=cache,target=/var/cache/build --network=host make test
# ok: dockerfile.build.without-sandbox
RUN --network=none make test
# ok: dockerfile.build.without-sandbox
RUN make test NETWORK=host
# ruleid: dockerfile.build.sudo
RUN sudo make install
# ruleid: dockerfile.build.sudo
RUN apt-get update && apt-get install -y --no-install-recommends \
      curl sudo
# ok: dockerfile.build.sudo
RUN apt-get install -y --no-install-recommends curl
# ok: dockerfile.build.sudo
RUN make install && rm -f /etc/sudoers.d/build
# ruleid: dockerfile.build.remote-login
CMD ["/usr/sbin/sshd", "-D"]
