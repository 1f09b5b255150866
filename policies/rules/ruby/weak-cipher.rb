def encrypt(text, key)
  # ruleid: ruby.crypto.weak-cipher
  OpenSSL::Cipher.new("DES-EDE3-CBC")
  # ruleid: ruby.crypto.weak-cipher
  OpenSSL::Cipher.new("aes-256-ecb")
  # ruleid: ruby.crypto.weak-cipher
  OpenSSL::Cipher::AES.new(128, :ECB)
  # ruleid: ruby.crypto.weak-cipher
  OpenSSL::PKey::RSA.new(1024)
  # ok: ruby.crypto.weak-cipher
  cipher = OpenSSL::Cipher.new("aes-256-gcm").encrypt
  # ok: ruby.crypto.weak-cipher
  OpenSSL::PKey::RSA.new(3072)
  # ok: ruby.crypto.weak-cipher
  OpenSSL::PKey::RSA.new(File.read("key.pem"))
  # ruleid: ruby.crypto.constant-iv
  cipher.iv = "0123456789ab"
  # ruleid: ruby.crypto.constant-iv
  cipher.iv = "\0" * 12
  # ok: ruby.crypto.constant-iv
  cipher.iv = SecureRandom.random_bytes(12)
  # ok: ruby.crypto.constant-iv
  iv = cipher.random_iv
  # ok: ruby.crypto.constant-iv
  cipher.key = key
  iv + cipher.update(text) + cipher.final
end
