package shop.example

import java.sql.DriverManager
import javax.crypto.spec.SecretKeySpec

// ruleid: kotlin.secrets.hardcoded-password
private const val DB_PASSWORD = "tr0ub4dor&3"
// ok: kotlin.secrets.hardcoded-password
private const val PASSWORD_FIELD = "password"
// ok: kotlin.secrets.hardcoded-password
private const val RESET_PASSWORD = "/account/reset-password"

class Settings(private val environment: Environment) {
    // ruleid: kotlin.secrets.hardcoded-password
    var apiKey: String = "9f8e7d6c5b4a39281706"

    // ok: kotlin.secrets.hardcoded-password
    val secret = "${environment["SECRET"]}"

    fun connect() {
        // ruleid: kotlin.secrets.hardcoded-password
        DriverManager.getConnection("jdbc:postgresql://db.example/shop", "shop", "sesame")
        // ruleid: kotlin.secrets.hardcoded-password
        SecretKeySpec("0123456789abcdef".toByteArray(), "AES")
        // ok: kotlin.secrets.hardcoded-password
        DriverManager.getConnection("jdbc:postgresql://db.example/shop", "shop", System.getenv("DB_PASSWORD"))
        // ok: kotlin.secrets.hardcoded-password
        SecretKeySpec(environment.key, "AES")
    }
}
