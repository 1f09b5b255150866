import base64
import hmac
import json
import pickle

import numpy as np
import requests
import torch
import yaml
from flask import Flask, request as http

app = Flask(__name__)


@app.post("/restore")
def restore():
    # ruleid: python.web.unsafe-deserialisation, python.pickle.decoded-loads
    pickle.loads(base64.b64decode(http.cookies["state"]))
    # ruleid: python.web.unsafe-deserialisation
    yaml.full_load(http.get_data())
    # ok: python.web.unsafe-deserialisation
    yaml.safe_load(http.get_data())
    # ok: python.web.unsafe-deserialisation
    pickle.loads(open("model.bin", "rb").read())
    # ok: python.web.unsafe-deserialisation
    return json.loads(http.get_data())


def load(redis_client, connection, key):
    # ruleid: python.network.unsafe-deserialisation
    pickle.loads(redis_client.get("job"))
    # ruleid: python.network.unsafe-deserialisation
    pickle.loads(requests.get("https://models.corp.example/m", timeout=9).content)
    # ruleid: python.network.unsafe-deserialisation
    pickle.loads(connection.recv(4096))
    # ok: python.network.unsafe-deserialisation
    json.loads(redis_client.get("job"))
    settings = {"blob": b""}
    # ok: python.network.unsafe-deserialisation
    pickle.loads(settings.get("blob"))


def checked(connection, key, digest):
    body = connection.recv(4096)
    if not hmac.compare_digest(digest, hmac.digest(key, body, "sha256")):
        raise ValueError("not signed by us")
    # ok: python.network.unsafe-deserialisation
    return pickle.loads(body)


def configuration(stream):
    # ruleid: python.yaml.unsafe-load
    yaml.load(stream, Loader=yaml.Loader)
    # ruleid: python.yaml.unsafe-load
    yaml.unsafe_load(stream)
    # ok: python.yaml.unsafe-load
    yaml.load(stream, Loader=yaml.SafeLoader)
    # ok: python.yaml.unsafe-load
    yaml.load(stream, yaml.CSafeLoader)
    # ok: python.yaml.unsafe-load
    yaml.safe_load_all(stream)


# ruleid: python.torch.unsafe-load
torch.load("model.pt", map_location="cpu", weights_only=False)
# ruleid: python.torch.unsafe-load
np.load("data.npy", allow_pickle=True)
# ok: python.torch.unsafe-load
torch.load("model.pt", weights_only=True)
# ok: python.torch.unsafe-load
np.load("data.npy", allow_pickle=False)

# ruleid: python.config.pickle-as-exchange-format
SESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"
# ok: python.config.pickle-as-exchange-format
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
# ruleid: python.config.pickle-as-exchange-format
worker.conf.update(accept_content=["json", "pickle"], task_serializer="json")
# ok: python.config.pickle-as-exchange-format
worker.conf.update(accept_content=["json"], task_serializer="json")


def comments(stream):
    yaml = YAML(typ="rt")
    # ok: python.yaml.unsafe-load
    return yaml.load(stream)


import base64
import pickle


def from_text(headers, row, blob):
    # ruleid: python.pickle.decoded-loads
    token = pickle.loads(base64.b64decode(headers["token"]))
    data = base64.urlsafe_b64decode(row.state)
    # ruleid: python.pickle.decoded-loads
    state = pickle.loads(data)
    # ok: python.pickle.decoded-loads
    mine = pickle.loads(pickle.dumps(row))
    # ok: python.pickle.decoded-loads
    plain = json.loads(base64.b64decode(blob))
    return token, state, mine, plain
