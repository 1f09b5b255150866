public class Unpacker
{
    public void Plain(ZipArchive archive, string folder)
    {
        foreach (var entry in archive.Entries)
        {
            // ruleid: csharp.archive.extract-without-check
            entry.ExtractToFile(Path.Combine(folder, entry.FullName));
            var target = folder + "/" + entry.FullName;
            // ruleid: csharp.archive.extract-without-check
            using var file = File.Create(target);
        }
    }

    public void Checked(ZipArchive archive, string folder)
    {
        foreach (var entry in archive.Entries)
        {
            var target = Path.GetFullPath(Path.Combine(folder, entry.FullName));
            if (!target.StartsWith(folder, StringComparison.Ordinal))
            {
                throw new IOException("outside");
            }
            // ok: csharp.archive.extract-without-check
            entry.ExtractToFile(target, true);
        }
    }

    public void Flat(ZipArchive archive, string folder)
    {
        foreach (var entry in archive.Entries)
        {
            // ok: csharp.archive.extract-without-check
            entry.ExtractToFile(Path.Combine(folder, Path.GetFileName(entry.FullName)));
        }
        // ok: csharp.archive.extract-without-check
        archive.ExtractToDirectory(folder);
    }
}
