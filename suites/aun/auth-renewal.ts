import { signText } from "../drivers/aun/identity.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { text } from "../engine/json.ts";
import { notApplicable } from "../engine/stop.ts";
import { rpcConforms } from "../kinds/rpc-conforms.ts";
import { requireResult } from "../kinds/rpc-control.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { certificatePeriod, passUntil } from "./shared/certificate-time.ts";
import { serialOf } from "./shared/certificates.ts";
import { loginNonce, rekey, renew } from "./shared/login-steps.ts";
import { expectCertificate, refusedRenewal, renewed, sameKey } from "./shared/new-certificate.ts";
import { sentMembers } from "./shared/sent.ts";

/** A renewal replaces what an operator would have lent. */
const needs = ["open-registration"] as const;
const years = ["clock", "open-registration"] as const;
const dayMs = 24 * 60 * 60 * 1000;
/** A certificate can be renewed until so long after its end (AUN docs 01 § 1.6). */
const graceDays = 90;

async function renewedOnce(world: AunWorld) {
  return renew(world, await world.identity());
}

/** New certificates: at login and by renewal (A95, A102). */
export const renewalChecks: readonly Check<AunWorld>[] = [
  rpcConforms({
    id: "A95.no-early-renewal",
    requirement: "A95",
    title: "a login with a fresh certificate brings no new one",
    async subject(world: AunWorld) {
      const identity = await world.identity();
      const { notBefore, notAfter } = certificatePeriod(identity);
      if (world.now() > (notBefore + notAfter) / 2) {
        throw notApplicable("feature-absent", "the certificate of the AID is past half its life");
      }
      return (await world.login(identity)).login2;
    },
    relations: [
      {
        reasonCode: "early",
        expected: "no new_cert before half of the certificate's life is over",
        broken: (result) => ((text(result, "new_cert") ?? "") === "" ? undefined : "a new certificate"),
      },
    ],
  }),
  rpcConforms({
    id: "A95.past-half",
    requirement: "A95",
    title: "a login past half of the certificate's life brings a new one for the same key",
    needs: years,
    traits: ["exclusive"],
    async subject(world: AunWorld) {
      const identity = await world.identity();
      expectCertificate(world, identity);
      const { notBefore, notAfter } = certificatePeriod(identity);
      await passUntil(world, (notBefore + notAfter) / 2 + dayMs);
      return (await world.login(identity)).login2;
    },
    relations: [
      {
        reasonCode: "missing",
        expected: "new_cert",
        broken: (result) => ((text(result, "new_cert") ?? "") === "" ? "none" : undefined),
      },
      sameKey("new_cert"),
    ],
  }),
  rpcConforms({
    id: "A102.renew",
    requirement: "A102",
    title: "auth.renew_cert gives a new certificate for the same key",
    needs,
    async subject(world: AunWorld) {
      const identity = await world.identity();
      expectCertificate(world, identity);
      return (await renew(world, identity)).call;
    },
    shape: "AunRenewedCertificate",
    relations: [
      sameKey("cert"),
      renewed("cert", "same-serial", "another serial number than the old one's", (certificate, { facts }) =>
        serialOf(certificate) === facts["serial"] ? serialOf(certificate) : undefined,
      ),
    ],
  }),
  rpcRefusal({
    id: "A102.bad-signature",
    requirement: "A102",
    title: "a renewal with a signature over something else is refused",
    needs,
    control: renewedOnce,
    attempt: async (world, { identity }) => (await renew(world, identity, { signed: () => "something else" })).call,
    fitting: refusedRenewal,
  }),
  rpcRefusal({
    id: "A102.reused-nonce",
    requirement: "A102",
    title: "the nonce of a renewal renews once",
    needs,
    control: renewedOnce,
    attempt: async (world, { call }) => (await world.side()).call("auth.renew_cert", sentMembers(call)),
    fitting: refusedRenewal,
  }),
  rpcRefusal({
    id: "A102.other-aid",
    requirement: "A102",
    title: "the login nonce of one AID does not renew the certificate of another",
    needs,
    control: renewedOnce,
    async attempt(world, { identity }) {
      const { aid } = await world.identity();
      const { requestId, nonce } = await loginNonce(world, identity);
      const signature = signText(nonce, identity.privateKey);
      return (await world.side()).call("auth.renew_cert", { aid, request_id: requestId, nonce, signature });
    },
    fitting: refusedRenewal,
  }),
  rpcRefusal({
    id: "A102.revoked",
    requirement: "A102",
    title: "a revoked certificate is not renewed",
    needs,
    control: renewedOnce,
    async attempt(world, { identity }) {
      requireResult((await rekey(world, identity)).call, "auth.rekey");
      return (await renew(world, identity)).call;
    },
    fitting: refusedRenewal,
  }),
  rpcRefusal({
    id: "A102.too-late",
    requirement: "A102",
    title: `a certificate is not renewed more than ${graceDays} days after its end`,
    needs: years,
    traits: ["exclusive"],
    control: renewedOnce,
    async attempt(world, { identity }) {
      await passUntil(world, certificatePeriod(identity).notAfter + (graceDays + 1) * dayMs);
      return (await renew(world, identity)).call;
    },
    fitting: refusedRenewal,
  }),
];
