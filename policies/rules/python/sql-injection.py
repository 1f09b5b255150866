import sqlite3

import sqlalchemy
from django.db import connection
from django.db.models.expressions import RawSQL
from fastapi import APIRouter
from flask import Flask, request as http
from psycopg import sql
from sqlalchemy import select, text

app = Flask(__name__)
router = APIRouter()
COLUMNS = {"name": "name", "age": "age"}


@app.get("/users")
def users():
    name = http.args["name"]
    cursor = sqlite3.connect("db").cursor()
    # ruleid: python.flask.sql-injection
    cursor.execute("select * from users where name = '" + name + "'")
    # ruleid: python.flask.sql-injection
    cursor.execute(f"select * from users order by {http.args['order']}", ())
    query = "select * from users where name = '%s'" % name
    # ruleid: python.flask.sql-injection
    db.session.execute(sqlalchemy.text(query))
    # ok: python.flask.sql-injection
    cursor.execute("select * from users where name = ?", (name,))
    # ok: python.flask.sql-injection
    db.session.execute(select(User).where(User.name == name).limit(5))
    statement = select(User).where(User.name == name).limit(5)
    # ok: python.flask.sql-injection
    db.session.execute(statement)
    column = COLUMNS.get(http.args["order"])
    # ok: python.flask.sql-injection
    cursor.execute(f"select * from users order by {column}")
    # ok: python.flask.sql-injection
    cursor.execute("select * from users order by " + COLUMNS[http.args["order"]])
    # ok: python.flask.sql-injection
    cursor.execute(sql.SQL("select * from {}").format(sql.Identifier(name)))


def search(request):
    term = request.GET.get("q")
    # ruleid: python.django.sql-injection
    User.objects.raw("select * from users where name like '%" + term + "%'")
    # ruleid: python.django.sql-injection
    User.objects.annotate(rank=RawSQL(f"similarity(name, '{term}')", []))
    with connection.cursor() as cursor:
        # ruleid: python.django.sql-injection
        cursor.execute("delete from log where day = %s" % request.POST["day"])
        # ok: python.django.sql-injection
        cursor.execute("delete from log where day = %s", [request.POST["day"]])
    # ok: python.django.sql-injection
    User.objects.raw("select * from users where name = %s", [term])
    # ok: python.django.sql-injection
    return User.objects.filter(name__icontains=term)


@router.get("/items")
async def items(name: str, limit: int, pool: PoolDep):
    # ruleid: python.fastapi.sql-injection, python.sql.parameter-in-query
    await pool.fetchrow(f"select * from items where name = '{name}'")
    # ruleid: python.fastapi.sql-injection, python.sql.parameter-in-query
    await session.execute(text("select * from items where name = '%s'" % name))
    # ok: python.fastapi.sql-injection
    await pool.fetch("select * from items where name = $1", name)
    # ok: python.fastapi.sql-injection
    await pool.fetch(f"select * from items limit {limit}")
    # ok: python.fastapi.sql-injection
    await session.execute(text("select * from items where name = :name").bindparams(name=name))


def find(cursor, name, limit: int):
    # ruleid: python.sql.parameter-in-query
    cursor.execute(f"SELECT * FROM users WHERE name = '{name}'")
    statement = "delete from users where name = '%s'" % name
    # ruleid: python.sql.parameter-in-query
    cursor.execute(statement)
    # ok: python.sql.parameter-in-query
    cursor.execute(f"select * from users limit {limit}")
    # ok: python.sql.parameter-in-query
    cursor.execute("select * from users where name = %s", (name,))


class Store:
    table = "users"

    def all(self, query, log):
        # ok: python.sql.parameter-in-query
        self.cursor.execute(query)
        # ok: python.sql.parameter-in-query
        self.cursor.execute(f"select * from {self.table}")
