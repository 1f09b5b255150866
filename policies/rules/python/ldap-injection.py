import ldap
import ldap.filter
from django.http import HttpResponse
from flask import Flask, request as http
from ldap3 import Connection
from ldap3.utils.conv import escape_filter_chars

app = Flask(__name__)


@app.get("/people")
def people():
    # ruleid: python.web.ldap-injection
    directory.search_s("dc=example", ldap.SCOPE_SUBTREE, "(uid=%s)" % http.args["uid"])
    # ok: python.web.ldap-injection
    directory.search_s("dc=example", ldap.SCOPE_SUBTREE, ldap.filter.filter_format("(uid=%s)", [http.args["uid"]]))
    return {}


def login(request):
    name = request.POST["name"]
    connection = Connection("ldap.corp.example")
    # ruleid: python.web.ldap-injection
    connection.search("dc=example", f"(&(uid={name})(active=TRUE))")
    # ok: python.web.ldap-injection
    connection.search("dc=example", f"(&(uid={escape_filter_chars(name)})(active=TRUE))")
    # ok: python.web.ldap-injection
    return HttpResponse(connection.search("dc=example", "(uid=guest)"))
