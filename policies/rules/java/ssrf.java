package shop.example;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpRequest;
import java.util.Map;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.client.RestTemplate;

class ProxyServlet extends HttpServlet {
    private static final Map<String, String> FEEDS = Map.of("news", "https://news.example/feed");

    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String address = request.getParameter("url");
        // ruleid: java.servlet.ssrf
        InputStream body = new URL(address).openStream();
        URL url = new URL("https://" + request.getParameter("host") + "/status");
        // ruleid: java.servlet.ssrf
        url.openConnection();
        // ruleid: java.servlet.ssrf
        HttpRequest call = HttpRequest.newBuilder(URI.create(address)).build();
        // ruleid: java.servlet.ssrf
        HttpRequest.newBuilder().GET().uri(URI.create(address)).build();

        // ok: java.servlet.ssrf
        new URL("https://api.example/items/" + request.getParameter("id")).openStream();
        String item = "https://api.example/items/" + request.getParameter("id");
        // ok: java.servlet.ssrf
        new URL(item).openStream();
        URL feed = new URL(FEEDS.get(request.getParameter("feed")));
        // ok: java.servlet.ssrf
        feed.openStream();
        // ok: java.servlet.ssrf
        HttpRequest.newBuilder(URI.create("https://api.example/")).header("X-For", address).build();
    }
}

@RestController
class PreviewController {
    private final RestTemplate rest = new RestTemplate();

    @GetMapping("/preview")
    public String preview(@RequestParam String url) {
        // ruleid: java.servlet.ssrf
        return rest.getForObject(url, String.class);
    }

    @GetMapping("/status/{host}")
    public String status(@PathVariable("host") String host) {
        // ruleid: java.servlet.ssrf
        return rest.getForObject("https://" + host + "/status", String.class);
    }

    @PostMapping("/orders/{id}")
    public String order(@PathVariable String id, @RequestBody String body) {
        // ok: java.servlet.ssrf
        rest.postForObject("https://api.example/orders", body, String.class);
        // ok: java.servlet.ssrf
        rest.getForObject("https://api.example/orders/" + id + "/lines", String.class);
        // ok: java.servlet.ssrf
        return rest.getForObject("https://api.example/orders/{id}", String.class, id);
    }
}
