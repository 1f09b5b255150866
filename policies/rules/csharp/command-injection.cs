using System.Diagnostics;

public class ToolsController : Controller
{
    private static readonly string[] KnownHosts = { "a.corp.example", "b.corp.example" };

    [HttpPost]
    public IActionResult Ping(string host, int count)
    {
        // ruleid: csharp.aspnet.command-injection
        Process.Start("ping", host);
        // ruleid: csharp.aspnet.command-injection, csharp.process.shell-command
        System.Diagnostics.Process.Start("cmd.exe", "/c ping " + host);
        // ruleid: csharp.aspnet.command-injection
        var info = new ProcessStartInfo("ping", $"-c 1 {host}");
        // ruleid: csharp.aspnet.command-injection
        info.Arguments = host;
        // ruleid: csharp.aspnet.command-injection
        Process.Start(new ProcessStartInfo { FileName = "ping", Arguments = "-c 1 " + host });
        // ruleid: csharp.aspnet.command-injection
        PowerShell.Create().AddScript("Test-Connection " + host).Invoke();
        // ok: csharp.aspnet.command-injection
        Process.Start("ping", "localhost");
        // ok: csharp.aspnet.command-injection
        Process.Start("ping", "-c " + count);
        var safe = new ProcessStartInfo("ping");
        // ok: csharp.aspnet.command-injection
        safe.ArgumentList.Add(host);
        // ok: csharp.aspnet.command-injection
        Process.Start(safe);
        if (!KnownHosts.Contains(host)) return BadRequest();
        // ok: csharp.aspnet.command-injection
        Process.Start("ping", host);
        return Ok();
    }

    private void Run(string file)
    {
        // ruleid: csharp.process.shell-command
        var info = new ProcessStartInfo("/bin/sh", $"-c \"gzip {file}\"");
        // ruleid: csharp.process.shell-command
        var more = new ProcessStartInfo { FileName = "powershell.exe", Arguments = "-File " + file };
        // ok: csharp.process.shell-command
        var version = new ProcessStartInfo("cmd.exe", "/c ver");
        // ok: csharp.process.shell-command
        var constant = new ProcessStartInfo("/bin/sh", $"-c {Scripts.Backup}");
        // ok: csharp.process.shell-command
        var direct = new ProcessStartInfo("gzip", $"-k {Scripts.Name}");
    }
}
