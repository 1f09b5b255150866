#!/bin/bash

# ruleid: bash.transport.verification-off
curl -k https://api.corp.example/v1
# ruleid: bash.transport.verification-off
curl -sSLk -o file https://api.corp.example/file
# ruleid: bash.transport.verification-off
wget -q --no-check-certificate https://api.corp.example/file
# ruleid: bash.transport.verification-off
git config --global http.sslVerify false
# ruleid: bash.transport.verification-off
export NODE_TLS_REJECT_UNAUTHORIZED=0
# ok: bash.transport.verification-off
curl --cacert ca.pem https://api.corp.example/v1
# ok: bash.transport.verification-off
curl -sS "https://api.corp.example/v1?mode=-k"
# ok: bash.transport.verification-off
curl -fsSk https://localhost:8443/ready
# ok: bash.transport.verification-off
git config --global http.sslVerify true

# ruleid: bash.transport.host-key-unchecked
ssh -o StrictHostKeyChecking=no deploy@host.corp.example uptime
# ruleid: bash.transport.host-key-unchecked
rsync -e "ssh -o UserKnownHostsFile=/dev/null" a host:b
# ok: bash.transport.host-key-unchecked
ssh -o StrictHostKeyChecking=yes -o UserKnownHostsFile=deploy/known_hosts deploy@host.corp.example
# ok: bash.transport.host-key-unchecked
ssh -o StrictHostKeyChecking=accept-new deploy@host.corp.example

# ruleid: bash.transport.plain-http-download
wget http://mirror.corp.example/tool.tar.gz
# ruleid: bash.transport.plain-http-download
curl -fsSL -o install.sh "http://get.tool.example/install.sh?v=2"
# ruleid: bash.transport.plain-http-download
pip install -i http://pypi.corp.example/simple app
# ok: bash.transport.plain-http-download
curl -fsSL -o install.sh https://get.tool.example/install.sh
# ok: bash.transport.plain-http-download
curl -fsS http://localhost:8080/metrics.gz
# ok: bash.transport.plain-http-download
curl -fsS http://api.corp.example/ready

# ruleid: bash.transport.unsigned-packages
apt-get install -y --allow-unauthenticated tool
# ruleid: bash.transport.unsigned-packages
echo "deb [trusted=yes] https://deb.tool.example stable main" > /etc/apt/sources.list.d/tool.list
# ruleid: bash.transport.unsigned-packages
pip install --trusted-host pypi.corp.example app
# ruleid: bash.transport.unsigned-packages
yum install -y --nogpgcheck tool
# ok: bash.transport.unsigned-packages
echo "deb [signed-by=/usr/share/keyrings/tool.gpg] https://deb.tool.example stable main" > list
# ok: bash.transport.unsigned-packages
apt-get install -y --no-install-recommends tool
# ok: bash.transport.unsigned-packages
echo gpgcheck=1 >> repo
