import jinja2
from django.shortcuts import render
from django.template import Template, engines
from fastapi import FastAPI
from fastapi.templating import Jinja2Templates
from flask import Flask, render_template, render_template_string, request as http

app = Flask(__name__)
api = FastAPI()
templates = Jinja2Templates("templates")


@app.get("/hello")
def hello():
    name = http.args.get("name")
    # ruleid: python.flask.template-injection
    render_template_string("<h1>Hello " + name + "</h1>")
    # ruleid: python.flask.template-injection
    app.jinja_env.from_string(http.form["template"]).render()
    # ok: python.flask.template-injection
    render_template_string("<h1>Hello {{ name }}</h1>", name=name)
    # ok: python.flask.template-injection
    return render_template("hello.html", name=name)


def preview(request):
    # ruleid: python.django.template-injection
    Template(request.POST["body"])
    # ruleid: python.django.template-injection
    engines["django"].from_string("<p>%s</p>" % request.GET["text"])
    # ok: python.django.template-injection
    Template("<p>{{ text }}</p>").render(Context({"text": request.GET["text"]}))
    # ok: python.django.template-injection
    return render(request, "preview.html", {"text": request.GET["text"]})


@api.post("/preview")
async def show(body: str):
    # ruleid: python.fastapi.template-injection
    jinja2.Template(body)
    # ruleid: python.fastapi.template-injection
    env.from_string(f"<p>{body}</p>")
    # ok: python.fastapi.template-injection
    jinja2.Template("<p>{{ body }}</p>").render(body=body)
    # ok: python.fastapi.template-injection
    return templates.TemplateResponse("preview.html", {"body": body})
