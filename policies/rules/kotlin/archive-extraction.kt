package shop.example

import java.io.File
import java.io.FileOutputStream
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.ZipEntry
import java.util.zip.ZipFile
import java.util.zip.ZipInputStream

fun unpack(input: ZipInputStream, folder: File) {
    var entry: ZipEntry? = input.nextEntry
    while (entry != null) {
        // ruleid: kotlin.archive.extract-without-check
        val target = File(folder, entry.name)
        FileOutputStream(target).use { input.copyTo(it) }
        entry = input.nextEntry
    }
}

fun unpackAll(archive: File, folder: Path) {
    ZipFile(archive).use { zip ->
        zip.entries().asSequence().forEach { entry ->
            // ruleid: kotlin.archive.extract-without-check
            Files.copy(zip.getInputStream(entry), folder.resolve(entry.name))
        }
    }
}

fun unpackFirst(archive: File) {
    val zip = ZipInputStream(archive.inputStream())
    // ruleid: kotlin.archive.extract-without-check
    FileOutputStream("out/" + zip.nextEntry.name).use { zip.copyTo(it) }
}

fun unpackChecked(archive: File, folder: Path) {
    ZipFile(archive).use { zip ->
        zip.entries().asSequence().forEach { entry ->
            // ok: kotlin.archive.extract-without-check
            val target = folder.resolve(entry.name).normalize()
            require(target.startsWith(folder)) { "outside the folder" }
            Files.copy(zip.getInputStream(entry), target)
        }
    }
}

fun unpackFlat(input: ZipInputStream, folder: File) {
    var entry: ZipEntry? = input.nextEntry
    while (entry != null) {
        // ok: kotlin.archive.extract-without-check
        File(folder, File(entry.name).name).outputStream().use { input.copyTo(it) }
        // ok: kotlin.archive.extract-without-check
        val target = File(folder, entry.name)
        val canonical = target.canonicalPath
        if (!canonical.startsWith(folder.canonicalPath + File.separator)) {
            throw SecurityException("outside the folder")
        }
        entry = input.nextEntry
    }
}

fun describe(entry: DirEntry, folder: File): File {
    // ok: kotlin.archive.extract-without-check
    return File(folder, entry.name)
}
