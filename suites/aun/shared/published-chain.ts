import type { AunWorld } from "../../drivers/aun/world.ts";
import { type Evidence, marked } from "../../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../../engine/finding.ts";
import { strings, text } from "../../engine/json.ts";
import { answerOfCall, markedCalls } from "../../engine/rpc.ts";
import { grantedCall } from "../../kinds/rpc-control.ts";
import { certificateIn, certificatesIn, chainProblem, commonNameOf, subjectOf } from "./certificates.ts";

/** Gets /pki/chain, and notes which roots the configuration trusts. */
export async function publishedChain(world: AunWorld): Promise<void> {
  world.mark("chain", await world.get("/pki/chain"));
  const roots = certificatesIn(world.settings.aun?.trustRoots ?? "");
  world.fact(
    "trustRoots",
    roots.map(({ fingerprint256 }) => fingerprint256),
  );
}

/** Judges that the published chain leads from the certificate in a result to a root, to a trusted one where some are known. */
export function judgeChain(evidence: Evidence, name: "cert" | "auth_cert"): Finding {
  const [call] = markedCalls(evidence, "subject");
  const [exchange] = marked(evidence, "chain");
  const expected = `/pki/chain leads from the issuer of ${name} to a self-signed root, issuer first`;
  const leaf = certificateIn(text(call?.result, name));
  if (call === undefined || !grantedCall(call) || leaf === undefined) {
    const actual = call === undefined ? "no call" : `${answerOfCall(call)} without a certificate in ${name}`;
    return untested({ reasonCode: "request-refused", expected, actual, exchanges: call?.frames ?? [] });
  }
  const chain = certificatesIn(exchange?.response?.body ?? "");
  const root = chain.at(-1);
  if (exchange === undefined || root === undefined) {
    return untested({ reasonCode: "no-chain", expected, actual: "no certificates at /pki/chain", cause: "target" });
  }
  const exchanges = [...call.frames, exchange];
  const trusted = strings(evidence.facts["trustRoots"]) ?? [];
  const foreign = trusted.length > 0 && !trusted.includes(root.fingerprint256);
  const actual = chainProblem(leaf, chain) ?? (foreign ? `${subjectOf(root)} is no trusted root` : undefined);
  if (actual !== undefined) return violated({ reasonCode: "broken-chain", expected, actual, exchanges });
  return pass(exchanges, name === "auth_cert" ? [`the auth service is ${commonNameOf(leaf) ?? "without a name"}`] : []);
}
