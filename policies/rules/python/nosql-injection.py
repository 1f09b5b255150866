from bson import ObjectId
from fastapi import FastAPI, Request
from flask import Flask, request as http

app = Flask(__name__)
api = FastAPI()


@app.post("/login")
def login():
    # ruleid: python.web.nosql-injection
    users.find_one({"name": http.json["name"], "password": http.json["password"]})
    # ruleid: python.web.nosql-where-injection
    users.find({"$where": "this.name == '" + http.args["name"] + "'"})
    # ok: python.web.nosql-injection
    users.find_one({"name": str(http.json["name"])})
    # ok: python.web.nosql-injection
    users.find_one({"name": http.form["name"]})
    # ok: python.web.nosql-injection
    users.delete_one({"_id": ObjectId(http.json["id"])})
    # ok: python.web.nosql-where-injection
    users.find({"$where": "this.visits > " + str(int(http.args["visits"]))})
    # ok: python.web.nosql-where-injection
    return users.find({"$where": "this.name == 'guest'"})


@api.post("/filter")
async def filtered(body: dict, account: Account, req: Request):
    # ruleid: python.web.nosql-injection
    await users.count_documents(body)
    # ruleid: python.web.nosql-where-injection
    await users.count_documents({"$where": f"this.name == '{account.name}'"})
    # ok: python.web.nosql-injection
    await users.find_one({"name": account.name})
    # ok: python.web.nosql-injection
    return await users.find_one(Filter.model_validate(await req.json()))


def find(table, client, column, name):
    # ruleid: python.dynamodb.built-expression
    table.scan(FilterExpression=column + " = :u", ExpressionAttributeValues={":u": name})
    # ruleid: python.dynamodb.built-expression
    client.execute_statement(Statement=f"SELECT * FROM users WHERE name = '{name}'")
    # ok: python.dynamodb.built-expression
    table.scan(FilterExpression="#n = :u", ExpressionAttributeValues={":u": name})
    # ok: python.dynamodb.built-expression
    table.query(KeyConditionExpression=Key("name").eq(name))
    # ok: python.dynamodb.built-expression
    client.execute_statement(Statement="SELECT * FROM users WHERE name = ?", Parameters=[{"S": name}])
