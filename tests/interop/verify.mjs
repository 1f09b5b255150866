// Verifies records with Sigstore's own JavaScript client.
// argv: one JSON file with [{bundle: path, key: path, authority: [path]}]; prints one "ok" or "refused: why" per line.
import { readFileSync } from "node:fs";
import { createPublicKey, createHash, X509Certificate } from "node:crypto";
import { bundleFromJSON } from "@sigstore/bundle";
import { toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";

const NOTHING = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [] };
// Signed with a key and not logged: nothing but the signature is there to verify, and time stamps where asked for.
const OPTIONS = { ctlogThreshold: 0, tlogThreshold: 0, timestampThreshold: 0 };

function keyByHint(pem) {
  const rawBytes = createPublicKey(pem).export({ format: "der", type: "spki" });
  const hint = createHash("sha256").update(rawBytes).digest("base64");
  return { [hint]: { rawBytes, validFor: undefined } };
}

function timestampAuthority(files) {
  const certificates = files.map((file) => ({ rawBytes: new X509Certificate(readFileSync(file)).raw }));
  return { certChain: { certificates }, validFor: { start: new Date(0) } };
}

function verify({ bundle, key, authority = [] }) {
  try {
    const entity = toSignedEntity(bundleFromJSON(JSON.parse(readFileSync(bundle, "utf8"))));
    const root = { ...NOTHING, timestampAuthorities: authority.length ? [timestampAuthority(authority)] : [] };
    const trust = toTrustMaterial(root, keyByHint(readFileSync(key)));
    new Verifier(trust, { ...OPTIONS, timestampThreshold: authority.length ? 1 : 0 }).verify(entity);
    return "ok";
  } catch (error) {
    return `refused: ${error.name} ${error.code ?? ""} ${error.message}`.replaceAll("\n", " ");
  }
}

for (const one of JSON.parse(readFileSync(process.argv[2], "utf8"))) console.log(verify(one));
