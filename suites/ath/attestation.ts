import type { Section } from "../engine/check.ts";
import { cacheChecks } from "./attestation-cache.ts";
import { presenceChecks, subjectChecks, timeAndAudienceChecks } from "./attestation-claims.ts";
import { documentIdentityChecks } from "./attestation-document.ts";
import { hostChecks } from "./attestation-host.ts";
import { replayChecks } from "./attestation-replay.ts";
import { algorithmChecks, signatureChecks } from "./attestation-signature.ts";

/** Who an agent is: its attestations and the document that its key is published in (ATT-1 to ATT-13). */
export const attestation: Section = {
  id: "attestation",
  title: "Attestation",
  checks: [
    ...signatureChecks,
    ...timeAndAudienceChecks,
    ...replayChecks,
    ...presenceChecks,
    ...algorithmChecks,
    ...subjectChecks,
    ...cacheChecks,
    ...hostChecks,
    ...documentIdentityChecks,
  ],
};
