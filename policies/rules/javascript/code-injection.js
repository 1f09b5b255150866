import vm from "vm";
import { Worker } from "worker_threads";

const FORMULAS = new Map([["sum", (a, b) => a + b]]);
const PLUGINS = { csv: "./plugins/csv.js" };

app.get("/eval", (req, res) => {
  // ruleid: javascript.express.code-injection
  res.json(eval("(" + req.query.expression + ")"));
});

app.post("/formula", (req, res) => {
  const { body } = req;
  // ruleid: javascript.express.code-injection
  const formula = new Function("a", "b", `return ${body.formula}`);
  // ruleid: javascript.express.code-injection
  const other = vm.runInNewContext(body.formula, {});
  res.json([formula(1, 2), other]);
});

app.get("/formula/:name", (req, res) => {
  // ok: javascript.express.code-injection
  const formula = FORMULAS.get(req.params.name);
  // ok: javascript.express.code-injection
  const compiled = new Function("a", "b", "return a + b");
  // ok: javascript.express.code-injection
  const data = JSON.parse(req.query.data);
  // ok: javascript.express.code-injection
  const result = vm.runInNewContext("a + b", { a: Number(req.query.a), b: 1 });
  res.json([formula(1, 2), compiled(1, 2), data, result]);
});

app.get("/plugin", async (req, res) => {
  // ruleid: javascript.express.module-load
  const plugin = require("./plugins/" + req.query.name);
  // ruleid: javascript.express.module-load
  const late = await import(`./plugins/${req.query.name}.js`);
  // ruleid: javascript.express.module-load
  new Worker(req.query.script);
  res.json(plugin.run(late));
});

app.get("/plugin-listed", async (req, res) => {
  const name = req.query.name;
  if (!Object.keys(PLUGINS).includes(name)) {
    res.sendStatus(404);
    return;
  }
  // ok: javascript.express.module-load
  const plugin = require("./plugins/" + name);
  // ok: javascript.express.module-load
  const late = await import("./plugins/csv.js");
  // ok: javascript.express.module-load
  new Worker("./worker.js", { workerData: req.query.data });
  res.json(plugin.run(late));
});
