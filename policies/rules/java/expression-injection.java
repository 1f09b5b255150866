package example;

import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.servlet.http.HttpServletRequest;
import org.springframework.expression.ExpressionParser;
import org.springframework.expression.spel.standard.SpelExpressionParser;

class Formulas {
    static final java.util.Set<String> KNOWN = java.util.Set.of("price * 2", "price + 1");

    private final ExpressionParser parser = new SpelExpressionParser();

    Object spel(HttpServletRequest request) {
        // ruleid: java.servlet.expression-injection
        return parser.parseExpression(request.getParameter("formula")).getValue();
    }

    Object script(HttpServletRequest request) throws Exception {
        ScriptEngine engine = new ScriptEngineManager().getEngineByName("javascript");
        String code = "var x = " + request.getParameter("x") + "; x * 2";
        // ruleid: java.servlet.expression-injection
        return engine.eval(code);
    }

    @GetMapping("/groovy")
    Object groovy(@RequestParam String code) {
        // ruleid: java.servlet.expression-injection
        return new GroovyShell().evaluate(code);
    }

    @PostMapping("/mail")
    void mail(@RequestBody String text, java.io.StringWriter writer) {
        // ruleid: java.servlet.expression-injection
        Velocity.evaluate(new VelocityContext(), writer, "mail", text);
    }

    Object known(HttpServletRequest request) {
        String formula = request.getParameter("formula");
        if (!KNOWN.contains(formula)) {
            throw new IllegalArgumentException("unknown formula");
        }
        // ok: java.servlet.expression-injection
        return parser.parseExpression(formula).getValue();
    }

    Object constant(HttpServletRequest request, VelocityContext context, java.io.Writer writer) throws Exception {
        ScriptEngine engine = new ScriptEngineManager().getEngineByName("javascript");
        engine.put("x", request.getParameter("x"));
        // ok: java.servlet.expression-injection
        engine.eval("x.length");
        context.put("name", request.getParameter("name"));
        // ok: java.servlet.expression-injection
        Velocity.evaluate(context, writer, "mail", "Dear $name");
        // ok: java.servlet.expression-injection
        return parser.parseExpression("price * " + Integer.parseInt(request.getParameter("n"))).getValue();
    }
}
