import { exec } from "child_process";
import * as cp from "node:child_process";

export function history(branch) {
  // ruleid: javascript.node.shell-command-string
  return cp.execSync(`git log --oneline ${branch}`).toString();
}

const resize = (file, width) => {
  // ruleid: javascript.node.shell-command-string
  exec("convert " + file + " -resize " + Number(width), () => {});
};

export function status(directory) {
  // ok: javascript.node.shell-command-string
  return cp.execSync("git status --short", { cwd: directory }).toString();
}

export function blame(file) {
  // ok: javascript.node.shell-command-string
  return cp.execFileSync("git", ["blame", "--", file]).toString();
}

const BRANCH = "main";
export function head(count) {
  // ok: javascript.node.shell-command-string
  return cp.execSync(`git log -n ${parseInt(count, 10)} ${BRANCH}`).toString();
}

export function build(target) {
  // ruleid: javascript.node.shell-option
  cp.spawn("npm", ["run", target], { stdio: "inherit", shell: true });
  // ruleid: javascript.node.shell-option
  cp.spawnSync(target, [], { shell: "/bin/bash" });
  // ok: javascript.node.shell-option
  cp.spawn("npm", ["run", "build"], { stdio: "inherit", shell: true });
  // ok: javascript.node.shell-option
  cp.spawn("npm", ["run", target], { stdio: "inherit" });
  // ok: javascript.node.shell-option
  cp.spawn("npm", ["run", target], { shell: false });
}
