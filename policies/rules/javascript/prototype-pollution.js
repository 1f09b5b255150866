const _ = require("lodash");

const settings = {};
const FORBIDDEN = ["__proto__", "constructor", "prototype"];

app.post("/settings", (req, res) => {
  // ruleid: javascript.express.prototype-pollution
  settings[req.body.group][req.body.name] = req.body.value;
  res.end();
});

app.post("/settings/path", (req, res) => {
  const { path, value } = req.body;
  // ruleid: javascript.express.prototype-pollution
  _.set(settings, path, value);
  // ruleid: javascript.express.prototype-pollution
  _.merge(settings, req.body);
  // ruleid: javascript.express.prototype-pollution
  $.extend(true, {}, JSON.parse(req.query.options));
  res.end();
});

app.post("/settings/safe", (req, res) => {
  const { group, name, value } = req.body;
  if (FORBIDDEN.includes(group)) {
    return res.status(400).end();
  }
  // ok: javascript.express.prototype-pollution
  settings[group][name] = value;
  // one level only replaces a property of this object
  // ok: javascript.express.prototype-pollution
  settings[req.body.other] = value;
  // ok: javascript.express.prototype-pollution
  _.set(settings, "ui.theme", value);
  // ok: javascript.express.prototype-pollution
  _.merge(settings, SettingsSchema.parse(req.body));
  // ok: javascript.express.prototype-pollution
  settings.rows[Number(req.body.row)][name] = value;
  res.end();
});

function merge(target, source) {
  for (const key in source) {
    if (typeof source[key] === "object") {
      // ruleid: javascript.node.unguarded-merge
      merge(target[key], source[key]);
    } else {
      target[key] = source[key];
    }
  }
  return target;
}

function extend(into, from) {
  for (const key of Object.keys(from)) {
    // ruleid: javascript.node.unguarded-merge
    into[key] = isObject(from[key]) ? extend(into[key], from[key]) : from[key];
  }
  return into;
}

function mergeGuarded(target, source) {
  for (const key in source) {
    if (key === "__proto__" || key === "constructor") continue;
    if (typeof source[key] === "object") {
      // ok: javascript.node.unguarded-merge
      mergeGuarded(target[key], source[key]);
    } else {
      target[key] = source[key];
    }
  }
  return target;
}

function compare(left, right) {
  for (const key of Object.keys(left)) {
    // ok: javascript.node.unguarded-merge
    if (!compare(left[key], right[key])) return false;
  }
  return true;
}

function shallow(target, source) {
  for (const key in source) {
    // ok: javascript.node.unguarded-merge
    target[key] = source[key];
  }
  return target;
}
