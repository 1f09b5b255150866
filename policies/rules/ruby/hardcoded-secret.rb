# ruleid: ruby.secrets.hardcoded-secret
API_KEY = "k3y-9f8e7d6c5b4a"

class Client
  def initialize
    # ruleid: ruby.secrets.hardcoded-secret
    @password = "tr0ub4dor&3"
    # ruleid: ruby.secrets.hardcoded-secret
    connect(host: "db.example", password: "s3cr3t-w0rd")
    # ruleid: ruby.secrets.hardcoded-secret
    key = ENV.fetch("SECRET_KEY_BASE", "0f1e2d3c4b5a69788796a5b4c3d2e1f0")
    # ok: ruby.secrets.hardcoded-secret
    @password = ENV.fetch("DB_PASSWORD")
    # ok: ruby.secrets.hardcoded-secret
    connect(host: "db.example", password: "changeme-123")
    # ok: ruby.secrets.hardcoded-secret
    token_header = "X-Api-Key-2"
    # ok: ruby.secrets.hardcoded-secret
    api_key = "config/keys/api1.key"[/\w+/]
    # ok: ruby.secrets.hardcoded-secret
    label(password: "forms.password")
    [key, token_header, api_key]
  end
end

# ruleid: ruby.secrets.password-in-url
DB = Sequel.connect("postgres://app:h8sd7f6s@db.example/shop")
# ruleid: ruby.secrets.password-in-url
REDIS = "redis://:9s8d7f6g@cache.example:6379/0"
# ok: ruby.secrets.password-in-url
LOCAL = "postgres://app:h8sd7f6s@localhost/shop"
# ok: ruby.secrets.password-in-url
SHOWN = "postgres://app:#{ENV.fetch("DB_PASSWORD")}@db.example/shop"
# ok: ruby.secrets.password-in-url
OPEN = "https://shop.example:8443/path@2"
