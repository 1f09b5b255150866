public class Store
{
    public object Load(Stream stream, string json)
    {
        var formatter = new BinaryFormatter();
        // ruleid: csharp.serialization.unsafe-formatter
        var first = formatter.Deserialize(stream);
        // ruleid: csharp.serialization.unsafe-formatter
        var second = new System.Runtime.Serialization.NetDataContractSerializer().ReadObject(stream);
        // ok: csharp.serialization.unsafe-formatter
        var third = new DataContractSerializer(typeof(Order)).ReadObject(stream);
        // ok: csharp.serialization.unsafe-formatter
        var fourth = JsonSerializer.Deserialize<Order>(json);
        // ruleid: csharp.json.open-types
        var settings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.All };
        // ruleid: csharp.json.open-types
        settings.TypeNameHandling = Newtonsoft.Json.TypeNameHandling.Auto;
        // ok: csharp.json.open-types
        var none = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.None };
        // ok: csharp.json.open-types
        var bound = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.Auto, SerializationBinder = new Known() };
        return first;
    }
}
