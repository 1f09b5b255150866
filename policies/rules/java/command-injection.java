package shop.example;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

class PingServlet extends HttpServlet {
    private static final Map<String, String> TOOLS = Map.of("disk", "df", "time", "uptime");
    private static final Set<String> HOSTS = Set.of("a.example", "b.example");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String host = request.getParameter("host").trim();
        // ruleid: java.servlet.command-injection
        Runtime.getRuntime().exec("ping -c1 " + host);
        // ruleid: java.servlet.command-injection
        Runtime.getRuntime().exec(new String[] {"/bin/sh", "-c", "ping -c1 " + host});
        // ruleid: java.servlet.command-injection
        new ProcessBuilder("bash", "-c", String.format("ping -c1 %s", host)).start();
        // ruleid: java.servlet.command-injection
        new ProcessBuilder(request.getHeader("X-Tool"), "--version").start();
        StringBuilder line = new StringBuilder("ping ");
        line.append(host);
        Runtime runtime = Runtime.getRuntime();
        // ruleid: java.servlet.command-injection
        runtime.exec(line.toString());

        // ok: java.servlet.command-injection
        new ProcessBuilder("ping", "-c1", "--", host).start();
        // ok: java.servlet.command-injection
        Runtime.getRuntime().exec(new String[] {"ping", "-c1", "--", host});
        String[] argv = {"ping", "-c1", "--", host};
        // ok: java.servlet.command-injection
        Runtime.getRuntime().exec(argv);
        List<String> command = List.of("ping", "-c1", "--", host);
        // ok: java.servlet.command-injection
        new ProcessBuilder(command).start();
        // ok: java.servlet.command-injection
        Runtime.getRuntime().exec("sleep " + Integer.parseInt(request.getParameter("seconds")));
        // ok: java.servlet.command-injection
        Runtime.getRuntime().exec(TOOLS.get(request.getParameter("tool")));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String host = request.getParameter("host");
        if (!HOSTS.contains(host)) {
            throw new IOException("unknown host");
        }
        // ok: java.servlet.command-injection
        Runtime.getRuntime().exec("ping -c1 " + host);
    }
}

@RestController
class ReportController {
    @GetMapping("/report/{name}")
    public void report(@PathVariable String name, @RequestParam("pages") int pages) throws IOException {
        // ruleid: java.servlet.command-injection
        new ProcessBuilder("sh", "-c", "report " + name).start();
        // ok: java.servlet.command-injection
        new ProcessBuilder("sh", "-c", "report --pages " + pages).start();
    }

    @GetMapping("/convert")
    public void convert(@RequestParam("from") String from) throws IOException {
        // ruleid: java.servlet.command-injection
        Runtime.getRuntime().exec("convert " + from);
        // ok: java.servlet.command-injection
        new ProcessBuilder("convert", "--", from).start();
    }
}
