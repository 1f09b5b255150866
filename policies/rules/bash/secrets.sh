#!/bin/bash

# ruleid: bash.secrets.hardcoded-secret
API_KEY="k3y7f9a2c4d6"
# ruleid: bash.secrets.hardcoded-secret
export DB_PASSWORD=Winter2031snow
# ruleid: bash.secrets.hardcoded-secret
run() { local client_secret='9f8e7d6c5b4a'; }
# ok: bash.secrets.hardcoded-secret
API_KEY="${API_KEY:?is not set}"
# ok: bash.secrets.hardcoded-secret
DB_PASSWORD="$(cat /run/secrets/db_password1)"
# ok: bash.secrets.hardcoded-secret
PASSWORD_FILE=/run/secrets/db1password
# ok: bash.secrets.hardcoded-secret
DB_PASSWORD="change-me-123"

# ruleid: bash.secrets.password-on-command-line
sshpass -p "$PASSWORD" ssh deploy@host.corp.example
# ruleid: bash.secrets.password-on-command-line
docker login -u ci -p "$TOKEN" registry.corp.example
# ruleid: bash.secrets.password-on-command-line
mysql -u root -p"$ROOT_PASSWORD" app
# ruleid: bash.secrets.password-on-command-line
curl -fsS -u "ci:$TOKEN" https://api.corp.example
# ruleid: bash.secrets.password-on-command-line
openssl rsa -in key.pem -passin pass:$PASSWORD
# ok: bash.secrets.password-on-command-line
docker login -u ci --password-stdin registry.corp.example < token
# ok: bash.secrets.password-on-command-line
mysql --defaults-extra-file=my.cnf -u root -p app
# ok: bash.secrets.password-on-command-line
curl -fsS --netrc-file netrc https://api.corp.example:8443/
# ok: bash.secrets.password-on-command-line
openssl rsa -in key.pem -passin file:password

# ruleid: bash.secrets.password-in-url
git clone https://ci:g1tt0ken99@git.corp.example/app.git
# ruleid: bash.secrets.password-in-url
export DATABASE_URL="postgres://app:s3cr3tvalue@db.corp.example/app"
# ok: bash.secrets.password-in-url
git clone "https://ci:${TOKEN}@git.corp.example/app.git"
# ok: bash.secrets.password-in-url
psql "postgres://app:app@localhost:5432/app"
# ok: bash.secrets.password-in-url
git clone https://git.corp.example:8443/app.git
