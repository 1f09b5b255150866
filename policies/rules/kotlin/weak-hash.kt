package shop.example

import java.security.MessageDigest
import java.security.Signature
import javax.crypto.Mac
import org.apache.commons.codec.digest.DigestUtils

fun store(password: String): ByteArray {
    // ruleid: kotlin.crypto.weak-hash
    val hash = MessageDigest.getInstance("MD5").digest(password.toByteArray())
    // ruleid: kotlin.crypto.weak-hash
    DigestUtils.sha1Hex(password)
    // ruleid: kotlin.crypto.weak-hash
    java.security.MessageDigest.getInstance("SHA-1")
    // ok: kotlin.crypto.weak-hash
    return MessageDigest.getInstance("SHA-256").digest(hash)
}

// ok: kotlin.crypto.weak-hash
fun etag(body: ByteArray): String = MessageDigest.getInstance("MD5").digest(body).toHexString()

fun cacheKey(query: String): String {
    // ok: kotlin.crypto.weak-hash
    return DigestUtils.md5Hex(query)
}

fun sign(key: PrivateKey) {
    // ruleid: kotlin.crypto.weak-signature-hash
    Signature.getInstance("SHA1withRSA").initSign(key)
    // ruleid: kotlin.crypto.weak-signature-hash
    Mac.getInstance("HmacMD5")
    // ok: kotlin.crypto.weak-signature-hash
    Signature.getInstance("SHA256withECDSA").initSign(key)
    // ok: kotlin.crypto.weak-signature-hash
    Mac.getInstance("HmacSHA256")
}
