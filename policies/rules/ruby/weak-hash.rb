class User
  def password_matches?(password)
    # ruleid: ruby.crypto.weak-password-hash
    Digest::SHA256.hexdigest(password) == stored
    # ruleid: ruby.crypto.weak-password-hash
    Digest::MD5.hexdigest(salt + self.password)
    # ruleid: ruby.crypto.weak-password-hash
    OpenSSL::Digest.hexdigest("SHA256", "#{salt}#{password}")
    # ok: ruby.crypto.weak-password-hash
    BCrypt::Password.create(password)
    # ok: ruby.crypto.weak-password-hash
    Digest::SHA256.hexdigest(content)
    # ok: ruby.crypto.weak-password-hash
    Digest::SHA256.hexdigest(password_reset_link)
  end

  def sign(key, text)
    # ruleid: ruby.crypto.weak-hash
    OpenSSL::HMAC.hexdigest("MD5", key, text)
    # ruleid: ruby.crypto.weak-hash
    key.sign(OpenSSL::Digest::SHA1.new, text)
    # ruleid: ruby.crypto.weak-hash
    reset_token = Digest::MD5.hexdigest(text)
    # ok: ruby.crypto.weak-hash
    OpenSSL::HMAC.hexdigest("SHA256", key, text)
    # ok: ruby.crypto.weak-hash
    key.sign(OpenSSL::Digest.new("SHA256"), text)
    # ok: ruby.crypto.weak-hash
    cache_key = Digest::MD5.hexdigest(text)
    # ok: ruby.crypto.weak-hash
    avatar = "https://avatar.example/#{Digest::MD5.hexdigest(email)}"
    [reset_token, cache_key, avatar]
  end
end
