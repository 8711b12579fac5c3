import { signText } from "../drivers/aun/identity.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, inapplicable, pass, untested, violated } from "../engine/finding.ts";
import { answerOf } from "../engine/granted.ts";
import { member, parseJson, strings, text } from "../engine/json.ts";
import { answerOfCall, markedCalls } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { rpcConforms } from "../kinds/rpc-conforms.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { certificateIn, plainHex, serialOf } from "./shared/certificates.ts";
import { finishLogin, loginNonce, plainLogin, rekey } from "./shared/login-steps.ts";
import { expectCertificate, refusedRenewal, sameKey } from "./shared/new-certificate.ts";
import { revocationListIn } from "./shared/revocation-list.ts";

/** A rekey revokes what an operator would have lent. */
const needs = ["open-registration"] as const;

async function rekeyedOnce(world: AunWorld) {
  const old = await world.identity();
  return { ...(await rekey(world, old)), old };
}

/** A rekey whose old certificate is judged by what the target publishes of it; gives that certificate's holder. */
async function certificateReplaced(world: AunWorld) {
  const { call, old } = await rekeyedOnce(world);
  expectCertificate(world, old);
  world.mark("subject", call);
  return old;
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

/** Certificates for a new key, and the end of the old one (A103). */
export const rekeyChecks: readonly Check<AunWorld>[] = [
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
    granted: true,
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
    fitting: refusedRenewal,
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
    fitting: refusedRenewal,
  }),
  check<AunWorld>({
    id: "A103.in-crl",
    requirement: "A103",
    title: "after a rekey the old certificate is in the revocation list",
    level: "should",
    needs,
    async drive(world) {
      await certificateReplaced(world);
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
      const old = await certificateReplaced(world);
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
    fitting: refusedRenewal,
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
    fitting: refusedRenewal,
  }),
];
