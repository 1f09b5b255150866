public class Secrets
{
    public string ResetToken()
    {
        var random = new Random();
        var text = new StringBuilder();
        text.Append(random.Next(10));
        // ruleid: csharp.crypto.weak-random
        return text.ToString();
    }

    public void Fill()
    {
        // ruleid: csharp.crypto.weak-random
        var token = Random.Shared.Next().ToString();
        var salt = new byte[16];
        // ruleid: csharp.crypto.weak-random
        string password = "x" + new Random().Next(1000, 9999);
        // ok: csharp.crypto.weak-random
        var otp = RandomNumberGenerator.GetInt32(1000, 9999);
        // ok: csharp.crypto.weak-random
        var delay = new Random().Next(100);
        // ok: csharp.crypto.weak-random
        var nonce = RandomNumberGenerator.GetBytes(12);
    }
}
