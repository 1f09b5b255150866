import ssl

import aiohttp
import asyncssh
import httpx
import paramiko
import requests

# ruleid: python.tls.verification-off
requests.get("https://api.corp.example", verify=False, timeout=5)
# ruleid: python.tls.verification-off
client = httpx.Client(verify=False)
context = ssl.create_default_context()
# ruleid: python.tls.verification-off
context.verify_mode = ssl.CERT_NONE
session = requests.Session()
# ruleid: python.tls.verification-off
session.verify = False
# ruleid: python.tls.verification-off
aiohttp.TCPConnector(ssl=False)
# ok: python.tls.verification-off
requests.get("https://api.corp.example", verify="/etc/ssl/corp.pem", timeout=5)
# ok: python.tls.verification-off
context.verify_mode = ssl.CERT_REQUIRED
# ok: python.tls.verification-off
image.save("a.png", verify=False)
# ok: python.tls.verification-off
aiohttp.TCPConnector(ssl=context)

# ruleid: python.tls.old-protocol
ssl.SSLContext(ssl.PROTOCOL_TLSv1)
# ruleid: python.tls.old-protocol
context.minimum_version = ssl.TLSVersion.TLSv1_1
# ok: python.tls.old-protocol
ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
# ok: python.tls.old-protocol
context.minimum_version = ssl.TLSVersion.TLSv1_2

shell = paramiko.SSHClient()
# ruleid: python.ssh.host-key-unchecked
shell.set_missing_host_key_policy(paramiko.AutoAddPolicy())
# ruleid: python.ssh.host-key-unchecked
asyncssh.connect("build.corp.example", known_hosts=None)
# ok: python.ssh.host-key-unchecked
shell.set_missing_host_key_policy(paramiko.RejectPolicy())
# ok: python.ssh.host-key-unchecked
asyncssh.connect("build.corp.example", known_hosts="known_hosts")


from OpenSSL import SSL


def unverified():
    # ruleid: python.tls.openssl-unverified
    ctx = SSL.Context(SSL.TLS_CLIENT_METHOD)
    return ctx


def still_unverified(sock):
    # ruleid: python.tls.openssl-unverified
    ctx = SSL.Context(SSL.TLS_METHOD)
    return SSL.Connection(ctx, sock)


def verified(check):
    # ok: python.tls.openssl-unverified
    ctx = SSL.Context(SSL.TLS_CLIENT_METHOD)
    ctx.set_verify(SSL.VERIFY_PEER, check)
    return ctx


def server():
    # ok: python.tls.openssl-unverified
    ctx = SSL.Context(SSL.TLS_SERVER_METHOD)
    ctx.use_certificate_file("server.pem")
    return ctx
