import traceback

from django.http import HttpResponse
from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/report")
def report():
    try:
        return build()
    except ValueError:
        # ruleid: python.web.stack-trace-in-response
        return traceback.format_exc()


def listing(request):
    try:
        return build()
    except Exception as error:
        # ruleid: python.web.stack-trace-in-response
        page = HttpResponse("<pre>" + traceback.format_exc() + "</pre>")
        # ok: python.web.stack-trace-in-response
        app.logger.error(traceback.format_exc())
        # ruleid: python.web.exception-text-in-response
        return HttpResponse(str(error))


@app.get("/total")
def total():
    try:
        return build()
    except Exception as error:
        # ok: python.web.exception-text-in-response
        app.logger.exception("total: %s", error)
        # ruleid: python.web.exception-text-in-response
        return jsonify({"error": str(error)}), 500


@app.get("/fixed")
def fixed():
    try:
        return build()
    except ValueError as error:
        # ok: python.web.exception-text-in-response
        return jsonify({"error": str(error)}), 400
    except Exception:
        # ok: python.web.stack-trace-in-response
        return "something failed", 500


def job():
    try:
        return build()
    except Exception:
        # ok: python.web.stack-trace-in-response
        return traceback.format_exc()
