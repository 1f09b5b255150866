package shop.example;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.UUID;
import org.apache.commons.io.FilenameUtils;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.multipart.MultipartFile;

class DownloadServlet extends HttpServlet {
    private static final String FOLDER = "documents";
    private static final Path BASE = Path.of("documents").toAbsolutePath();

    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        // ruleid: java.servlet.path-traversal
        File file = new File(FOLDER, name);
        // ruleid: java.servlet.path-traversal
        Files.copy(Paths.get(FOLDER + "/" + name), response.getOutputStream());
        // ruleid: java.servlet.path-traversal
        new FileInputStream(FOLDER + request.getPathInfo());
        // ok: java.servlet.path-traversal
        new FileInputStream(file);

        // ok: java.servlet.path-traversal
        new File(FOLDER, FilenameUtils.getName(name));
        // ok: java.servlet.path-traversal
        new File(FOLDER, new File(name).getName());
        // ok: java.servlet.path-traversal
        Files.copy(Paths.get(FOLDER, Long.parseLong(name) + ".pdf"), response.getOutputStream());
        // ok: java.servlet.path-traversal
        Path path = BASE.resolve(name).normalize();
        if (!path.startsWith(BASE)) {
            throw new IOException("outside the folder");
        }
        Files.copy(path, response.getOutputStream());
        // ok: java.servlet.path-traversal
        File checked = new File(FOLDER, name);
        if (!checked.getCanonicalFile().toPath().startsWith(BASE)) {
            throw new IOException("outside the folder");
        }
    }
}

@RestController
class UploadController {
    private final Path folder = Path.of("uploads");

    @PostMapping("/upload")
    public void upload(@RequestParam("file") MultipartFile file) throws IOException {
        // ruleid: java.servlet.path-traversal
        file.transferTo(folder.resolve(file.getOriginalFilename()));
        // ok: java.servlet.path-traversal
        file.transferTo(folder.resolve(UUID.randomUUID().toString()));
    }

    @GetMapping("/files/{name}")
    public byte[] read(@PathVariable String name) throws IOException {
        // ruleid: java.servlet.path-traversal
        return Files.readAllBytes(Path.of("uploads", name));
    }

    @GetMapping("/files/by-id/{id}")
    public byte[] readById(@PathVariable UUID id) throws IOException {
        // ok: java.servlet.path-traversal
        return Files.readAllBytes(Path.of("uploads", id.toString()));
    }
}
