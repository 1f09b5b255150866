package shop.example

import io.ktor.server.application.*
import io.ktor.server.routing.*
import java.io.File

private val COLUMNS = setOf("name", "price")

fun Route.orders(connection: Connection, folder: File) {
    get("/orders") {
        val name = call.request.queryParameters["name"] ?: throw BadRequestException("no name")
        // ruleid: kotlin.web.injection-after-guard
        connection.prepareStatement("select * from orders where name = '$name'").executeQuery()
        // ruleid: kotlin.web.injection-after-guard
        File(folder, "$name.pdf").readBytes()
        // ruleid: kotlin.web.injection-after-guard
        Runtime.getRuntime().exec("lp -d $name")
        // ok: kotlin.web.injection-after-guard
        connection.prepareStatement("select * from orders where name = ?").use { it.setString(1, name) }
        // ok: kotlin.web.injection-after-guard
        File(folder, File(name).name).readBytes()
    }
    get("/orders/sorted") {
        val column = call.parameters["column"] ?: throw BadRequestException("no column")
        if (column !in COLUMNS) throw BadRequestException("no such column")
        // ok: kotlin.web.injection-after-guard
        connection.prepareStatement("select * from orders order by $column").executeQuery()
    }
    get("/orders/{id}") {
        val id = call.parameters["id"]?.toLongOrNull() ?: throw NotFoundException()
        // ok: kotlin.web.injection-after-guard
        connection.prepareStatement("select * from orders where id = $id").executeQuery()
    }
}

class NoteActivity : Activity() {
    override fun onCreate(state: Bundle?) {
        val id = intent.getStringExtra("id") ?: return
        // ruleid: kotlin.web.injection-after-guard
        db.rawQuery("select * from notes where id = '$id'", null)
        // ruleid: kotlin.web.injection-after-guard
        File(filesDir, id).delete()
        // ok: kotlin.web.injection-after-guard
        db.rawQuery("select * from notes where id = ?", arrayOf(id))
        // ok: kotlin.web.injection-after-guard
        val file = File(filesDir, id)
        if (!file.canonicalPath.startsWith(filesDir.canonicalPath + File.separator)) return
        file.delete()
    }
}
