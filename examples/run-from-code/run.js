// @ts-check
// Judges the gateway in GATEWAY_URL, or the reference mock with a fault, and writes what CI wants to see.
import { writeFile } from "node:fs/promises";
import { renderedAs, runProfile } from "gateproof";

const target = process.env["GATEWAY_URL"];
const what = target === undefined ? { embedded: { faults: ["ATT-5.jti-forgotten"] } } : { target };

const report = await runProfile("ath-gateway", {
  ...what,
  only: ["attestation"],
  onEvent(event) {
    if (event.type === "planned") console.log(`${event.checks} checks`);
    if (event.type === "judged" && event.check.outcome === "fail") {
      console.log(`${event.check.id}: expected ${event.check.expected}; got ${event.check.actual}`);
    }
  },
});

console.log(report.verdict.sentence);
await writeFile("gateproof.xml", await renderedAs("junit", report));
process.exitCode = report.verdict.exitCode;
