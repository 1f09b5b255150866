public class Clients
{
    public void Make(SslStream inner)
    {
        var handler = new HttpClientHandler();
        // ruleid: csharp.tls.certificate-not-checked
        handler.ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) => true;
        // ruleid: csharp.tls.certificate-not-checked
        handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        // ruleid: csharp.tls.certificate-not-checked
        ServicePointManager.ServerCertificateValidationCallback += delegate { return true; };
        // ruleid: csharp.tls.certificate-not-checked
        var second = new HttpClientHandler { ServerCertificateCustomValidationCallback = (a, b, c, d) => { return true; } };
        // ok: csharp.tls.certificate-not-checked
        handler.ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) => errors == SslPolicyErrors.None;
        // ok: csharp.tls.certificate-not-checked
        handler.ServerCertificateCustomValidationCallback = (a, b, c, d) => b.Thumbprint == Pinned;
        // ruleid: csharp.tls.old-protocol
        handler.SslProtocols = SslProtocols.Tls11;
        // ruleid: csharp.tls.old-protocol
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12 | SecurityProtocolType.Ssl3;
        // ok: csharp.tls.old-protocol
        handler.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        // ok: csharp.tls.old-protocol
        ServicePointManager.SecurityProtocol &= ~SecurityProtocolType.Ssl3;
    }
}
