package shop.example

import io.ktor.server.application.*
import io.ktor.server.routing.*
import jakarta.servlet.http.HttpServlet
import jakarta.servlet.http.HttpServletRequest
import jakarta.servlet.http.HttpServletResponse
import java.io.ObjectInputStream
import java.net.ServerSocket
import java.util.Base64

class CartServlet : HttpServlet() {
    override fun doPost(request: HttpServletRequest, response: HttpServletResponse) {
        // ruleid: kotlin.web.object-deserialisation
        val cart = ObjectInputStream(request.inputStream).readObject() as Cart
        // ruleid: kotlin.web.object-deserialisation
        val old = SerializationUtils.deserialize(Base64.getDecoder().decode(request.getParameter("cart")))
        // ok: kotlin.web.object-deserialisation
        val typed = mapper.readValue(request.inputStream, Cart::class.java)
        // ok: kotlin.web.object-deserialisation
        val kept = ObjectInputStream(javaClass.getResourceAsStream("/prices.ser")).readObject()
    }

    override fun doPut(request: HttpServletRequest, response: HttpServletResponse) {
        // ok: kotlin.web.object-deserialisation
        val input = ObjectInputStream(request.inputStream)
        input.objectInputFilter = ObjectInputFilter.Config.createFilter("shop.example.Cart;!*")
        val cart = input.readObject() as Cart
    }
}

fun Route.carts() {
    post("/cart") {
        // ruleid: kotlin.web.object-deserialisation
        val cart = ObjectInputStream(call.receiveStream()).readObject()
    }
}

fun listen(server: ServerSocket) {
    // ruleid: kotlin.web.object-deserialisation
    ObjectInputStream(server.accept().getInputStream()).use { it.readObject() }
}
