import html
import logging

import jinja2
from django.http import HttpResponse, JsonResponse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from flask import Flask, jsonify, make_response, render_template, request as http
from markupsafe import Markup, escape

app = Flask(__name__)


@app.route("/hello/<name>")
def hello(name):
    if http.args.get("plain"):
        # ruleid: python.flask.xss
        return "Hello " + name
    # ruleid: python.flask.xss
    page = f"<h1>Hello {name}</h1>"
    # ruleid: python.flask.xss
    Markup(http.args["bio"])
    # ok: python.flask.xss
    logging.info("hello %s" % name)
    # ok: python.flask.xss
    make_response(render_template("hello.html", name=name))
    # ok: python.flask.xss
    Markup("<b>{}</b>").format(name)
    return page


@app.route("/safe")
def safe():
    name = http.args["name"]
    if name == "json":
        # ok: python.flask.xss
        return jsonify(name=name)
    # ok: python.flask.xss
    return f"<h1>Hello {escape(name)}</h1>"


def profile(request, name):
    # ruleid: python.django.xss
    HttpResponse("Hello " + name)
    # ruleid: python.django.xss
    mark_safe(request.GET["bio"])
    # ruleid: python.django.xss
    format_html("<b>" + name + "</b>")
    # ok: python.django.xss
    format_html("<b>{}</b>", name)
    # ok: python.django.xss
    HttpResponse(html.escape(name))
    shown = html.escape(name)
    # ok: python.django.xss
    HttpResponse("Hello " + shown)
    # ok: python.django.xss
    HttpResponse(name, content_type="text/plain")
    # ok: python.django.xss
    return JsonResponse({"name": name})


# ruleid: python.jinja2.autoescape-default
jinja2.Environment(loader=loader)
# ruleid: python.jinja2.autoescape-off
jinja2.Environment(loader=loader, autoescape=False)
# ruleid: python.jinja2.autoescape-off
app.jinja_env.autoescape = False
# ok: python.jinja2.autoescape-off
jinja2.Environment(loader=loader, autoescape=jinja2.select_autoescape())
# ok: python.jinja2.autoescape-off
app.jinja_env.autoescape = True

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse

api = FastAPI()


@api.get("/hello", response_class=HTMLResponse)
async def greet(name: str, age: int):
    # ruleid: python.fastapi.xss
    HTMLResponse(content="Hello " + name)
    # ruleid: python.fastapi.xss
    body = "<p>Hello %s</p>" % name
    # ok: python.fastapi.xss
    HTMLResponse(f"<p>{html.escape(name)}, {age}</p>")
    letter = letter_for(name)
    # ok: python.fastapi.xss
    HTMLResponse(content=letter.html)
    # ok: python.fastapi.xss
    PlainTextResponse(name)
    return body


import re

import jinja2


def clean(markup, loader):
    # ruleid: python.html.filter-by-regex
    first = re.sub(r"<script.*?>.*?</script>", "", markup, flags=re.DOTALL)
    # ruleid: python.html.filter-by-regex
    second = markup.replace("<script>", "")
    # ok: python.html.filter-by-regex
    third = re.sub(r"<!--.*?-->", "", markup)
    # ok: python.html.filter-by-regex
    fourth = markup.replace("<br>", "\n")
    # ruleid: python.jinja2.autoescape-default
    jinja2.Environment()
    # ruleid: python.jinja2.autoescape-default
    jinja2.Environment(loader=loader)
    # ok: python.jinja2.autoescape-default
    jinja2.Environment(loader=loader, autoescape=jinja2.select_autoescape())
    # ok: python.jinja2.autoescape-default
    jinja2.Environment(**loader)
    return first, second, third, fourth


@app.get("/total")
def total():
    # ok: python.flask.xss
    return "Total: {:.2f}".format(http.args["price"])


@app.route("/lines")
def lines():
    answer = ""
    for name in http.args.getlist("name"):
        # ruleid: python.flask.xss
        answer += f"hello {name}, "
        # ok: python.flask.xss
        answer += f"hello {html.escape(name)}, "
    # ok: python.flask.xss
    answer += "bye"
    return answer


@app.route("/later")
def later():
    # ruleid: python.flask.xss
    answer = "hello {}".format(http.args["name"])
    # ok: python.flask.xss
    note = "hello {}".format(http.args["name"])
    logging.info(note)
    return answer


@app.route("/data")
def data():
    # ok: python.flask.xss
    names = {"name": http.args["name"]}
    return names
