import re

from flask import Flask, request

app = Flask(__name__)
PATTERNS = {"digits": r"\d+"}


@app.get("/search")
def search():
    term = request.args["q"]
    # ruleid: python.web.regex-injection
    re.search(term, "text")
    # ruleid: python.web.regex-injection
    pattern = re.compile("^" + term)
    # ruleid: python.web.regex-injection
    re.sub(request.form["from"], "to", "text")
    # ok: python.web.regex-injection
    re.search(re.escape(term), "text")
    # ok: python.web.regex-injection
    re.search(r"\d+", term)
    # ok: python.web.regex-injection
    re.search(PATTERNS[term], "text")
    # ok: python.web.regex-injection
    pattern.match(term)
    return "done"
