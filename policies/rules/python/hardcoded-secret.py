import os

import requests

# ruleid: python.secrets.hardcoded-secret
DB_PASSWORD = "Fake-Pa55-for-the-rule-test"
# ruleid: python.secrets.hardcoded-secret
api_key: str = "k3y-0f-n0-pr0vider-at-all"
# ruleid: python.secrets.hardcoded-secret
SIGNING_KEY = os.environ.get("SIGNING_KEY", "f4llback-in-source")
# ok: python.secrets.hardcoded-secret
DB_PASSWORD = os.environ["DB_PASSWORD"]
# ok: python.secrets.hardcoded-secret
API_KEY = "change-me"
# ok: python.secrets.hardcoded-secret
password = "${DB_PASSWORD}"
# ok: python.secrets.hardcoded-secret
private_key = "/etc/ssl/private/gate1.pem"
# ok: python.secrets.hardcoded-secret
ACCESS_TOKEN = "accessToken"
# ok: python.secrets.hardcoded-secret
api_key = "X-Api-Key"
# ok: python.secrets.hardcoded-secret
password_hint = "Your 1st pet with 3 letters"

# ruleid: python.secrets.password-in-call
psycopg.connect(host="db.corp.example", user="app", password="Fake-Pa55-for-the-rule-test")
# ruleid: python.secrets.password-in-call
requests.get("https://api.corp.example", auth=("app", "Fake-Pa55-for-the-rule-test"), timeout=5)
# ok: python.secrets.password-in-call
psycopg.connect(host="db.corp.example", user="app", password=os.environ["DB_PASSWORD"])
# ok: python.secrets.password-in-call
psycopg.connect(host="db.corp.example", password="changeme")
# ok: python.secrets.password-in-call
Field(label="Fake-Pa55-for-the-rule-test", secret=True)

# ruleid: python.secrets.password-in-url
DATABASE = "postgresql://app:Fake-Pa55@db.corp.example/app"
# ruleid: python.secrets.password-in-url
connect("amqp://worker:n0t-real@queue.corp.example:5672/")
# ok: python.secrets.password-in-url
DATABASE = "postgresql://app@db.corp.example/app"
# ok: python.secrets.password-in-url
DATABASE = "postgresql://postgres:postgres@localhost/test"
# ok: python.secrets.password-in-url
PATTERN = "https://{user}:{password}@registry.corp.example"
