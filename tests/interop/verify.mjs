// Verifies records with Sigstore's own JavaScript client.
// argv: one JSON file with [{bundle: path, key: path}]; prints one "ok" or "refused: why" per line.
import { readFileSync } from "node:fs";
import { createPublicKey, createHash } from "node:crypto";
import { bundleFromJSON } from "@sigstore/bundle";
import { toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";

const NOTHING = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [] };
// Signed with a key and not logged: nothing but the signature is there to verify.
const OPTIONS = { ctlogThreshold: 0, tlogThreshold: 0, timestampThreshold: 0 };

function keyByHint(pem) {
  const rawBytes = createPublicKey(pem).export({ format: "der", type: "spki" });
  const hint = createHash("sha256").update(rawBytes).digest("base64");
  return { [hint]: { rawBytes, validFor: undefined } };
}

function verify({ bundle, key }) {
  try {
    const entity = toSignedEntity(bundleFromJSON(JSON.parse(readFileSync(bundle, "utf8"))));
    const trust = toTrustMaterial(NOTHING, keyByHint(readFileSync(key)));
    new Verifier(trust, OPTIONS).verify(entity);
    return "ok";
  } catch (error) {
    return `refused: ${error.name} ${error.code ?? ""} ${error.message}`.replaceAll("\n", " ");
  }
}

for (const one of JSON.parse(readFileSync(process.argv[2], "utf8"))) console.log(verify(one));
