import os

from flask import Flask
from flask_wtf.csrf import CSRFProtect

app = Flask(__name__)
csrf = CSRFProtect(app)
# ruleid: python.flask.debug-on
app.config["DEBUG"] = True
# ruleid: python.flask.debug-on
app.run(host="127.0.0.1", debug=True)
# ok: python.flask.debug-on
app.run(host="127.0.0.1", debug=False)
# ok: python.flask.debug-on
app.run(debug=os.environ.get("DEBUG") == "1")
# ok: python.flask.debug-on
worker.run(debug=True)

# ruleid: python.flask.constant-secret-key
app.secret_key = "dev"
# ruleid: python.flask.constant-secret-key
app.config["SECRET_KEY"] = "n0t-a-real-key"
# ok: python.flask.constant-secret-key
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
# ok: python.flask.constant-secret-key
app.config["SESSION_NAME"] = "n0t-a-real-key"

# ruleid: python.flask.csrf-off
app.config["WTF_CSRF_ENABLED"] = False


# ruleid: python.flask.csrf-off
@csrf.exempt
def transfer():
    return {}


# ok: python.flask.csrf-off
app.config["WTF_CSRF_ENABLED"] = True
# ok: python.flask.csrf-off
app.config["WTF_CSRF_TIME_LIMIT"] = False


# ruleid: python.flask.placeholder-secret-key
app.secret_key = "<a key from the vault>"
# ruleid: python.flask.placeholder-secret-key
app.config["SECRET_KEY"] = "YOUR_SECRET_KEY"
# ok: python.flask.placeholder-secret-key
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
# ok: python.flask.placeholder-secret-key
app.config["TITLE"] = "<none>"
