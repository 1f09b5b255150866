package shop.example;

import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;

class Ciphers {
    private static final String MODE = "AES/ECB/PKCS5Padding";

    void weak() throws Exception {
        // ruleid: java.crypto.weak-cipher
        Cipher.getInstance("DES/CBC/PKCS5Padding");
        // ruleid: java.crypto.weak-cipher
        Cipher.getInstance(MODE);
        // ruleid: java.crypto.weak-cipher
        Cipher.getInstance("AES");
        // ruleid: java.crypto.weak-cipher
        KeyGenerator.getInstance("DESede");
    }

    void strong() throws Exception {
        // ok: java.crypto.weak-cipher
        Cipher.getInstance("AES/GCM/NoPadding");
        // ok: java.crypto.weak-cipher
        Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
        // ok: java.crypto.weak-cipher
        Cipher.getInstance("ChaCha20-Poly1305");
        // ok: java.crypto.weak-cipher
        KeyGenerator.getInstance("AES");
    }
}
