const serialize = require("node-serialize");
const funcster = require("funcster");
const yaml = require("js-yaml");
const { parse } = require("csv-parse/sync");
const v8 = require("v8");

app.get("/session", (req, res) => {
  const text = Buffer.from(req.cookies.profile, "base64").toString();
  // ruleid: javascript.node.code-running-deserialiser
  const profile = serialize.unserialize(text);
  // ruleid: javascript.node.code-running-deserialiser
  const other = funcster.deepDeserialize(JSON.parse(text));
  // ruleid: javascript.node.code-running-deserialiser
  const third = require("cryo").parse(text);
  res.json([profile, other, third]);
});

app.get("/profile", (req, res) => {
  // ok: javascript.node.code-running-deserialiser
  const profile = JSON.parse(req.cookies.profile);
  // ok: javascript.node.code-running-deserialiser
  const rows = parse(req.body.table);
  // ok: javascript.node.code-running-deserialiser
  const text = serialize.serialize(profile);
  // ok: javascript.node.code-running-deserialiser
  const copy = v8.deserialize(v8.serialize(profile));
  res.json([rows, text, copy]);
});

export function read(text) {
  // ruleid: javascript.node.yaml-code-types
  const one = yaml.load(text, { schema: yaml.DEFAULT_FULL_SCHEMA });
  // ruleid: javascript.node.yaml-code-types
  const schema = yaml.DEFAULT_SCHEMA.extend(require("js-yaml-js-types").all);
  // ok: javascript.node.yaml-code-types
  const two = yaml.load(text);
  // ok: javascript.node.yaml-code-types
  const three = yaml.load(text, { schema: yaml.JSON_SCHEMA });
  return [one, two, three, schema];
}
