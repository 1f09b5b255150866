class Invitation
  LETTERS = [*"a".."z", *"0".."9"].freeze

  def fill(user)
    # ruleid: ruby.crypto.weak-random
    token = rand(36**20).to_s(36)
    # ruleid: ruby.crypto.weak-random
    self.reset_token = LETTERS.sample(20).join
    # ruleid: ruby.crypto.weak-random
    @password = Array.new(12) { LETTERS[rand(36)] }.join
    # ruleid: ruby.crypto.weak-random
    user.update(otp: Random.rand(1_000_000))
    # ok: ruby.crypto.weak-random
    @password = SecureRandom.alphanumeric(20)
    # ok: ruby.crypto.weak-random
    self.reset_token = LETTERS.sample(20, random: SecureRandom).join
    # ok: ruby.crypto.weak-random
    delay = rand(30)
    # ok: ruby.crypto.weak-random
    colour = %w[red green].sample
    [token, delay, colour]
  end

  def verification_code
    # ruleid: ruby.crypto.weak-random
    rand(100_000..999_999)
  end

  def api_key
    # ok: ruby.crypto.weak-random
    SecureRandom.hex(32)
  end
end
