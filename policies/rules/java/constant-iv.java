package example;

import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

class Encrypt {
    void constant(Cipher cipher, SecretKey key) throws Exception {
        // ruleid: java.crypto.constant-iv
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[16]));
        // ruleid: java.crypto.constant-iv
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, "0123456789ab".getBytes()));
        byte[] iv = new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        // ruleid: java.crypto.constant-iv
        GCMParameterSpec spec = new GCMParameterSpec(128, iv);
        cipher.init(Cipher.ENCRYPT_MODE, key, spec);
    }

    void fresh(Cipher cipher, SecretKey key) throws Exception {
        byte[] iv = new byte[12];
        new SecureRandom().nextBytes(iv);
        // ok: java.crypto.constant-iv
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, iv));
    }

    void received(Cipher cipher, SecretKey key, byte[] message) throws Exception {
        byte[] iv = new byte[16];
        System.arraycopy(message, 0, iv, 0, 16);
        // ok: java.crypto.constant-iv
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(iv));
        // ok: java.crypto.constant-iv
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(message, 0, 16));
    }
}
