package shop.example

import io.ktor.server.application.*
import io.ktor.server.routing.*
import java.io.File
import java.io.FileInputStream
import java.nio.file.Files
import java.nio.file.Path
import java.util.UUID
import org.springframework.web.bind.annotation.*
import org.springframework.web.multipart.MultipartFile

private val BASE = Path.of("documents").toAbsolutePath()
private val REPORTS = mapOf("sales" to "sales.pdf")

@RestController
class DownloadController(private val folder: File) {
    @GetMapping("/files/{name}")
    fun read(@PathVariable name: String): ByteArray {
        // ruleid: kotlin.web.path-traversal
        File(folder, name).readBytes()
        // ruleid: kotlin.web.path-traversal
        Files.copy(Path.of("documents", name), System.out)
        // ruleid: kotlin.web.path-traversal
        FileInputStream("documents/$name")
        // ok: kotlin.web.path-traversal
        File(folder, File(name).name).readBytes()
        // ok: kotlin.web.path-traversal
        File(folder, REPORTS.getValue(name)).readBytes()
        // ok: kotlin.web.path-traversal
        val checked = File(folder, name)
        if (!checked.canonicalPath.startsWith(folder.canonicalPath + File.separator)) {
            throw IllegalArgumentException("outside the folder")
        }
        return checked.readBytes()
    }

    @PostMapping("/upload")
    fun upload(@RequestParam("file") file: MultipartFile, @RequestParam id: UUID) {
        // ruleid: kotlin.web.path-traversal
        file.transferTo(folder.resolve(file.originalFilename!!))
        // ok: kotlin.web.path-traversal
        file.transferTo(folder.resolve("$id.pdf"))
    }
}

fun Route.files(folder: File) {
    get("/file/{name}") {
        val name = call.parameters["name"]!!
        // ruleid: kotlin.web.path-traversal
        call.respondFile(File("documents/$name"))
        // ok: kotlin.web.path-traversal
        val path = BASE.resolve(name).normalize()
        require(path.startsWith(BASE)) { "outside the folder" }
        call.respondFile(path.toFile())
        // ok: kotlin.web.path-traversal
        call.respondFile(File(folder, "${call.parameters["id"]!!.toInt()}.pdf"))
    }
}

class NoteActivity : Activity() {
    override fun onCreate(state: Bundle?) {
        val name = intent.getStringExtra("name")!!
        // ruleid: kotlin.android.path-traversal
        File(filesDir, name).delete()
        // ok: kotlin.android.path-traversal
        File(filesDir, File(name).name).delete()
        // ok: kotlin.android.path-traversal
        File(filesDir, "note-${intent.getIntExtra("id", 0)}").delete()
    }
}

class NoteProvider : ContentProvider() {
    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor? {
        // ruleid: kotlin.android.path-traversal
        val file = File(context!!.filesDir, uri.lastPathSegment!!)
        return ParcelFileDescriptor.open(file, ParcelFileDescriptor.MODE_READ_ONLY)
    }
}

class CheckedProvider : ContentProvider() {
    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor? {
        // ok: kotlin.android.path-traversal
        val file = File(folder, uri.lastPathSegment!!)
        if (!file.canonicalPath.startsWith(folder.canonicalPath + File.separator)) {
            throw SecurityException("outside the folder")
        }
        return ParcelFileDescriptor.open(file, ParcelFileDescriptor.MODE_READ_ONLY)
    }
}
