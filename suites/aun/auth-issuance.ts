import { randomBytes } from "node:crypto";
import { spki } from "../drivers/aun/identity.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import { freshKeyPair } from "../drivers/key-pair.ts";
import type { Check } from "../engine/check.ts";
import { text } from "../engine/json.ts";
import { notApplicable } from "../engine/stop.ts";
import { rpcAcceptance } from "../kinds/rpc-acceptance.ts";
import { rpcConforms } from "../kinds/rpc-conforms.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { certificateIn, isIssuedBy, keyOf, serialOf, subjectOf } from "./shared/certificates.ts";
import { sentParam } from "./shared/sent.ts";

/** auth.download_cert of a session's own certificate; the documents do not say that it works without a session. */
async function ownCertificate(world: AunWorld) {
  const session = await world.session();
  const certificate = certificateIn(session.identity.certificate);
  if (certificate === undefined) throw notApplicable("feature-absent", "the AID has no certificate that can be read");
  world.fact("fingerprint", certificate.fingerprint256);
  return { call: await session.call("auth.download_cert", { cert_sn: serialOf(certificate) }), session };
}

/** Certificates beside the first one (A104, A105). */
export const issuanceChecks: readonly Check<AunWorld>[] = [
  rpcConforms({
    id: "A104.p384",
    requirement: "A104",
    title: "auth.request_cert issues a certificate for a key on P-384",
    async subject(world: AunWorld) {
      const session = await world.session();
      const { publicKey } = freshKeyPair("P-384");
      const { aid } = session.identity;
      return session.call("auth.request_cert", { aid, public_key: spki(publicKey), curve: "P-384" });
    },
    shape: "AunIssuedCertificate",
    relations: [
      {
        reasonCode: "wrong-curve",
        expected: "the curve P-384, and the key of the request",
        broken(result, _evidence, call) {
          const curve = text(result, "curve");
          if (curve !== "P-384") return curve ?? "nothing";
          const certificate = certificateIn(text(result, "cert"));
          if (certificate === undefined) return "a certificate that cannot be read";
          return keyOf(certificate) === sentParam(call, "public_key") ? undefined : "a certificate for another key";
        },
      },
    ],
  }),
  rpcConforms({
    id: "A105.by-serial",
    requirement: "A105",
    title: "auth.download_cert gives the certificate with a serial number",
    subject: async (world: AunWorld) => (await ownCertificate(world)).call,
    shape: "AunDownloadedCertificate",
    relations: [
      {
        reasonCode: "wrong-cert",
        expected: "the certificate with this serial number",
        broken(result, { facts }) {
          const certificate = certificateIn(text(result, "cert"));
          if (certificate === undefined) return "a certificate that cannot be read";
          return certificate.fingerprint256 === facts["fingerprint"] ? undefined : subjectOf(certificate);
        },
      },
      {
        reasonCode: "wrong-issuer",
        expected: "a ca_cert that has signed it",
        broken(result) {
          const [certificate, authority] = ["cert", "ca_cert"].map((name) => certificateIn(text(result, name)));
          if (certificate === undefined || authority === undefined) return "a certificate that cannot be read";
          return isIssuedBy(certificate, authority) ? undefined : subjectOf(authority);
        },
      },
    ],
  }),
  rpcAcceptance({
    id: "A105.root",
    requirement: "A105",
    title: "auth.download_cert gives the root by that name",
    control: ownCertificate,
    attempt: (_world, { session }) => session.call("auth.download_cert", { cert_sn: "root" }),
    relations: [
      {
        reasonCode: "wrong-cert",
        expected: "a self-signed certificate",
        broken(result) {
          const certificate = certificateIn(text(result, "cert"));
          if (certificate === undefined) return "a certificate that cannot be read";
          return isIssuedBy(certificate, certificate) ? undefined : subjectOf(certificate);
        },
      },
    ],
  }),
  rpcRefusal({
    id: "A105.unknown",
    requirement: "A105",
    title: "auth.download_cert of a serial number that nobody has is refused",
    control: ownCertificate,
    attempt: (_world, { session }) =>
      session.call("auth.download_cert", { cert_sn: `7f${randomBytes(15).toString("hex")}` }),
  }),
];
