package shop.example

import java.security.cert.X509Certificate
import javax.net.ssl.*

val trustAll = object : X509TrustManager {
    override fun checkClientTrusted(chain: Array<out X509Certificate>?, authType: String?) {}

    // ruleid: kotlin.tls.trust-all-certificates
    override fun checkServerTrusted(chain: Array<out X509Certificate>?, authType: String?) {}

    override fun getAcceptedIssuers(): Array<X509Certificate> = arrayOf()
}

class Lenient : X509TrustManager {
    // ruleid: kotlin.tls.trust-all-certificates
    override fun checkServerTrusted(chain: Array<X509Certificate>, authType: String) = Unit
}

class Pinned(private val platform: X509TrustManager) : X509TrustManager {
    // ok: kotlin.tls.trust-all-certificates
    override fun checkServerTrusted(chain: Array<X509Certificate>, authType: String) {
        platform.checkServerTrusted(chain, authType)
    }

    // ok: kotlin.tls.trust-all-certificates
    override fun checkClientTrusted(chain: Array<X509Certificate>, authType: String) = throw CertificateException()
}

val anyName = object : HostnameVerifier {
    // ruleid: kotlin.tls.any-host-name
    override fun verify(hostname: String?, session: SSLSession?): Boolean = true
}

class OneName : HostnameVerifier {
    // ok: kotlin.tls.any-host-name
    override fun verify(hostname: String?, session: SSLSession?): Boolean = hostname == "shop.example"
}

fun connect(builder: OkHttpClient.Builder, connection: HttpsURLConnection) {
    // ruleid: kotlin.tls.any-host-name
    builder.hostnameVerifier { _, _ -> true }
    // ruleid: kotlin.tls.any-host-name
    HttpsURLConnection.setDefaultHostnameVerifier { _, _ -> true }
    // ruleid: kotlin.tls.any-host-name
    connection.hostnameVerifier = HostnameVerifier { _, _ -> true }
    // ok: kotlin.tls.any-host-name
    builder.hostnameVerifier { name, session -> platform.verify(name, session) }
}

class Signatures {
    // ok: kotlin.tls.any-host-name
    fun verify(text: String, signature: Signature): Boolean = true
}
