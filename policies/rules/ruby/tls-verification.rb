def call(uri)
  http = Net::HTTP.new(uri.host, uri.port)
  # ruleid: ruby.tls.verification-off
  http.verify_mode = OpenSSL::SSL::VERIFY_NONE
  # ruleid: ruby.tls.verification-off
  URI.open(uri, ssl_verify_mode: OpenSSL::SSL::VERIFY_NONE)
  # ruleid: ruby.tls.verification-off
  HTTParty.get(uri, verify: false)
  # ruleid: ruby.tls.verification-off
  Faraday.new(uri, ssl: { verify: false })
  # ok: ruby.tls.verification-off
  http.verify_mode = OpenSSL::SSL::VERIFY_PEER
  # ok: ruby.tls.verification-off
  HTTParty.get(uri, verify: true)
  # ok: ruby.tls.verification-off
  Faraday.new(uri, ssl: { ca_file: "ca.pem" })
  # ok: ruby.tls.verification-off
  user.save(validate: false)
end

# ruleid: ruby.tls.verification-off
OpenSSL::SSL::VERIFY_PEER = OpenSSL::SSL::VERIFY_NONE
