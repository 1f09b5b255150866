import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import javax.crypto.spec.SecretKeySpec;

class Crypto {
  void defaults(Properties settings, Map<String, String> map) {
    // ruleid: java.crypto.weak-default
    String first = settings.getProperty("cipher", "DESede/ECB/PKCS5Padding");
    // ruleid: java.crypto.weak-default
    String second = map.getOrDefault("cipher", "AES/ECB/PKCS5Padding");
    // ok: java.crypto.weak-default
    String third = settings.getProperty("cipher", "AES/GCM/NoPadding");
    // ok: java.crypto.weak-default
    String fourth = settings.getProperty("DES");
    // ruleid: java.crypto.weak-hash-default
    String fifth = settings.getProperty("hash", "MD5");
    // ruleid: java.crypto.weak-hash-default
    String sixth = map.getOrDefault("hash", "SHA-1");
    // ok: java.crypto.weak-hash-default
    String seventh = settings.getProperty("hash", "SHA-256");
    // ok: java.crypto.weak-hash-default
    String eighth = settings.getProperty("MD5");
  }

  void keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    // ruleid: java.crypto.short-key
    generator.initialize(1024);
    // ruleid: java.crypto.short-key
    generator.initialize(512, new SecureRandom());
    // ok: java.crypto.short-key
    generator.initialize(3072);
    KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
    // ok: java.crypto.short-key
    curve.initialize(256);
  }

  void constants(byte[] given) {
    // ruleid: java.crypto.constant-key
    SecretKeySpec first = new SecretKeySpec("0123456789abcdef".getBytes(), "AES");
    byte[] bytes = new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8};
    // ruleid: java.crypto.constant-key
    SecretKeySpec second = new SecretKeySpec(bytes, "AES");
    // ok: java.crypto.constant-key
    SecretKeySpec third = new SecretKeySpec(given, "AES");
    byte[] random = new byte[16];
    // ok: java.crypto.constant-key
    SecretKeySpec fourth = new SecretKeySpec(random, "AES");
  }

  void connections(SSLSocket socket) throws Exception {
    // ruleid: java.tls.old-protocol
    SSLContext.getInstance("TLSv1");
    // ruleid: java.tls.old-protocol
    socket.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.1"});
    // ok: java.tls.old-protocol
    SSLContext.getInstance("TLSv1.3");
    // ok: java.tls.old-protocol
    socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
  }

  void numbers() {
    // ruleid: java.crypto.predictable-generator
    int first = new java.util.Random().nextInt();
    // ruleid: java.crypto.predictable-generator
    double second = Math.random();
    // ok: java.crypto.predictable-generator
    int third = new SecureRandom().nextInt();
    // ok: java.crypto.predictable-generator
    double fourth = Math.sqrt(2);
  }

  void seeds(SecureRandom random, byte[] noise) {
    // ruleid: java.crypto.seeded-generator
    random.setSeed(42);
    // ruleid: java.crypto.seeded-generator
    random.setSeed(System.currentTimeMillis());
    // ok: java.crypto.seeded-generator
    random.setSeed(noise);
    // ok: java.crypto.seeded-generator
    random.nextBytes(noise);
  }
}
