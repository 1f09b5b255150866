package shop.example

import com.fasterxml.jackson.databind.ObjectMapper
import com.fasterxml.jackson.databind.jsontype.impl.LaissezFaireSubTypeValidator
import org.yaml.snakeyaml.LoaderOptions
import org.yaml.snakeyaml.Yaml
import org.yaml.snakeyaml.constructor.SafeConstructor

fun mappers(mapper: ObjectMapper) {
    // ruleid: kotlin.jackson.open-types
    mapper.enableDefaultTyping()
    // ruleid: kotlin.jackson.open-types
    mapper.activateDefaultTyping(LaissezFaireSubTypeValidator.instance, ObjectMapper.DefaultTyping.NON_FINAL)
    ObjectMapper().apply {
        // ruleid: kotlin.jackson.open-types
        activateDefaultTyping(polymorphicTypeValidator, ObjectMapper.DefaultTyping.NON_FINAL)
    }
    // ruleid: kotlin.jackson.open-types
    BasicPolymorphicTypeValidator.builder().allowIfBaseType(Any::class.java).build()
    // ok: kotlin.jackson.open-types
    val orders = BasicPolymorphicTypeValidator.builder().allowIfBaseType(Order::class.java).build()
    // ok: kotlin.jackson.open-types
    mapper.activateDefaultTyping(orders, ObjectMapper.DefaultTyping.NON_FINAL)
    // ok: kotlin.jackson.open-types
    mapper.deactivateDefaultTyping()
}

fun load(text: String, options: LoaderOptions) {
    // ruleid: kotlin.snakeyaml.open-types
    Yaml().load<Map<String, Any>>(text)
    val yaml = Yaml()
    // ruleid: kotlin.snakeyaml.open-types
    val all: Iterable<Any> = yaml.loadAll(text)
    // ruleid: kotlin.snakeyaml.open-types
    options.setTagInspector { true }
    // ok: kotlin.snakeyaml.open-types
    Yaml(SafeConstructor(LoaderOptions())).load<Map<String, Any>>(text)
    // ok: kotlin.snakeyaml.open-types
    Yaml().load<Map<String, Any>>(Order::class.java.getResourceAsStream("/prices.yaml"))
    // ok: kotlin.snakeyaml.open-types
    options.setTagInspector { tag -> tag.className == "shop.example.Order" }
}
