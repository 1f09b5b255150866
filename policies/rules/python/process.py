import os
import shlex
import subprocess
import tempfile
from pathlib import Path

LIST = "ls -l /srv"


def run(path, name):
    # ruleid: python.process.shell-with-variable
    subprocess.run(f"tar xf {path}", shell=True, check=True)
    # ruleid: python.process.shell-with-variable
    subprocess.check_output("grep " + name + " /etc/hosts | wc -l", shell=True)
    # ruleid: python.process.shell-with-variable
    subprocess.run(f"tar xf {shlex.quote(path)} {name}", shell=True)
    # ok: python.process.shell-with-variable
    subprocess.run("ls -l | wc -l", shell=True, check=True)
    # ok: python.process.shell-with-variable
    subprocess.run(LIST, shell=True, check=True)
    # ok: python.process.shell-with-variable
    subprocess.run(f"tar xf {shlex.quote(path)} && ls {shlex.quote(name)}", shell=True)
    # ok: python.process.shell-with-variable
    subprocess.run(["tar", "xf", path], check=True)

    # ruleid: python.process.os-system-with-variable
    os.system("rm -r " + path)
    # ruleid: python.process.os-system-with-variable
    os.popen(f"stat {path}").read()
    # ok: python.process.os-system-with-variable
    os.system("clear")
    # ok: python.process.os-system-with-variable
    os.system("stat " + shlex.quote(path))

    # ruleid: python.process.mktemp
    target = tempfile.mktemp(suffix=".txt")
    # ruleid: python.process.mktemp
    open(tempfile.mktemp(), "w")
    # ok: python.process.mktemp
    handle, target = tempfile.mkstemp(suffix=".txt")
    # ok: python.process.mktemp
    Path(tempfile.mkdtemp()).joinpath("a")

    # ruleid: python.process.world-writable
    os.chmod(path, 0o777)
    # ruleid: python.process.world-writable
    Path(path).chmod(0o666)
    # ok: python.process.world-writable
    os.chmod(path, 0o755)
    # ok: python.process.world-writable
    Path(path).chmod(0o640)
    return target


import html
import ssl
import time


def old(sock, text):
    # ruleid: python.process.removed-function
    started = time.clock()
    # ruleid: python.process.removed-function
    secure = ssl.wrap_socket(sock)
    # ok: python.process.removed-function
    started = time.perf_counter()
    # ok: python.process.removed-function
    return html.escape(text), started, secure
