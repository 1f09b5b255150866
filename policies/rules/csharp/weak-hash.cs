public class Hashes
{
    public byte[] Sign(byte[] data)
    {
        // ruleid: csharp.crypto.weak-hash
        using var md5 = MD5.Create();
        // ruleid: csharp.crypto.weak-hash
        var digest = System.Security.Cryptography.SHA1.HashData(data);
        // ruleid: csharp.crypto.weak-hash
        var old = new SHA1Managed();
        // ok: csharp.crypto.weak-hash
        var good = SHA256.HashData(data);
        // ok: csharp.crypto.weak-hash
        using var sha = SHA512.Create();
        return digest;
    }

    public string ETag(byte[] data)
    {
        // ok: csharp.crypto.weak-hash
        return Convert.ToHexString(MD5.HashData(data));
    }
}
