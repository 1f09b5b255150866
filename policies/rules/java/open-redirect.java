package example;

import java.io.IOException;
import java.net.URLEncoder;
import java.util.Set;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

class Leave extends HttpServlet {
    static final Set<String> TARGETS = Set.of("/home", "/orders");

    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // ruleid: java.servlet.open-redirect
        response.sendRedirect(request.getParameter("next"));
    }

    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String next = request.getHeader("Referer");
        response.setStatus(302);
        // ruleid: java.servlet.open-redirect
        response.setHeader("Location", next);
        // becomes //host when the value starts with a slash
        // ruleid: java.servlet.open-redirect
        response.sendRedirect("/" + next);
    }

    void listed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String next = request.getParameter("next");
        if (!TARGETS.contains(next)) {
            throw new IllegalArgumentException("unknown target");
        }
        // ok: java.servlet.open-redirect
        response.sendRedirect(next);
    }

    void inside(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // ok: java.servlet.open-redirect
        response.sendRedirect("/orders/" + Long.parseLong(request.getParameter("id")));
        // ok: java.servlet.open-redirect
        response.sendRedirect("/search?q=" + request.getParameter("q"));
        // ok: java.servlet.open-redirect
        response.sendRedirect(request.getContextPath() + "/login");
        // ok: java.servlet.open-redirect
        response.setHeader("X-Request", request.getParameter("id"));
    }
}

@Controller
class Views {
    @GetMapping("/leave")
    String leave(@RequestParam("to") String to) {
        // ruleid: java.servlet.open-redirect
        return "redirect:" + to;
    }

    @GetMapping("/user")
    String user(@RequestParam("name") String name) {
        // ok: java.servlet.open-redirect
        return "redirect:/users/" + name;
    }

    @GetMapping("/order")
    String order(@RequestParam("id") long id) {
        // ok: java.servlet.open-redirect
        return "redirect:" + id;
    }
}
