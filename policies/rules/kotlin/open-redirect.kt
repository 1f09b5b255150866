package shop.example

import io.ktor.server.application.*
import io.ktor.server.response.*
import io.ktor.server.routing.*
import jakarta.servlet.http.HttpServletRequest
import jakarta.servlet.http.HttpServletResponse
import org.springframework.stereotype.Controller
import org.springframework.web.bind.annotation.*
import org.springframework.web.servlet.view.RedirectView

private val PAGES = mapOf("home" to "/home", "cart" to "/cart")

fun Route.login() {
    post("/login") {
        val next = call.request.queryParameters["next"] ?: "/"
        // ruleid: kotlin.web.open-redirect
        call.respondRedirect(next)
        // ruleid: kotlin.web.open-redirect
        call.respondRedirect(url = "https://$next", permanent = false)
        // ok: kotlin.web.open-redirect
        call.respondRedirect("/login?next=$next")
        // ok: kotlin.web.open-redirect
        call.respondRedirect(PAGES[next] ?: "/home")
    }
}

@Controller
class LoginController {
    @PostMapping("/sign-in")
    fun signIn(@RequestParam next: String): String {
        // ruleid: kotlin.web.open-redirect
        return "redirect:$next"
    }

    @PostMapping("/sign-out")
    fun signOut(@RequestParam next: String, response: HttpServletResponse): RedirectView {
        // ruleid: kotlin.web.open-redirect
        response.sendRedirect(next)
        // ruleid: kotlin.web.open-redirect
        return RedirectView(next)
    }

    @PostMapping("/shop")
    fun shop(@RequestParam page: String, @RequestParam id: Long): String {
        if (id > 0) {
            // ok: kotlin.web.open-redirect
            return "redirect:/shop/items/$id"
        }
        // ok: kotlin.web.open-redirect
        return "redirect:/shop?page=$page"
    }
}
