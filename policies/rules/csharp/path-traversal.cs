public class FilesController : Controller
{
    private readonly string _root = "/srv/files/";

    public IActionResult Get(string name)
    {
        // ruleid: csharp.aspnet.path-traversal
        var text = System.IO.File.ReadAllText(Path.Combine(_root, name));
        var path = Path.Combine(_root, name);
        // ruleid: csharp.aspnet.path-traversal
        var stream = new FileStream(path, FileMode.Open);
        // ruleid: csharp.aspnet.path-traversal
        return PhysicalFile("/srv/files/" + name, "application/pdf");
    }

    public async Task<IActionResult> Upload(IFormFile file)
    {
        // ruleid: csharp.aspnet.path-traversal
        using var stream = System.IO.File.Create(Path.Combine(_root, file.FileName));
        // ok: csharp.aspnet.path-traversal
        using var named = System.IO.File.Create(Path.Combine(_root, Guid.NewGuid().ToString()));
        // ok: csharp.aspnet.path-traversal
        using var last = System.IO.File.Create(Path.Combine(_root, Path.GetFileName(file.FileName)));
        await file.CopyToAsync(stream);
        return Ok();
    }

    public IActionResult Checked(string name)
    {
        var path = Path.GetFullPath(Path.Combine(_root, name));
        if (!path.StartsWith(_root, StringComparison.Ordinal))
        {
            return BadRequest();
        }
        // ok: csharp.aspnet.path-traversal
        return PhysicalFile(path, "application/pdf");
    }

    public IActionResult Numbered(int id)
    {
        // ok: csharp.aspnet.path-traversal
        return PhysicalFile($"/srv/files/{id}.pdf", "application/pdf");
    }
}
