import os

from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, csrf_protect

# ruleid: python.django.debug-on
DEBUG = True
# ok: python.django.debug-on
DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
# ok: python.django.debug-on
TEMPLATE_DEBUG = True
# ruleid: python.django.constant-secret-key
SECRET_KEY = "n0t-a-real-key"
# ruleid: python.django.constant-secret-key
SECRET_KEY = "insecure"
# ok: python.django.constant-secret-key
SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
# ok: python.django.constant-secret-key
SECRET_NAME = "n0t-a-real-key"
# ruleid: python.django.any-host
ALLOWED_HOSTS = ["*"]
# ruleid: python.django.any-host
ALLOWED_HOSTS = ["shop.corp.example", "*"]
# ok: python.django.any-host
ALLOWED_HOSTS = ["shop.corp.example"]
# ok: python.django.any-host
ALLOWED_HOSTS = [".corp.example"]
INSTALLED_APPS = ["django.contrib.auth"]
# ruleid: python.django.insecure-cookie
SESSION_COOKIE_SECURE = False
# ruleid: python.django.insecure-cookie
SESSION_COOKIE_HTTPONLY = False
# ok: python.django.insecure-cookie
SESSION_COOKIE_SECURE = True
# ok: python.django.insecure-cookie
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
# ruleid: python.django.debug-on
DEBUG = True


# ruleid: python.django.csrf-exempt
@csrf_exempt
def transfer(request):
    return None


# ruleid: python.django.csrf-exempt
@method_decorator(csrf_exempt, name="dispatch")
class Hook:
    pass


# ok: python.django.csrf-exempt
@csrf_protect
def pay(request):
    return None


# ok: python.django.csrf-exempt
@method_decorator(csrf_protect, name="dispatch")
class Form:
    # ok: python.django.debug-on
    debug = True
