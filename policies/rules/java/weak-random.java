package shop.example;

import java.security.SecureRandom;
import java.util.Random;

class Tokens {
    private final Random random = new Random();
    private final SecureRandom secure = new SecureRandom();

    String newSession() {
        // ruleid: java.crypto.weak-random
        String token = Long.toHexString(new Random().nextLong());
        return token;
    }

    String resetToken() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        // ruleid: java.crypto.weak-random
        return text.toString();
    }

    int loginOtp() {
        // ruleid: java.crypto.weak-random
        return (int) (Math.random() * 1000000);
    }

    String goodToken() {
        byte[] bytes = new byte[32];
        secure.nextBytes(bytes);
        // ok: java.crypto.weak-random
        return java.util.HexFormat.of().formatHex(bytes);
    }

    long delay() {
        // ok: java.crypto.weak-random
        return 100 + random.nextInt(50);
    }

    int subclass() {
        Random generator = new SecureRandom();
        // ok: java.crypto.weak-random
        int otp = secure.nextInt(1000000);
        // ok: java.crypto.weak-random
        int tokenCount = random.nextInt(5);
        return otp + tokenCount;
    }
}
