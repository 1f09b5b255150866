package shop.example

import javax.crypto.Cipher
import javax.crypto.KeyGenerator

fun ciphers() {
    // ruleid: kotlin.crypto.weak-cipher
    Cipher.getInstance("DES/CBC/PKCS5Padding")
    // ruleid: kotlin.crypto.weak-cipher
    Cipher.getInstance("AES/ECB/PKCS5Padding")
    // ruleid: kotlin.crypto.weak-cipher
    Cipher.getInstance("AES")
    // ruleid: kotlin.crypto.weak-cipher
    KeyGenerator.getInstance("DESede")
    // ok: kotlin.crypto.weak-cipher
    Cipher.getInstance("AES/GCM/NoPadding")
    // ok: kotlin.crypto.weak-cipher
    Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding")
    // ok: kotlin.crypto.weak-cipher
    KeyGenerator.getInstance("AES")
}
