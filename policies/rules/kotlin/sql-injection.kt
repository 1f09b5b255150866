package shop.example

import android.content.Intent
import android.database.sqlite.SQLiteDatabase
import io.ktor.server.application.*
import io.ktor.server.routing.*
import jakarta.persistence.EntityManager
import jakarta.servlet.http.HttpServlet
import jakarta.servlet.http.HttpServletRequest
import jakarta.servlet.http.HttpServletResponse
import java.sql.Connection
import org.jetbrains.exposed.sql.transactions.transaction
import org.springframework.jdbc.core.JdbcTemplate
import org.springframework.web.bind.annotation.*

private val COLUMNS = setOf("name", "price")

@RestController
class OrderController(private val jdbc: JdbcTemplate, private val entityManager: EntityManager) {
    @GetMapping("/orders")
    fun find(@RequestParam(name = "customer", required = false) customer: String?): List<String> {
        // ruleid: kotlin.web.sql-injection
        jdbc.queryForList("select id from orders where customer = '" + customer + "'", String::class.java)
        // ok: kotlin.web.sql-injection
        return jdbc.queryForList("select id from orders where customer = ?", String::class.java, customer)
    }

    @GetMapping("/orders/short")
    fun short(@RequestParam customer: String) =
        // ruleid: kotlin.web.sql-injection
        jdbc.query("select id from orders where customer = '$customer'", mapper)

    @DeleteMapping("/orders/{id}")
    fun delete(@PathVariable("id") id: Long, @RequestParam reason: String, @RequestBody order: Order) {
        // ok: kotlin.web.sql-injection
        jdbc.update("delete from orders where id = $id")
        // ruleid: kotlin.web.sql-injection
        jdbc.update("insert into log values ('${order.reason.trim()}')")
        // ruleid: kotlin.web.sql-injection
        entityManager.createQuery("select o from Order o where o.reason = '$reason'", Order::class.java)
        // ok: kotlin.web.sql-injection
        entityManager.createQuery("select o from Order o where o.reason = :reason").setParameter("reason", reason)
    }

    @GetMapping("/orders/sorted")
    fun sorted(@RequestParam sort: String, @RequestParam direction: Direction): List<String> {
        // ok: kotlin.web.sql-injection
        val column = when (sort) { "name" -> "name"; else -> "price" }
        jdbc.queryForList("select id from orders order by $column")
        require(sort in COLUMNS) { "no such column" }
        // ok: kotlin.web.sql-injection
        return jdbc.queryForList("select id from orders order by $sort")
    }
}

class OrderServlet(private val connection: Connection) : HttpServlet() {
    override fun doGet(request: HttpServletRequest, response: HttpServletResponse) {
        val id = request.getParameter("id")
        val query = StringBuilder("delete from orders where id = ")
        query.append(id)
        connection.createStatement().use { statement ->
            // ruleid: kotlin.web.sql-injection
            statement.executeUpdate(query.toString())
        }
        // ruleid: kotlin.web.sql-injection
        connection.prepareStatement(String.format("select * from orders where id = '%s'", id))
        // ok: kotlin.web.sql-injection
        connection.prepareStatement("select * from orders where id = ?").use { bound -> bound.setString(1, id) }
        val number = id.toLongOrNull() ?: return
        // ok: kotlin.web.sql-injection
        connection.createStatement().executeQuery("select * from orders where id = $number")
    }
}

fun Route.orders() {
    get("/orders/{id}") {
        val name = call.request.queryParameters["name"] ?: return@get call.respond(HttpStatusCode.BadRequest)
        transaction {
            // ruleid: kotlin.web.sql-injection
            exec("select id from orders where name = '$name'") { rows -> rows.next() }
            // ok: kotlin.web.sql-injection
            exec("select id from orders where name = ?", listOf(VarCharColumnType() to name)) { rows -> rows.next() }
        }
        // ruleid: kotlin.web.sql-injection
        call.parameters["id"]?.let { connection.prepareStatement("select * from orders where id = $it") }
        val id = call.parameters["id"]!!.toInt()
        // ok: kotlin.web.sql-injection
        connection.prepareStatement("select * from orders where id = $id")
        val filter = call.receive<Filter>()
        if (filter.column !in COLUMNS) {
            return@get call.respond(HttpStatusCode.BadRequest)
        }
        // ok: kotlin.web.sql-injection
        connection.prepareStatement("select * from orders order by ${filter.column}")
    }
}

class NoteActivity : Activity() {
    private lateinit var db: SQLiteDatabase

    override fun onCreate(state: Bundle?) {
        val id = intent.getStringExtra("id")
        // ruleid: kotlin.android.sql-injection
        db.rawQuery("select * from notes where id = '$id'", null)
        // ruleid: kotlin.android.sql-injection
        db.execSQL("delete from notes where id = " + intent.data?.getQueryParameter("id"))
        // ruleid: kotlin.android.sql-injection
        db.query("notes", null, "id = $id", null, null, null, null)
        // ok: kotlin.android.sql-injection
        db.rawQuery("select * from notes where id = ?", arrayOf(id))
        // ok: kotlin.android.sql-injection
        db.query("notes", null, "id = ?", arrayOf(id), null, null, null)
        // ok: kotlin.android.sql-injection
        db.execSQL("delete from notes where id = ${id?.toLong()}")
    }
}
