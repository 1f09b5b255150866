package shop.example

import java.security.SecureRandom
import javax.crypto.Cipher
import javax.crypto.spec.GCMParameterSpec
import javax.crypto.spec.IvParameterSpec

fun seal(cipher: Cipher, key: SecretKey) {
    // ruleid: kotlin.crypto.constant-iv
    cipher.init(Cipher.ENCRYPT_MODE, key, IvParameterSpec("0123456789abcdef".toByteArray()))
    // ruleid: kotlin.crypto.constant-iv
    cipher.init(Cipher.ENCRYPT_MODE, key, GCMParameterSpec(128, ByteArray(12)))
    val zero = ByteArray(16)
    // ruleid: kotlin.crypto.constant-iv
    cipher.init(Cipher.ENCRYPT_MODE, key, IvParameterSpec(zero))
}

fun sealFresh(cipher: Cipher, key: SecretKey, kept: ByteArray) {
    val iv = ByteArray(16)
    SecureRandom().nextBytes(iv)
    // ok: kotlin.crypto.constant-iv
    cipher.init(Cipher.ENCRYPT_MODE, key, IvParameterSpec(iv))
    val nonce = ByteArray(12).also { SecureRandom().nextBytes(it) }
    // ok: kotlin.crypto.constant-iv
    cipher.init(Cipher.ENCRYPT_MODE, key, GCMParameterSpec(128, nonce))
    // ok: kotlin.crypto.constant-iv
    cipher.init(Cipher.DECRYPT_MODE, key, IvParameterSpec(kept))
}
