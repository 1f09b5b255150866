def claims(token, key)
  # ruleid: ruby.jwt.unverified
  JWT.decode(token, nil, false)
  # ruleid: ruby.jwt.unverified
  JWT.encode({ id: 1 }, nil, "none")
end

def unsigned(token)
  # ruleid: ruby.jwt.unverified
  JWT.decode(token, nil, true, algorithm: "none")
end

def checked(token, key)
  # ok: ruby.jwt.unverified
  JWT.decode(token, key, true, algorithm: "RS256")
  # ok: ruby.jwt.unverified
  JWT.encode({ id: 1 }, key, "RS256")
end

def by_key_id(token)
  # ok: ruby.jwt.unverified
  header = JWT.decode(token, nil, false)[1]
  JWT.decode(token, KEYS.fetch(header["kid"]), true, algorithm: "RS256")
end
