from fastapi.middleware.cors import CORSMiddleware
from flask_cors import CORS

# ruleid: python.web.cors-any-origin
api.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True, allow_methods=["*"])
# ruleid: python.web.cors-any-origin
CORS(app, origins="*", supports_credentials=True)
# ok: python.web.cors-any-origin
api.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"])
# ok: python.web.cors-any-origin
api.add_middleware(CORSMiddleware, allow_origins=["https://app.corp.example"], allow_credentials=True)
# ok: python.web.cors-any-origin
CORS(app, origins=["https://app.corp.example"], supports_credentials=True)
