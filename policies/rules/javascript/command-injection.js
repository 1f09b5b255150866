import { exec, execFile, spawn } from "child_process";
import { execSync as runNow } from "node:child_process";
import * as cp from "node:child_process";
import util from "node:util";

const run = util.promisify(exec);
const TOOLS = new Set(["convert", "identify"]);

app.get("/ping", (req, res) => {
  // ruleid: javascript.express.command-injection
  exec("ping -c 1 " + req.query.host, (err, out) => res.send(out));
});

app.post("/archive", async (request, response) => {
  const { name } = request.body;
  const command = `tar czf /srv/backup/${name}.tgz /srv/data`;
  // ruleid: javascript.express.command-injection
  await run(command);
});

// the handler calls its request differently
app.put("/thumb", function (incoming, outgoing) {
  // ruleid: javascript.express.command-injection
  runNow(`convert ${incoming.body.file} thumb.png`);
});

export async function log({ query }, res) {
  // ruleid: javascript.express.command-injection
  const shell = spawn("/bin/sh", ["-c", "git log " + query.branch]);
  // ruleid: javascript.express.command-injection
  cp.spawn("git", ["log", query.branch], { shell: true });
  // ok: javascript.express.command-injection
  cp.spawn("git", ["log", "--", query.branch], { shell: false });
  shell.stdout.pipe(res);
}

app.get("/tool", (req, res) => {
  // ruleid: javascript.express.command-injection
  execFile(req.query.tool, ["--version"], (err, out) => res.send(out));
});

app.get("/tool-listed", (req, res) => {
  const tool = req.query.tool;
  if (!TOOLS.has(tool)) {
    return res.status(400).end();
  }
  // ok: javascript.express.command-injection
  execFile(tool, ["--version"], (err, out) => res.send(out));
});

app.get("/page", (req, res) => {
  const page = parseInt(req.query.page, 10);
  // ok: javascript.express.command-injection
  exec("render --page " + page, (err, out) => res.send(out));
});

app.get("/search", (req, res) => {
  // an argument of its own, no shell
  // ok: javascript.express.command-injection
  execFile("grep", ["-r", "--", req.query.word, "/srv/docs"], (err, out) => res.send(out));
  // the exec of a regular expression
  // ok: javascript.express.command-injection
  const match = /^[a-z]+$/.exec(req.query.word);
  // ok: javascript.express.command-injection
  exec("uptime", { cwd: "/srv" }, () => log.info(match));
});
