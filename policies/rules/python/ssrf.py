import urllib.request

import aiohttp
import httpx
import requests
from django.conf import settings
from django.http import HttpResponse
from flask import Flask, abort, request as http

app = Flask(__name__)
API = "https://api.corp.example"
HOSTS = {"eu": "https://eu.corp.example"}


@app.post("/fetch")
def fetch():
    url = http.form["url"]
    # ruleid: python.flask.ssrf
    requests.get(url, timeout=5)
    # ruleid: python.flask.ssrf
    urllib.request.urlopen("http://" + http.args["host"] + "/status")
    session = requests.Session()
    # ruleid: python.flask.ssrf
    session.post(url)
    # ok: python.flask.ssrf
    requests.get(f"https://api.corp.example/items/{http.args['id']}", timeout=5)
    address = f"https://api.corp.example/items/{http.args['id']}"
    # ok: python.flask.ssrf
    requests.get(address, timeout=5)
    # ok: python.flask.ssrf
    requests.get(f"{API}/items/{http.args['id']}", timeout=5)
    # ok: python.flask.ssrf
    requests.get(HOSTS[http.args["region"]], timeout=5)
    # ok: python.flask.ssrf
    requests.post("https://api.corp.example/items", json=http.json, timeout=5)


@app.post("/checked")
def checked():
    url = http.form["url"]
    if not is_allowed_host(url):
        abort(400)
    # ok: python.flask.ssrf
    requests.get(url, timeout=5, allow_redirects=False)


def proxy(request):
    # ruleid: python.django.ssrf
    httpx.get(request.GET["url"])
    # ruleid: python.django.ssrf
    requests.request("GET", f"https://{request.POST['host']}/api")
    # ok: python.django.ssrf
    httpx.get(settings.BACKEND_URL + "/items/" + request.GET["id"])
    # ok: python.django.ssrf
    httpx.get("https://api.corp.example/search", params={"q": request.GET["q"]})
    return HttpResponse("done")


from fastapi import FastAPI

api = FastAPI()


@api.post("/webhook")
async def webhook(target: str, number: int):
    async with httpx.AsyncClient() as client:
        # ruleid: python.fastapi.ssrf
        await client.post(target, json={})
        # ok: python.fastapi.ssrf
        await client.get(f"https://api.corp.example/users/{target}")
    async with aiohttp.ClientSession() as http:
        # ruleid: python.fastapi.ssrf
        await http.get(f"https://{target}.corp.example/")
        # ok: python.fastapi.ssrf
        await http.get(f"https://node{number}.corp.example/")
