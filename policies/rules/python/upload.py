import os
import uuid

from flask import Flask, request
from werkzeug.utils import secure_filename

app = Flask(__name__)


@app.post("/one")
def one():
    file = request.files["file"]
    if file.filename == "":
        return "no file"
    # ruleid: python.flask.unrestricted-upload
    file.save(os.path.join("uploads", secure_filename(file.filename)))
    return "stored"


@app.post("/two")
def two():
    if "file" not in request.files:
        return "no file"
    file = request.files.get("file")
    name = secure_filename(file.filename)
    # ruleid: python.flask.unrestricted-upload
    file.save("uploads/" + name)
    return "stored"


@app.post("/three")
def three():
    file = request.files["file"]
    if not allowed_file(file.filename):
        return "no"
    # ok: python.flask.unrestricted-upload
    file.save(os.path.join("uploads", secure_filename(file.filename)))
    return "stored"


@app.post("/four")
def four():
    file = request.files["file"]
    # ok: python.flask.unrestricted-upload
    file.save(os.path.join("uploads", uuid.uuid4().hex))
    return "stored"


@app.post("/five")
def five():
    file = request.files["file"]
    suffix = os.path.splitext(file.filename)[1]
    if suffix not in {".png"}:
        return "no"
    # ok: python.flask.unrestricted-upload
    file.save(os.path.join("uploads", secure_filename(file.filename)))
    return "stored"
