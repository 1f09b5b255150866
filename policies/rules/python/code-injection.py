import ast
import importlib
import json

from django.utils.module_loading import import_string
from fastapi import FastAPI
from flask import Flask, request as http
from rest_framework.views import APIView

app = Flask(__name__)
api = FastAPI()
HANDLERS = {"sum": "handlers.sum"}


@app.post("/calculate")
def calculate():
    # ruleid: python.flask.code-injection
    total = eval(http.form["expression"], {"__builtins__": {}})
    # ruleid: python.flask.code-injection
    exec(http.get_data())
    # ruleid: python.flask.code-injection
    getattr(service, http.args["action"])()
    # ruleid: python.flask.code-injection
    number = int(eval(http.args["n"]))
    # ok: python.flask.code-injection
    values = ast.literal_eval(http.form["expression"])
    # ok: python.flask.code-injection
    importlib.import_module(HANDLERS[http.args["handler"]])
    # ok: python.flask.code-injection
    eval("1 + 1")
    return {"total": total, "values": values, "number": number}


class Plugin(APIView):
    def post(self, request):
        # ruleid: python.django.code-injection
        import_string(request.data["plugin"])
        # ruleid: python.django.code-injection
        compile(request.POST.get("code"), "plugin", "exec")
        # ok: python.django.code-injection
        json.loads(request.body)
        # ok: python.django.code-injection
        return getattr(self, "handle")(request.data)


@api.post("/rules")
async def rules(rule: Rule, name: str):
    # ruleid: python.fastapi.code-injection
    exec(rule.body)
    # ruleid: python.fastapi.code-injection
    importlib.import_module(f"plugins.{name}")
    # ok: python.fastapi.code-injection
    label = getattr(rule, name)
    # ok: python.fastapi.code-injection
    return int(eval("2 ** 8")), label
