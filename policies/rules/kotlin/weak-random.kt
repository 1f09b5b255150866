package shop.example

import java.security.SecureRandom
import kotlin.random.Random
import kotlin.random.asKotlinRandom

private val CHARS = ('a'..'z') + ('0'..'9')

class Tokens(private val secure: SecureRandom) {
    // ruleid: kotlin.crypto.weak-random
    fun newToken(): String = (1..32).map { CHARS.random() }.joinToString("")

    fun createPassword(): String {
        // ruleid: kotlin.crypto.weak-random
        val number = Random.nextInt(100_000, 999_999)
        return "shop-$number"
    }

    fun open(session: Session) {
        // ruleid: kotlin.crypto.weak-random
        val sessionId = java.util.Random().nextLong().toString(16)
        // ruleid: kotlin.crypto.weak-random
        session.csrfToken = RandomStringUtils.randomAlphanumeric(32)
        // ok: kotlin.crypto.weak-random
        val token = ByteArray(32).also { secure.nextBytes(it) }
        // ok: kotlin.crypto.weak-random
        val otp = (1..6).map { CHARS.random(secure.asKotlinRandom()) }
        // ok: kotlin.crypto.weak-random
        val tokenIndex = Random.nextInt(10)
        // ok: kotlin.crypto.weak-random
        val delay = Random.nextLong(100, 200)
    }
}
