from flask import Flask, make_response

app = Flask(__name__)


@app.post("/login")
def login():
    response = make_response("hello")
    # ruleid: python.web.insecure-cookie
    response.set_cookie("sessionid", new_session())
    # ruleid: python.web.insecure-cookie
    response.set_cookie("auth_token", new_session(), secure=True)
    # ruleid: python.web.insecure-cookie
    response.set_cookie("theme", "dark", secure=False)
    # ok: python.web.insecure-cookie
    response.set_cookie("sessionid", new_session(), secure=True, httponly=True, samesite="Lax")
    # ok: python.web.insecure-cookie
    response.set_cookie("sessionid", new_session(), httponly=True, secure=app.config["HTTPS"])
    # ok: python.web.insecure-cookie
    response.set_cookie("sessionid", new_session(), **COOKIE)
    # ok: python.web.insecure-cookie
    response.set_cookie("language", "en")
    # ok: python.web.insecure-cookie
    response.set_cookie("csrftoken", new_session())
    return response
