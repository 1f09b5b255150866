package shop.example

import io.ktor.client.HttpClient
import io.ktor.client.request.get
import io.ktor.server.application.*
import io.ktor.server.routing.*
import java.net.URI
import java.net.URL
import okhttp3.OkHttpClient
import okhttp3.Request
import org.springframework.web.bind.annotation.*
import org.springframework.web.client.RestTemplate

private const val API = "https://api.example"
private val MIRRORS = mapOf("eu" to "https://eu.mirror.example", "us" to "https://us.mirror.example")

@RestController
class PreviewController(private val restTemplate: RestTemplate) {
    @GetMapping("/preview")
    fun preview(@RequestParam url: String, @RequestParam region: String): String? {
        // ruleid: kotlin.web.ssrf
        URL(url).readText()
        val address = URL(url)
        // ruleid: kotlin.web.ssrf
        address.openConnection()
        // ruleid: kotlin.web.ssrf
        restTemplate.getForObject("http://$url/status", String::class.java)
        // ok: kotlin.web.ssrf
        restTemplate.getForObject("https://api.example/preview?of=$url", String::class.java)
        // ok: kotlin.web.ssrf
        restTemplate.getForObject("https://api.example/preview?of={of}", String::class.java, url)
        // ok: kotlin.web.ssrf
        return URL(MIRRORS.getValue(region)).readText()
    }
}

fun Route.proxy(client: HttpClient, okhttp: OkHttpClient) {
    get("/proxy") {
        val target = call.request.queryParameters["target"]!!
        // ruleid: kotlin.web.ssrf
        call.respondText(client.get(target).bodyAsText())
        // ruleid: kotlin.web.ssrf
        client.request(target) { method = HttpMethod.Get }
        // ruleid: kotlin.web.ssrf
        okhttp.newCall(Request.Builder().url(target).build()).execute()
        // ok: kotlin.web.ssrf
        client.get("$API/users/$target")
        // ok: kotlin.web.ssrf
        client.get("https://api.example/orders/" + target)
        // ok: kotlin.web.ssrf
        client.get(API) { parameter("target", target) }
    }
}
