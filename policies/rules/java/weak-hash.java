package shop.example;

import java.security.MessageDigest;
import java.security.Signature;
import javax.crypto.Mac;
import org.apache.commons.codec.digest.DigestUtils;

class Digests {
    private static final String ALGORITHM = "SHA-1";

    byte[] fingerprint(byte[] content) throws Exception {
        // ruleid: java.crypto.weak-hash
        return MessageDigest.getInstance("MD5").digest(content);
    }

    void more(String password, byte[] content) throws Exception {
        // ruleid: java.crypto.weak-hash
        MessageDigest digest = MessageDigest.getInstance(ALGORITHM);
        // ruleid: java.crypto.weak-hash
        DigestUtils.sha1Hex(password);
        // ok: java.crypto.weak-hash
        MessageDigest.getInstance("SHA-256").digest(content);
        // ok: java.crypto.weak-hash
        DigestUtils.sha256Hex(content);
        // ok: java.crypto.weak-hash
        MessageDigest.getInstance("SHA-512/256");
    }

    String etagOf(byte[] content) {
        // ok: java.crypto.weak-hash
        return DigestUtils.md5Hex(content);
    }

    void sign() throws Exception {
        // ruleid: java.crypto.weak-signature-hash
        Signature.getInstance("SHA1withRSA");
        // ruleid: java.crypto.weak-signature-hash
        Signature.getInstance("MD5withRSA", "BC");
        // ruleid: java.crypto.weak-signature-hash
        Mac.getInstance("HmacMD5");
        // ok: java.crypto.weak-signature-hash
        Signature.getInstance("SHA256withRSA");
        // ok: java.crypto.weak-signature-hash
        Signature.getInstance("Ed25519");
        // ok: java.crypto.weak-signature-hash
        Mac.getInstance("HmacSHA256");
    }
}
