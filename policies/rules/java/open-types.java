package example;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class Readers {
    ObjectMapper mapper = new ObjectMapper();

    void jackson(BasicPolymorphicTypeValidator.Builder builder) {
        // ruleid: java.jackson.open-types
        mapper.enableDefaultTyping();
        // ruleid: java.jackson.open-types
        mapper.activateDefaultTyping(LaissezFaireSubTypeValidator.instance, ObjectMapper.DefaultTyping.NON_FINAL);
        // ruleid: java.jackson.open-types
        builder.allowIfBaseType(Object.class);
        // ok: java.jackson.open-types
        builder.allowIfBaseType(Shape.class);
        // ok: java.jackson.open-types
        mapper.activateDefaultTyping(builder.build(), ObjectMapper.DefaultTyping.NON_FINAL);
        // ok: java.jackson.open-types
        mapper.deactivateDefaultTyping();
    }

    Object yaml(String text) {
        Yaml plain = new Yaml();
        // ruleid: java.snakeyaml.open-types
        plain.load(text);
        // ruleid: java.snakeyaml.open-types
        new Yaml().load(text);
        Yaml safe = new Yaml(new SafeConstructor(new LoaderOptions()));
        // ok: java.snakeyaml.open-types
        safe.load(text);
        // ok: java.snakeyaml.open-types
        plain.load(Readers.class.getResourceAsStream("/defaults.yaml"));
        // ok: java.snakeyaml.open-types
        return plain.dump(text);
    }

    void xstream(XStream xstream) {
        // ruleid: java.xstream.open-types
        xstream.addPermission(AnyTypePermission.ANY);
        // ruleid: java.xstream.open-types
        xstream.allowTypesByWildcard(new String[] {"**"});
        // ok: java.xstream.open-types
        xstream.allowTypesByWildcard(new String[] {"example.model.*"});
        // ok: java.xstream.open-types
        xstream.addPermission(NoTypePermission.NONE);
        // ok: java.xstream.open-types
        xstream.allowTypes(new Class[] {Order.class});
    }
}
