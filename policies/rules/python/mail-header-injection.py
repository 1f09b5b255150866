import smtplib
from email.message import EmailMessage

from flask import Flask, request as http

app = Flask(__name__)


@app.post("/contact")
def contact():
    server = smtplib.SMTP("mail.corp.example")
    # ruleid: python.web.mail-header-injection
    server.sendmail("web@corp.example", ["desk@corp.example"], "Subject: " + http.form["subject"] + "\n\nhello")
    text = f"From: {http.form['from']}\nSubject: contact\n\nhello"
    # ruleid: python.web.mail-header-injection
    server.sendmail("web@corp.example", ["desk@corp.example"], text)
    message = EmailMessage()
    message["Subject"] = http.form["subject"]
    # ok: python.web.mail-header-injection
    server.sendmail("web@corp.example", ["desk@corp.example"], message.as_string())
    # ok: python.web.mail-header-injection
    server.sendmail("web@corp.example", [http.form["to"]], "Subject: thanks\n\nhello")
    # ok: python.web.mail-header-injection
    server.send_message(message)
