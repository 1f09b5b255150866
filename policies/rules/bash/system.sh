#!/bin/bash

# ruleid: bash.system.sudo-without-password
sed -i 's/^%sudo.*/%sudo ALL=(ALL) NOPASSWD: ALL/' policy
# ruleid: bash.system.sudo-without-password
echo "deploy ALL=(root) /usr/bin/systemctl" >> /etc/sudoers
# ruleid: bash.system.sudo-without-password
chmod u+s /bin/bash
# ruleid: bash.system.sudo-without-password
chmod 4755 /usr/local/bin/python3
# ruleid: bash.system.sudo-without-password
usermod -aG docker deploy
# ok: bash.system.sudo-without-password
sudo -n systemctl restart app
# ok: bash.system.sudo-without-password
visudo -cf /etc/sudoers
# ok: bash.system.sudo-without-password
usermod -aG video deploy
# ok: bash.system.sudo-without-password
chmod 0755 /usr/local/bin/python3

# ruleid: bash.system.container-with-the-host
docker run --rm --privileged builder
# ruleid: bash.system.container-with-the-host
docker run -v /var/run/docker.sock:/var/run/docker.sock builder
# ruleid: bash.system.container-with-the-host
podman run -it -v /:/host:ro scanner
# ok: bash.system.container-with-the-host
docker run --rm --cap-add NET_BIND_SERVICE -v "$PWD:/src:ro" builder
# ok: bash.system.container-with-the-host
docker run --privileged=false builder

# ruleid: bash.system.failed-check-ignored
sha256sum -c tool.sha256 || true
# ruleid: bash.system.failed-check-ignored
gpg --verify tool.sig tool > /dev/null 2>&1 || :
# ruleid: bash.system.failed-check-ignored
set +e
cosign verify-blob --key cosign.pub tool
set -e
# ok: bash.system.failed-check-ignored
sha256sum -c tool.sha256 || exit 1
# ok: bash.system.failed-check-ignored
if ! gpg --verify tool.sig tool; then exit 1; fi
# ok: bash.system.failed-check-ignored
rm -f tool.sha256 || true

# ruleid: bash.crypto.weak-algorithm
openssl enc -des3 -in a -out b
# ruleid: bash.crypto.weak-algorithm
openssl genrsa -out key.pem 1024
# ruleid: bash.crypto.weak-algorithm
ssh-keygen -t dsa -f key
# ok: bash.crypto.weak-algorithm
ssh-keygen -t ed25519 -f key
# ok: bash.crypto.weak-algorithm
openssl genrsa -out key.pem 3072
# ok: bash.crypto.weak-algorithm
openssl dgst -sha1 file

# ruleid: bash.crypto.guessable-secret
DB_PASSWORD="app$RANDOM"
# ruleid: bash.crypto.guessable-secret
token=$(date +%s | sha256sum | head -c 32)
# ok: bash.crypto.guessable-secret
token="$(openssl rand -hex 32)"
# ok: bash.crypto.guessable-secret
port=$((RANDOM % 1000 + 20000))
