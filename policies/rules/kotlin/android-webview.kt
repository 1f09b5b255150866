package notes.example

import android.net.http.SslError
import android.webkit.*

private val HOSTS = setOf("notes.example")

class PageActivity : Activity() {
    private lateinit var view: WebView

    override fun onCreate(state: Bundle?) {
        // ruleid: kotlin.android.webview-foreign-address
        view.loadUrl(intent.getStringExtra("address")!!)
        val script = intent.getStringExtra("script")
        // ruleid: kotlin.android.webview-foreign-address
        view.evaluateJavascript("show('$script')", null)
        // ok: kotlin.android.webview-foreign-address
        view.loadUrl("https://notes.example/start")
        // ok: kotlin.android.webview-foreign-address
        view.loadUrl("https://notes.example/note/${intent.getStringExtra("id")!!.toInt()}")
        val target = intent.data
        if (target?.scheme == "https" && target.host in HOSTS) {
            // ok: kotlin.android.webview-foreign-address
            view.loadUrl(target.toString())
        }
    }

    fun configure(settings: WebSettings) {
        // ruleid: kotlin.android.webview-file-access
        settings.allowUniversalAccessFromFileURLs = true
        view.settings.apply {
            // ruleid: kotlin.android.webview-file-access
            allowFileAccessFromFileURLs = true
            // ok: kotlin.android.webview-file-access
            javaScriptEnabled = true
        }
        // ok: kotlin.android.webview-file-access
        settings.allowUniversalAccessFromFileURLs = false
        // ruleid: kotlin.android.webview-bridge
        view.addJavascriptInterface(Bridge(), "bridge")
        view.apply {
            // ruleid: kotlin.android.webview-bridge
            addJavascriptInterface(Bridge(), "bridge")
        }
        // ok: kotlin.android.webview-bridge
        WebViewCompat.addWebMessageListener(view, "bridge", HOSTS, listener)
        // ok: kotlin.android.webview-bridge
        view.removeJavascriptInterface("bridge")
    }
}

class Lenient : WebViewClient() {
    override fun onReceivedSslError(view: WebView, handler: SslErrorHandler, error: SslError) {
        // ruleid: kotlin.android.webview-tls-errors-ignored
        handler.proceed()
    }
}

class Logging : WebViewClient() {
    override fun onReceivedSslError(view: WebView?, handler: SslErrorHandler?, error: SslError?) {
        log.warn("certificate", error)
        // ruleid: kotlin.android.webview-tls-errors-ignored
        handler?.proceed()
    }
}

class Strict : WebViewClient() {
    override fun onReceivedSslError(view: WebView, handler: SslErrorHandler, error: SslError) {
        // ok: kotlin.android.webview-tls-errors-ignored
        handler.cancel()
    }

    fun resume(chain: Chain) {
        // ok: kotlin.android.webview-tls-errors-ignored
        chain.proceed()
    }
}
