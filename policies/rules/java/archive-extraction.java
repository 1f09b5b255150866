package example;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

class Unpack {
    void stream(ZipInputStream zip, Path folder) throws IOException {
        ZipEntry entry;
        while ((entry = zip.getNextEntry()) != null) {
            // ruleid: java.archive.extract-without-check
            Files.copy(zip, folder.resolve(entry.getName()));
        }
    }

    void file(ZipEntry entry, ZipInputStream zip, File folder) throws IOException {
        File target = new File(folder, entry.getName());
        target.getParentFile().mkdirs();
        // ruleid: java.archive.extract-without-check
        try (FileOutputStream out = new FileOutputStream(target)) {
            zip.transferTo(out);
        }
    }

    // normalised, but not compared
    void normalised(ZipEntry entry, byte[] content, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        // ruleid: java.archive.extract-without-check
        Files.write(target, content);
    }

    void checked(ZipEntry entry, ZipInputStream zip, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("entry outside of the folder");
        }
        // ok: java.archive.extract-without-check
        Files.copy(zip, target);
    }

    void canonical(ZipEntry entry, ZipInputStream zip, File folder) throws IOException {
        File target = new File(folder, entry.getName());
        if (!target.getCanonicalPath().startsWith(folder.getCanonicalPath() + File.separator)) {
            throw new IOException("entry outside of the folder");
        }
        // ok: java.archive.extract-without-check
        try (FileOutputStream out = new FileOutputStream(target)) {
            zip.transferTo(out);
        }
    }

    void flat(ZipEntry entry, ZipInputStream zip, Path folder) throws IOException {
        // ok: java.archive.extract-without-check
        Files.copy(zip, folder.resolve(Path.of(entry.getName()).getFileName()));
    }

    void list(ZipEntry entry, Path report) throws IOException {
        // ok: java.archive.extract-without-check
        Files.writeString(report, entry.getName());
    }
}
