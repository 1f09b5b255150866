package shop.example;

import java.io.InputStream;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;

class Settings {
    // ruleid: java.secrets.hardcoded-password
    private static final String DB_PASSWORD = "not-a-real-pw-1!";
    // ruleid: java.secrets.hardcoded-password
    private String apiKey = "fake0fake1fake2";
    // ok: java.secrets.hardcoded-password
    private static final String PARAM_PASSWORD = "user_password";
    // ok: java.secrets.hardcoded-password
    private static final String passwordHint = "8 letters & 2 digits";
    // ok: java.secrets.hardcoded-password
    private String template_password = "${db.password1}";

    @Value("${mail.password}")
    // ok: java.secrets.hardcoded-password
    private String mailPassword;

    Connection connect(String url, KeyStore store, InputStream in) throws Exception {
        // ruleid: java.secrets.hardcoded-password
        store.load(in, "letmein".toCharArray());
        // ruleid: java.secrets.hardcoded-password
        SecretKeySpec key = new SecretKeySpec("fake fake fake16".getBytes(), "AES");
        // ok: java.secrets.hardcoded-password
        store.load(in, System.getenv("STORE_PASSWORD").toCharArray());
        // ok: java.secrets.hardcoded-password
        DriverManager.getConnection(url, "shop", System.getenv("DB_PASSWORD"));
        // ruleid: java.secrets.hardcoded-password
        return DriverManager.getConnection(url, "shop", "letmein");
    }
}
