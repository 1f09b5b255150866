package shop.example

import io.ktor.http.ContentType
import io.ktor.server.application.*
import io.ktor.server.html.*
import io.ktor.server.response.*
import io.ktor.server.routing.*
import jakarta.servlet.http.HttpServlet
import jakarta.servlet.http.HttpServletRequest
import jakarta.servlet.http.HttpServletResponse
import kotlinx.html.*

fun Route.greeting() {
    get("/hello") {
        val name = call.request.queryParameters["name"] ?: "you"
        // ruleid: kotlin.web.xss
        call.respondText("<h1>Hello $name</h1>", ContentType.Text.Html)
        // ruleid: kotlin.web.xss
        call.respondText("<h1>Hello $name</h1>", contentType = ContentType.Text.Html)
        // ok: kotlin.web.xss
        call.respondText("<h1>Hello ${name.escapeHTML()}</h1>", ContentType.Text.Html)
        // ok: kotlin.web.xss
        call.respondText("Hello $name")
        call.respondHtml {
            body {
                // ok: kotlin.web.xss
                h1 { +"Hello $name" }
                // ruleid: kotlin.web.xss
                unsafe { +"<b>$name</b>" }
                // ruleid: kotlin.web.xss
                script { unsafe { raw("var name = '$name'") } }
                // ok: kotlin.web.xss
                script { unsafe { +"start()" } }
            }
        }
    }
}

class GreetingServlet : HttpServlet() {
    override fun doGet(request: HttpServletRequest, response: HttpServletResponse) {
        // ruleid: kotlin.web.xss
        response.writer.println("<h1>Hello ${request.getParameter("name")}</h1>")
        // ok: kotlin.web.xss
        response.writer.println("<h1>Hello ${HtmlUtils.htmlEscape(request.getParameter("name"))}</h1>")
    }

    override fun doPost(request: HttpServletRequest, response: HttpServletResponse) {
        response.contentType = "text/plain"
        // ok: kotlin.web.xss
        response.writer.println("Hello ${request.getParameter("name")}")
    }
}
