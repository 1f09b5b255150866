import hashlib
import os
import shutil
from pathlib import Path

from django.core.files.storage import default_storage
from django.http import FileResponse as DjangoFile
from flask import Flask, abort, request as http, send_file, send_from_directory
from werkzeug.utils import secure_filename

app = Flask(__name__)
BASE = Path("/srv/files")


@app.get("/download/<path:name>")
def download(name):
    # ruleid: python.flask.path-traversal
    send_file(os.path.join("/srv/files", name))
    # ruleid: python.flask.path-traversal
    (BASE / http.args["name"]).read_text()
    # ok: python.flask.path-traversal
    return send_from_directory("/srv/files", name)


@app.post("/upload")
def upload():
    sent = http.files["file"]
    # ruleid: python.flask.path-traversal
    sent.save(os.path.join("/srv/files", sent.filename))
    # ok: python.flask.path-traversal
    sent.save(os.path.join("/srv/files", secure_filename(sent.filename)))
    name = secure_filename(sent.filename)
    # ok: python.flask.path-traversal
    sent.save(os.path.join("/srv/files", name))
    # ok: python.flask.path-traversal
    open("/srv/cache/" + hashlib.sha256(http.get_data()).hexdigest())
    path = (BASE / http.form["folder"]).resolve()
    if not path.is_relative_to(BASE):
        abort(404)
    # ok: python.flask.path-traversal
    return path.read_text()


def report(request, name):
    # ruleid: python.django.path-traversal
    DjangoFile(open("/srv/reports/" + name, "rb"))
    # ruleid: python.django.path-traversal
    shutil.rmtree(f"/srv/jobs/{request.GET['job']}")
    # ok: python.django.path-traversal
    default_storage.open(name)
    # ok: python.django.path-traversal
    open(os.path.join("/srv/reports", os.path.basename(request.POST["name"])))
    # ok: python.django.path-traversal
    open("/srv/uploads/" + request.FILES["file"].name, "wb")


from fastapi import FastAPI, UploadFile
from fastapi.responses import FileResponse

api = FastAPI()


@api.get("/files/{name:path}")
async def read(name: str, page: int):
    # ruleid: python.fastapi.path-traversal
    FileResponse(f"/srv/files/{name}")
    # ok: python.fastapi.path-traversal
    FileResponse(f"/srv/files/{page}.html")
    if is_safe_name(name):
        # ok: python.fastapi.path-traversal
        return FileResponse(f"/srv/files/{name}")


@api.post("/files")
async def store(file: UploadFile):
    # ruleid: python.fastapi.path-traversal
    with open("/srv/files/" + file.filename, "wb") as out:
        shutil.copyfileobj(file.file, out)
    # ok: python.fastapi.path-traversal
    with open("/srv/files/" + Path(file.filename).name, "wb") as out:
        shutil.copyfileobj(file.file, out)
