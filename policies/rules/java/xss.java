package shop.example;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.UUID;
import org.owasp.encoder.Encode;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.util.HtmlUtils;

class SearchServlet extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String term = request.getParameter("q");
        // ruleid: java.servlet.xss
        response.getWriter().print("<h1>" + term + "</h1>");
        PrintWriter page = response.getWriter();
        // ruleid: java.servlet.xss
        page.println(String.format("<p>Nothing found for %s</p>", term));
        // ruleid: java.servlet.xss
        page.printf("<a href='%s'>again</a>", request.getQueryString());
        // ok: java.servlet.xss
        page.println("<p>" + Encode.forHtml(term) + "</p>");
        // ok: java.servlet.xss
        page.println("<p>page " + Integer.parseInt(request.getParameter("page")) + "</p>");
        String clean = Encode.forHtml(term);
        // ok: java.servlet.xss
        page.println("<p>" + clean + "</p>");
        log(term);
    }

    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        // ok: java.servlet.xss
        response.getWriter().print(request.getParameter("body"));
    }

    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        for (Cookie sent : request.getCookies()) {
            // ruleid: java.servlet.xss
            response.getWriter().print("<p>" + sent.getValue() + "</p>");
        }
        Cookie made = new Cookie("visit", UUID.randomUUID().toString());
        response.addCookie(made);
        // ok: java.servlet.xss
        response.getWriter().print("<p>" + made.getValue() + "</p>");
        Cookie echoed = new Cookie("name", request.getParameter("name"));
        // ruleid: java.servlet.xss
        response.getWriter().print("<p>" + echoed.getValue() + "</p>");
    }

    private void log(String term) {
        StringBuilder line = new StringBuilder();
        // ok: java.servlet.xss
        line.append(term);
    }
}

@RestController
class GreetingController {
    @GetMapping(value = "/hello", produces = MediaType.TEXT_HTML_VALUE)
    public String hello(@RequestParam String name) {
        // ruleid: java.servlet.xss
        return "<h1>Hello " + name + "</h1>";
    }

    @GetMapping(value = "/hello/safe", produces = "text/html")
    public String helloSafe(@RequestParam String name) {
        // ok: java.servlet.xss
        return "<h1>Hello " + HtmlUtils.htmlEscape(name) + "</h1>";
    }

    @GetMapping(value = "/hello/text", produces = "text/plain")
    public String helloText(@RequestParam String name) {
        // ok: java.servlet.xss
        return "Hello " + name;
    }
}
