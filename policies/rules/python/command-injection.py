import asyncio
import os
import shlex
import subprocess
from typing import Annotated

from django.http import HttpResponse
from flask import Flask, abort, request as http

app = Flask(__name__)
TOOLS = {"disk": "df", "time": "uptime"}
ALLOWED = frozenset({"a.example", "b.example"})


@app.route("/ping")
def ping():
    host = http.args.get("host", "").strip()
    # ruleid: python.flask.command-injection
    subprocess.call("ping -c1 " + host, shell=True)
    # ruleid: python.flask.command-injection
    os.system(f"ping -c1 {http.form['host']}")
    # ruleid: python.flask.command-injection
    subprocess.run(["/bin/sh", "-c", "ping %s" % http.json["host"]], check=True)
    # ok: python.flask.command-injection
    subprocess.run(["ping", "-c1", "--", host], check=True)
    # ok: python.flask.command-injection
    os.system("ping -c1 " + shlex.quote(host))
    # ok: python.flask.command-injection
    os.system("sleep %d" % int(http.args["seconds"]))
    quoted = shlex.quote(host)
    # ok: python.flask.command-injection
    os.system("ping -c1 " + quoted)
    # ruleid: python.flask.command-injection
    size = int(subprocess.check_output("du " + host, shell=True))
    # ok: python.flask.command-injection
    os.system(f"head -c {size} /dev/zero")
    # ok: python.flask.command-injection
    os.system(TOOLS[http.args["tool"]])


@app.post("/tools/<name>")
def tool(name):
    # ruleid: python.flask.command-injection
    os.popen(name)


@app.route("/jobs/<int:number>")
def job(number):
    # ok: python.flask.command-injection
    os.system(f"cancel {number}")


@app.route("/resolve")
def resolve():
    host = http.args["host"]
    if host not in ALLOWED:
        abort(404)
    # ok: python.flask.command-injection
    os.system("dig " + host)


def archive(request, name):
    # ruleid: python.django.command-injection
    subprocess.check_output(f"tar czf /backup/{name}.tgz data", shell=True)
    # ruleid: python.django.command-injection
    os.system("logger " + request.META["HTTP_USER_AGENT"])
    # ruleid: python.django.command-injection
    subprocess.run([request.GET["program"], "--version"], check=False)
    # ok: python.django.command-injection
    subprocess.run(["tar", "czf", "/backup/x.tgz", "--", name], check=True)
    # ok: python.django.command-injection
    subprocess.run("tar czf /backup/x.tgz data", shell=True)
    return HttpResponse("done")


def _rotate(request, path):
    # ok: python.django.command-injection
    os.system("logrotate " + path)


from fastapi import FastAPI, Query, Request

api = FastAPI()


@api.get("/lookup")
async def lookup(host: str, count: int, q: Annotated[str, Query()] = ""):
    # ruleid: python.fastapi.command-injection
    await asyncio.create_subprocess_shell(f"dig {host}")
    # ruleid: python.fastapi.command-injection
    subprocess.getoutput("whois " + q)
    # ok: python.fastapi.command-injection
    await asyncio.create_subprocess_exec("dig", host)
    # ok: python.fastapi.command-injection
    os.system(f"sleep {count}")


@api.post("/run")
async def run(req: Request):
    body = await req.json()
    # ruleid: python.fastapi.command-injection
    os.popen(body["command"])
    # ok: python.fastapi.command-injection
    os.popen(req.app.state.command)
