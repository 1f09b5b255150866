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


def login(form, user, password):
    # ruleid: python.secrets.constant-password-check
    if password == "Spring2024":
        return True
    # ruleid: python.secrets.constant-password-check
    if form["user"] == "admin" and form["password"] == "admin":
        return True
    # ruleid: python.secrets.constant-password-check
    if hmac.compare_digest(user.api_key, "k-77-blue"):
        return True
    # ok: python.secrets.constant-password-check
    if password == "":
        return False
    # ok: python.secrets.constant-password-check
    if user.password == "change-me":
        raise ValueError("set a password")
    # ok: python.secrets.constant-password-check
    if form["type"] == "password":
        return None
    # ok: python.secrets.constant-password-check
    return password == user.expected


def test_login(user):
    # ok: python.secrets.constant-password-check
    assert user.password == "Spring2024"


# ruleid: python.secrets.key-by-look
canvas_key = "q8Zr2LpX0vTn5WcY7bKd3MfH9sJg4RtE6uAw1QyC"
# ruleid: python.secrets.key-by-look
client = Client(token="q8Zr2LpX0vTn5WcY7bKd3MfH9sJg4RtE6uAw1QyC")
# ok: python.secrets.key-by-look
cache_key = "q8Zr2LpX0vTn5WcY7bKd3MfH9sJg4RtE6uAw1QyC"
# ok: python.secrets.key-by-look
token = "the_name_of_the_setting_that_holds_it_1"
# ok: python.secrets.key-by-look
key = "3b1f0c6e9d2a4857b1c0d9e8f7a6b5c4d3e2f1a0"

# ruleid: python.secrets.empty-password
db = pymysql.connect(host="db.corp.example", user="app", password="")
# ruleid: python.secrets.empty-password
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", "PASSWORD": ""}}
# ruleid: python.secrets.empty-password
engine = create_engine("postgresql://app:@db.corp.example/shop")
# ok: python.secrets.empty-password
FILES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "shop", "PASSWORD": ""}}
# ok: python.secrets.empty-password
engine = create_engine("postgresql://app@db.corp.example/shop")
# ok: python.secrets.empty-password
db = pymysql.connect(host="db.corp.example", user="app", password=os.environ["DB_PASSWORD"])
