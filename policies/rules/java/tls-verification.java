package shop.example;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.*;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;

class TrustEverything implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    // ruleid: java.tls.trust-all-certificates
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}

class Pinned implements X509TrustManager {
    private final X509TrustManager platform;

    Pinned(X509TrustManager platform) {
        this.platform = platform;
    }

    // ok: java.tls.trust-all-certificates
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    // ok: java.tls.trust-all-certificates
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        platform.checkServerTrusted(chain, type);
    }

    public X509Certificate[] getAcceptedIssuers() {
        return platform.getAcceptedIssuers();
    }
}

class Clients {
    private final TrustManager[] managers = {
        new X509TrustManager() {
            public void checkClientTrusted(X509Certificate[] certs, String auth) {}

            // ruleid: java.tls.trust-all-certificates
            public void checkServerTrusted(X509Certificate[] certs, String auth) throws CertificateException {
                // the server is ours
            }

            public X509Certificate[] getAcceptedIssuers() {
                return null;
            }
        }
    };

    void connect(HttpsURLConnection connection, Builder builder) {
        // ruleid: java.tls.any-host-name
        connection.setHostnameVerifier((host, session) -> true);
        // ruleid: java.tls.any-host-name
        builder.setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE);
        HttpsURLConnection.setDefaultHostnameVerifier(new HostnameVerifier() {
            // ruleid: java.tls.any-host-name
            public boolean verify(String host, SSLSession session) {
                return true;
            }
        });
        // ok: java.tls.any-host-name
        connection.setHostnameVerifier(HttpsURLConnection.getDefaultHostnameVerifier());
        // ok: java.tls.any-host-name
        connection.setHostnameVerifier((host, session) -> host.equals("api.example"));
    }
}
