from django.http import HttpResponse
from flask import Flask, Response, request
from werkzeug.datastructures import Headers
from werkzeug.utils import secure_filename

app = Flask(__name__)
TYPES = {"json": "application/json", "text": "text/plain"}


@app.get("/export")
def export():
    response = Response("data")
    # ruleid: python.web.header-injection
    response.headers["Content-Type"] = request.args["type"]
    # ruleid: python.web.header-injection
    response.headers.set("Content-Disposition", "attachment; filename=" + request.args["name"])
    headers = Headers()
    # ruleid: python.web.header-injection
    headers.add("X-Tenant", request.headers.get("X-Tenant"))
    # ok: python.web.header-injection
    response.headers["Content-Type"] = TYPES[request.args["type"]]
    # ok: python.web.header-injection
    response.headers["Content-Disposition"] = "attachment; filename=" + secure_filename(request.args["name"])
    size = int(request.args["size"])
    # ok: python.web.header-injection
    response.headers["Content-Length"] = size
    # ok: python.web.header-injection
    response.headers["Location"] = request.args["next"]
    return response


def download(request):
    answer = HttpResponse("data")
    # ruleid: python.web.header-injection
    answer["X-Name"] = request.GET["name"]
    # ok: python.web.header-injection
    answer["X-Name"] = "report"
    return answer
