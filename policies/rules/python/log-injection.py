import json
import logging

from django.http import HttpResponse
from flask import Flask, request as http

app = Flask(__name__)
logger = logging.getLogger(__name__)


@app.get("/")
def index():
    name = http.args["name"]
    # ruleid: python.web.log-injection
    logger.info("hello " + name)
    # ruleid: python.web.log-injection
    app.logger.warning("unknown user %s", name)
    # ok: python.web.log-injection
    logger.info("hello %r", name)
    # ok: python.web.log-injection
    logging.info("page %d", int(http.args["page"]))
    # ok: python.web.log-injection
    logger.info("body %s", json.dumps(http.json))
    return {}


def view(request):
    # ruleid: python.web.log-injection
    logging.error(f"bad agent {request.META['HTTP_USER_AGENT']}")
    # ok: python.web.log-injection
    logging.error("bad agent " + request.headers["User-Agent"].replace("\n", " "))
    # ok: python.web.log-injection
    return HttpResponse(catalog.info(request.GET["item"]))


def ask():
    answer = input("a number: ")
    # ruleid: python.web.log-injection
    logger.error("no number: " + answer)
    # ok: python.web.log-injection
    logger.error("no number: %r", answer)
