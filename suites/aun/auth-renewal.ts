import type { X509Certificate } from "node:crypto";
import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import { signText } from "../drivers/aun/identity.ts";
import type { AunWorld, Identity } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, inapplicable, pass, untested, violated } from "../engine/finding.ts";
import { answerOf } from "../engine/granted.ts";
import { member, parseJson, strings, text } from "../engine/json.ts";
import { answerOfCall, markedCalls } from "../engine/rpc.ts";
import { notApplicable } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { type RpcRelation, rpcConforms } from "../kinds/rpc-conforms.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { type Fitting, rpcRefusal } from "../kinds/rpc-refusal.ts";
import { certificatePeriod, passUntil } from "./shared/certificate-time.ts";
import { certificateIn, commonNameOf, keyOf, plainHex, serialOf, subjectOf } from "./shared/certificates.ts";
import { finishLogin, loginNonce, plainLogin, rekey, renew } from "./shared/login-steps.ts";
import { revocationListIn } from "./shared/revocation-list.ts";
import { sentMembers } from "./shared/sent.ts";

/** A rekey revokes, and a renewal replaces, what an operator would have lent. */
const needs = ["open-registration"] as const;
const years = ["clock", "open-registration"] as const;
const dayMs = 24 * 60 * 60 * 1000;
/** A certificate can be renewed until so long after its end (AUN docs 01 § 1.6). */
const graceDays = 90;

const refused: Fitting = {
  codes: [...fittingCodes.login, ...fittingCodes.authentication, ...fittingCodes.badParameter, -32008],
};

/** Writes down what a new certificate is compared with. */
function expectCertificate(world: AunWorld, { aid, publicKey, certificate }: Identity): void {
  const old = certificateIn(certificate);
  world.fact("aid", aid);
  world.fact("key", publicKey);
  world.fact("serial", old === undefined ? "" : serialOf(old));
}

/** A relation that the new certificate in a member of the result must keep. */
function renewed(
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

const sameKey = (name: string) =>
  renewed(name, "wrong-key", "a certificate of the AID for its key", (certificate, { facts }) => {
    if (commonNameOf(certificate) !== facts["aid"]) return subjectOf(certificate);
    return keyOf(certificate) === facts["key"] ? undefined : "another key";
  });

async function renewedOnce(world: AunWorld) {
  return renew(world, await world.identity());
}

async function rekeyedOnce(world: AunWorld) {
  const old = await world.identity();
  return { ...(await rekey(world, old)), old };
}

/** The serial numbers that /pki/crl.json lists, in whichever of its two members. */
function listedIn(body: string | undefined): readonly string[] {
  const answer = parseJson(body);
  const list = revocationListIn(text(answer, "crl_pem") ?? "");
  return [...(list?.serials ?? []), ...(strings(member(answer, "revoked_serials")) ?? [])].map(plainHex);
}

function judgeListed(evidence: Evidence): Finding {
  const [call] = markedCalls(evidence, "subject");
  const [exchange] = marked(evidence, "list");
  const serial = String(evidence.facts["serial"] ?? "");
  const expected = `the revoked serial number ${serial} in /pki/crl.json`;
  if (call === undefined || !grantedCall(call)) {
    const actual = call === undefined ? "no rekey" : answerOfCall(call);
    return untested({ reasonCode: "request-refused", expected, actual, exchanges: call?.frames ?? [] });
  }
  if (!exchange?.response) return untested({ reasonCode: "transport", expected, actual: "no answer over HTTP" });
  const exchanges = [...call.frames, exchange];
  const listed = listedIn(exchange.response.body);
  if (listed.includes(plainHex(serial))) return pass(exchanges);
  const actual = `${answerOf(exchange)} with ${listed.length} other serial numbers`;
  return violated({ reasonCode: "not-listed", expected, actual, exchanges });
}

function judgeRevokedStatus(evidence: Evidence): Finding {
  const [call] = markedCalls(evidence, "subject");
  const [exchange] = marked(evidence, "status");
  const expected = "the status revoked";
  if (call === undefined || !grantedCall(call)) {
    const actual = call === undefined ? "no rekey" : answerOfCall(call);
    return untested({ reasonCode: "request-refused", expected, actual, exchanges: call?.frames ?? [] });
  }
  const status = text(parseJson(exchange?.response?.body), "status");
  if (exchange?.response === undefined || status === undefined) {
    const actual = exchange === undefined ? "no answer over HTTP" : answerOf(exchange);
    // That there is a status at all is A82's affair.
    return inapplicable({ reasonCode: "feature-absent", expected, actual });
  }
  const exchanges = [...call.frames, exchange];
  if (status !== "good") return pass(exchanges, [`the status is ${status}`]);
  return violated({ reasonCode: "still-good", expected, actual: "the status good", exchanges });
}

/** New certificates: at login, by renewal, and for a new key (A95, A102, A103). */
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
    fitting: refused,
  }),
  rpcRefusal({
    id: "A102.reused-nonce",
    requirement: "A102",
    title: "the nonce of a renewal renews once",
    needs,
    control: renewedOnce,
    attempt: async (world, { call }) => (await world.side()).call("auth.renew_cert", sentMembers(call)),
    fitting: refused,
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
    fitting: refused,
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
    fitting: refused,
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
    fitting: refused,
  }),
  rpcConforms({
    id: "A103.rekey",
    requirement: "A103",
    title: "auth.rekey gives a certificate for the new key, and that logs in",
    needs,
    async subject(world: AunWorld) {
      const { call, identity } = await rekeyedOnce(world);
      expectCertificate(world, identity);
      if (grantedCall(call)) world.mark("login", (await world.login(identity)).login2);
      return call;
    },
    shape: "AunRekeyedCertificate",
    relations: [
      sameKey("cert"),
      {
        reasonCode: "refused",
        expected: "a login with the new key",
        broken(_result, evidence) {
          const [login] = markedCalls(evidence, "login");
          if (login === undefined) return "no login";
          return grantedCall(login) ? undefined : answerOfCall(login);
        },
      },
    ],
  }),
  rpcRefusal({
    id: "A103.old-dead",
    requirement: "A103",
    title: "after a rekey the old key does not log in",
    needs,
    async control(world: AunWorld) {
      const { call, identity, old } = await rekeyedOnce(world);
      requireResult(call, "auth.rekey");
      return { ...(await plainLogin(world, identity)), old };
    },
    attempt: async (world, { old }) => (await world.login(old)).login2,
    fitting: refused,
  }),
  rpcRefusal({
    id: "A103.begun-login",
    requirement: "A103",
    title: "a login that the old key began before a rekey is not finished after it",
    needs,
    async control(world: AunWorld) {
      const identity = await world.identity();
      return { ...(await plainLogin(world, identity)), begun: await loginNonce(world, identity) };
    },
    async attempt(world, { identity, begun }) {
      requireResult((await rekey(world, identity)).call, "auth.rekey");
      return finishLogin(world, identity, begun);
    },
    fitting: refused,
  }),
  check<AunWorld>({
    id: "A103.in-crl",
    requirement: "A103",
    title: "after a rekey the old certificate is in the revocation list",
    level: "should",
    needs,
    async drive(world) {
      const { call, old } = await rekeyedOnce(world);
      expectCertificate(world, old);
      world.mark("subject", call);
      world.mark("list", await world.get("/pki/crl.json"));
    },
    judge: judgeListed,
  }),
  check<AunWorld>({
    id: "A103.ocsp",
    requirement: "A103",
    title: "after a rekey the old certificate's status is not good any more",
    level: "should",
    needs,
    async drive(world) {
      const { call, old } = await rekeyedOnce(world);
      expectCertificate(world, old);
      world.mark("subject", call);
      const certificate = certificateIn(old.certificate);
      if (certificate !== undefined) world.mark("status", await world.get(`/pki/ocsp/${serialOf(certificate)}`));
    },
    judge: judgeRevokedStatus,
  }),
  rpcRefusal({
    id: "A103.other-aid",
    requirement: "A103",
    title: "the login nonce of one AID does not rekey another",
    needs,
    control: rekeyedOnce,
    async attempt(world, { identity }) {
      const { aid } = await world.identity();
      const { requestId, nonce } = await loginNonce(world, identity);
      const { publicKey } = world.stranger();
      const signature = signText(`${nonce}${publicKey}`, identity.privateKey);
      const params = { aid, request_id: requestId, nonce, new_public_key: publicKey, signature };
      return (await world.side()).call("auth.rekey", params);
    },
    fitting: refused,
  }),
  rpcRefusal({
    id: "A103.unsigned-key",
    requirement: "A103",
    title: "a rekey whose signature does not cover the new key is refused",
    needs,
    control: rekeyedOnce,
    async attempt(world, { identity }) {
      const alone = await rekey(world, identity, { signed: (nonce) => nonce });
      const other = world.stranger().publicKey;
      // Where the first was granted, the second goes on with what it gave.
      const swapped = await rekey(world, alone.identity, { signed: (nonce) => `${nonce}${other}` });
      return [alone.call, swapped.call];
    },
    fitting: refused,
  }),
];
