package shop.example

import io.ktor.server.application.*
import io.ktor.server.routing.*
import org.springframework.web.bind.annotation.*

private val TOOLS = mapOf("disk" to "df", "load" to "uptime")

@RestController
class HostController {
    @GetMapping("/ping")
    fun ping(@RequestParam host: String, @RequestParam count: Int): String {
        // ruleid: kotlin.web.command-injection
        Runtime.getRuntime().exec("ping -c1 $host")
        // ruleid: kotlin.web.command-injection, kotlin.process.shell-string
        ProcessBuilder("sh", "-c", "ping -c1 $host").start()
        // ruleid: kotlin.web.command-injection, kotlin.process.shell-string
        Runtime.getRuntime().exec(arrayOf("/bin/bash", "-c", "ping " + host))
        // ruleid: kotlin.web.command-injection
        ProcessBuilder(host.split(" ")).start()

        // ok: kotlin.web.command-injection
        Runtime.getRuntime().exec("ping -c$count localhost")
        // ok: kotlin.web.command-injection
        ProcessBuilder("ping", "-c1", "--", host).start()
        // ok: kotlin.web.command-injection
        ProcessBuilder(listOf("ping", "-c1", "--", host)).start()
        // ok: kotlin.web.command-injection
        return Runtime.getRuntime().exec(arrayOf("ping", "-c1", "--", host)).inputReader().readText()
    }
}

fun Route.tools() {
    post("/tool") {
        val name = call.receiveParameters()["name"]!!
        // ruleid: kotlin.web.command-injection
        val process = ProcessBuilder(name).redirectErrorStream(true).start()
        val tool = TOOLS[name] ?: return@post
        // ok: kotlin.web.command-injection
        ProcessBuilder(tool).start()
    }
}

class Unpacker(private val folder: String) {
    fun unpack(archive: String) {
        // ruleid: kotlin.process.shell-string
        ProcessBuilder("sh", "-c", "tar -xf $archive -C ${folder}").start()
        // ruleid: kotlin.process.shell-string
        Runtime.getRuntime().exec(arrayOf("su", "-c", "rm -r " + archive))
        // ok: kotlin.process.shell-string
        ProcessBuilder("sh", "-c", "ulimit -n 4096 && exec /opt/shop/run").start()
        // ok: kotlin.process.shell-string
        ProcessBuilder("sh", "-c", "tar -xf \"$1\"", "unpack", archive).start()
        // ok: kotlin.process.shell-string
        ProcessBuilder("tar", "-xf", archive, "-C", folder).start()
    }
}
