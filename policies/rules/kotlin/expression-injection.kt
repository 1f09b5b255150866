package shop.example

import io.ktor.server.application.*
import io.ktor.server.routing.*
import javax.script.ScriptEngine
import javax.script.ScriptEngineManager
import org.springframework.expression.spel.standard.SpelExpressionParser
import org.springframework.expression.spel.support.SimpleEvaluationContext
import org.springframework.web.bind.annotation.*

private val FORMULAS = mapOf("net" to "price * 0.81")

@RestController
class FormulaController(private val engine: ScriptEngine) {
    private val parser = SpelExpressionParser()

    @PostMapping("/formula")
    fun run(@RequestBody formula: String, @RequestParam price: Double): Any? {
        // ruleid: kotlin.web.expression-injection
        parser.parseExpression(formula).value
        // ruleid: kotlin.web.expression-injection
        engine.eval("var price = $price; $formula")
        // ruleid: kotlin.web.expression-injection
        ScriptEngineManager().getEngineByName("kotlin").eval(formula)

        // ok: kotlin.web.expression-injection
        engine.eval("$price * 0.81")
        // ok: kotlin.web.expression-injection
        parser.parseExpression(FORMULAS.getValue(formula)).getValue(context)
        val context = SimpleEvaluationContext.forReadOnlyDataBinding().build()
        // ok: kotlin.web.expression-injection
        context.setVariable("note", formula)
        // ok: kotlin.web.expression-injection
        return parser.parseExpression("#note.length()").getValue(context)
    }
}

fun Route.scripts(shell: GroovyShell, binding: Binding) {
    post("/script") {
        val text = call.receiveText()
        // ruleid: kotlin.web.expression-injection
        shell.evaluate(text)
        // ruleid: kotlin.web.expression-injection
        GroovyShell(binding).evaluate(text)
        // ok: kotlin.web.expression-injection
        shell.evaluate("price * 2")
    }
}
