package shop.example

import io.ktor.server.application.*
import io.ktor.server.plugins.cors.routing.CORS
import io.ktor.server.sessions.*
import org.springframework.http.ResponseCookie
import org.springframework.security.config.annotation.web.builders.HttpSecurity
import org.springframework.web.cors.CorsConfiguration

class Security {
    fun chain(http: HttpSecurity): SecurityFilterChain {
        // ruleid: kotlin.spring.csrf-disabled
        http.csrf { it.disable() }
        // ruleid: kotlin.spring.csrf-disabled
        http.csrf().disable()
        http {
            // ruleid: kotlin.spring.csrf-disabled
            csrf { disable() }
            // ok: kotlin.spring.csrf-disabled
            formLogin { disable() }
        }
        return http.build()
    }

    fun api(http: HttpSecurity): SecurityFilterChain {
        http {
            // ok: kotlin.spring.csrf-disabled
            csrf { disable() }
            sessionManagement { sessionCreationPolicy = SessionCreationPolicy.STATELESS }
        }
        return http.build()
    }

    fun pages(http: HttpSecurity) {
        // ok: kotlin.spring.csrf-disabled
        http.csrf { it.ignoringRequestMatchers("/hooks/**") }
    }

    fun origins(): CorsConfiguration {
        val config = CorsConfiguration()
        // ruleid: kotlin.web.cors-any-origin
        config.allowedOriginPatterns = listOf("*")
        config.allowCredentials = true
        return config
    }
}

fun Application.module() {
    install(CORS) {
        // ruleid: kotlin.web.cors-any-origin
        anyHost()
        allowHeader("Authorization")
        allowCredentials = true
    }
    install(CORS) {
        // ok: kotlin.web.cors-any-origin
        anyHost()
    }
    install(CORS) {
        // ok: kotlin.web.cors-any-origin
        allowHost("shop.example", schemes = listOf("https"))
        allowCredentials = true
    }
    install(Sessions) {
        cookie<Cart>("cart") {
            // ruleid: kotlin.web.insecure-cookie
            cookie.secure = false
            // ok: kotlin.web.insecure-cookie
            cookie.httpOnly = true
        }
    }
    // ruleid: kotlin.web.insecure-cookie
    ResponseCookie.from("session", id).path("/").httpOnly(false).build()
    // ok: kotlin.web.insecure-cookie
    ResponseCookie.from("session", id).path("/").httpOnly(true).secure(true).build()
    // ok: kotlin.web.insecure-cookie
    connection.secure = false
}
