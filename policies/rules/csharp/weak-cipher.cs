public class Ciphers
{
    public void Make(byte[] key, byte[] text)
    {
        // ruleid: csharp.crypto.weak-cipher
        using var des = DES.Create();
        // ruleid: csharp.crypto.weak-cipher
        using var triple = new TripleDESCryptoServiceProvider();
        using var aes = Aes.Create();
        // ruleid: csharp.crypto.weak-cipher
        aes.Mode = CipherMode.ECB;
        // ok: csharp.crypto.weak-cipher
        aes.Mode = CipherMode.CBC;
        // ok: csharp.crypto.weak-cipher
        using var gcm = new AesGcm(key, 16);
        // ruleid: csharp.crypto.constant-iv
        aes.IV = new byte[16];
        // ruleid: csharp.crypto.constant-iv
        var encryptor = aes.CreateEncryptor(key, Encoding.UTF8.GetBytes("1234567890123456"));
        // ok: csharp.crypto.constant-iv
        aes.GenerateIV();
        var iv = RandomNumberGenerator.GetBytes(16);
        // ok: csharp.crypto.constant-iv
        aes.IV = iv;
        // ok: csharp.crypto.constant-iv
        var other = aes.CreateEncryptor(key, aes.IV);
    }
}
