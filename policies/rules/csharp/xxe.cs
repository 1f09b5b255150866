public class Reader
{
    public void Read(Stream stream)
    {
        // ruleid: csharp.xml.external-entities
        var document = new XmlDocument { XmlResolver = new XmlUrlResolver() };
        var settings = new XmlReaderSettings();
        // ruleid: csharp.xml.external-entities
        settings.DtdProcessing = DtdProcessing.Parse;
        // ok: csharp.xml.external-entities
        settings.DtdProcessing = DtdProcessing.Prohibit;
        // ok: csharp.xml.external-entities
        settings.XmlResolver = null;
        // ok: csharp.xml.external-entities
        var bounded = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, MaxCharactersFromEntities = 1024 };
    }
}
