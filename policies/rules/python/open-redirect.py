from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect as go
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from flask import Flask, redirect, request as http, url_for

app = Flask(__name__)


@app.route("/login")
def login():
    target = http.args.get("next") or "/"
    if http.form.get("quick"):
        # ruleid: python.flask.open-redirect
        return redirect(target)
    # ruleid: python.flask.open-redirect
    redirect("https://" + http.args["host"] + "/welcome")
    # ok: python.flask.open-redirect
    redirect(url_for("home", next=target))
    profile = "/users/" + http.args["name"]
    # ok: python.flask.open-redirect
    redirect(profile)
    place = local_path_of(target)
    # ok: python.flask.open-redirect
    redirect(place)
    # ok: python.flask.open-redirect
    redirect(f"/users/{http.args['name']}")
    # ok: python.flask.open-redirect
    return redirect(http.path)


def leave(request, slug):
    target = request.GET["next"]
    # ruleid: python.django.open-redirect
    go(target)
    # ruleid: python.django.open-redirect
    HttpResponseRedirect(request.META["HTTP_REFERER"])
    # ok: python.django.open-redirect
    go("article", slug=slug)
    # ok: python.django.open-redirect
    HttpResponseRedirect(reverse("article", args=[slug]) + "?saved=1")
    # ok: python.django.open-redirect
    go(get_object_or_404(Article, slug=slug))
    if url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        # ok: python.django.open-redirect
        return go(target)
    return go("/")


from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse

api = FastAPI()


@api.get("/out")
async def out(to: str, page: int, req: Request):
    # ruleid: python.fastapi.open-redirect
    RedirectResponse(to)
    # ruleid: python.fastapi.open-redirect
    RedirectResponse(url=req.query_params["next"], status_code=303)
    # ok: python.fastapi.open-redirect
    RedirectResponse(f"/pages/{page}")
    # ok: python.fastapi.open-redirect
    return RedirectResponse(req.url_for("page", name=to))


@app.get("/header")
def header():
    response = make_response("", 302)
    # ruleid: python.flask.open-redirect
    response.headers["Location"] = http.args["next"]
    # ok: python.flask.open-redirect
    response.headers["Location"] = url_for("index")
    return response


def django_header(request):
    response = HttpResponse(status=302)
    # ruleid: python.django.open-redirect
    response["Location"] = request.GET["next"]
    # ok: python.django.open-redirect
    response["Location"] = "/home"
    return response
