import type { X509Certificate } from "node:crypto";
import { fittingCodes } from "../../../specs/aun-gateway/error-codes.ts";
import type { AunWorld, Identity } from "../../drivers/aun/world.ts";
import type { Evidence } from "../../engine/evidence.ts";
import { text } from "../../engine/json.ts";
import type { RpcRelation } from "../../kinds/rpc-conforms.ts";
import type { Fitting } from "../../kinds/rpc-refusal.ts";
import { certificateIn, commonNameOf, keyOf, serialOf, subjectOf } from "./certificates.ts";

/** How the auth service may refuse a new certificate. */
export const refusedRenewal: Fitting = {
  codes: [...fittingCodes.login, ...fittingCodes.authentication, ...fittingCodes.badParameter, -32008],
};

/** Writes down what a new certificate is compared with. */
export function expectCertificate(world: AunWorld, { aid, publicKey, certificate }: Identity): void {
  const old = certificateIn(certificate);
  world.fact("aid", aid);
  world.fact("key", publicKey);
  world.fact("serial", old === undefined ? "" : serialOf(old));
}

/** A relation that the new certificate in a member of the result must keep. */
export function renewed(
  name: string,
  reasonCode: string,
  expected: string,
  broken: (certificate: X509Certificate, evidence: Evidence) => string | undefined,
): RpcRelation {
  return {
    reasonCode,
    expected,
    broken(result, evidence) {
      const certificate = certificateIn(text(result, name));
      return certificate === undefined ? "a certificate that cannot be read" : broken(certificate, evidence);
    },
  };
}

/** It is of the AID, for the key that was expected. */
export const sameKey = (name: string) =>
  renewed(name, "wrong-key", "a certificate of the AID for its key", (certificate, { facts }) => {
    if (commonNameOf(certificate) !== facts["aid"]) return subjectOf(certificate);
    return keyOf(certificate) === facts["key"] ? undefined : "another key";
  });
