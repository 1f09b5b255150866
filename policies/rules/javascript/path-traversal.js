import fs from "fs";
import path from "path";
import { readFile } from "node:fs/promises";

const ROOT = path.resolve("/srv/files");
const PAGES = ["about", "contact"];

app.get("/file", (req, res) => {
  const full = path.join(ROOT, req.query.name);
  // ruleid: javascript.express.path-traversal
  fs.createReadStream(full).pipe(res);
});

app.get("/text/:name", async (req, res) => {
  // ruleid: javascript.express.path-traversal
  res.type("text").send(await readFile(`/srv/texts/${req.params.name}.txt`, "utf8"));
});

app.get("/download", (req, res) => {
  // ruleid: javascript.express.path-traversal
  res.download("/srv/files/" + req.query.name);
});

router.post("/move", async (ctx) => {
  // ruleid: javascript.express.path-traversal
  await fs.promises.rename("/srv/in/upload", path.resolve(ROOT, ctx.request.body.target));
});

app.get("/safe", (req, res) => {
  // ok: javascript.express.path-traversal
  fs.createReadStream(path.join(ROOT, path.basename(req.query.name))).pipe(res);
});

app.get("/safe-checked", (req, res) => {
  const full = path.resolve(ROOT, req.query.name);
  if (!full.startsWith(ROOT + path.sep)) {
    return res.status(400).end();
  }
  // ok: javascript.express.path-traversal
  fs.readFile(full, (err, data) => res.send(data));
});

app.get("/safe-relative", (req, res) => {
  const full = path.resolve(ROOT, req.query.name);
  const relative = path.relative(ROOT, full);
  if (relative.startsWith("..") || path.isAbsolute(relative)) throw new Error("outside");
  // ok: javascript.express.path-traversal
  fs.readFile(full, (err, data) => res.send(data));
});

// looked at, but not acted upon
app.get("/checked-in-vain", (req, res) => {
  const full = path.resolve(ROOT, req.query.name);
  if (!full.startsWith(ROOT)) {
    log.warn("outside", full);
  }
  // ruleid: javascript.express.path-traversal
  fs.readFile(full, (err, data) => res.send(data));
});

app.get("/page/:name", (req, res) => {
  const { name } = req.params;
  if (!PAGES.includes(name)) return res.sendStatus(404);
  // ok: javascript.express.path-traversal
  res.sendFile("/srv/pages/" + name);
  // ok: javascript.express.path-traversal
  res.sendFile(req.params.name, { root: ROOT });
  // content is no path
  // ok: javascript.express.path-traversal
  fs.writeFileSync("/srv/last-visit", req.query.note);
  // ok: javascript.express.path-traversal
  fs.readFileSync(`/srv/pages/${Number(req.query.page)}.html`);
});
