import { type KeyObject, verify, type X509Certificate } from "node:crypto";
import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { text } from "../engine/json.ts";
import { answerOfCall, markedCalls, type RpcCall } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { type RpcRelation, rpcConforms } from "../kinds/rpc-conforms.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { certificatePeriod, passUntil } from "./shared/certificate-time.ts";
import { certificateIn } from "./shared/certificates.ts";
import { foreignIdentity, selfSignedIdentity } from "./shared/foreign-certificate.ts";
import { beginLogin, plainLogin, rekey } from "./shared/login-steps.ts";
import { judgeChain, publishedChain } from "./shared/published-chain.ts";
import { sentParam } from "./shared/sent.ts";

/** Logins whose ids and nonces are compared. */
const logins = 20;
const dayMs = 24 * 60 * 60 * 1000;

/** A certificate that does not fit its AID may also be called a bad parameter, or not permitted. */
const wrongCertificate = {
  codes: [...fittingCodes.login, ...fittingCodes.authentication, ...fittingCodes.badParameter, -32004],
};

const begun = async (world: AunWorld) => (await beginLogin(world, await world.identity())).call;

/** A relation that needs the auth service's certificate. */
function proved(
  reasonCode: string,
  expected: string,
  broken: (certificate: X509Certificate, call: RpcCall) => string | undefined,
): RpcRelation {
  return {
    reasonCode,
    expected,
    broken(result, _evidence, call) {
      const certificate = certificateIn(text(result, "auth_cert"));
      return certificate === undefined ? "an auth_cert that cannot be read" : broken(certificate, call);
    },
  };
}

/** The documents' name of a key's curve. */
function curveOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  const curve = asymmetricKeyDetails?.namedCurve;
  if (curve === "prime256v1") return "P-256";
  return curve === "secp384r1" ? "P-384" : (curve ?? asymmetricKeyType ?? "no curve");
}

/** What is wrong with the service's signature over the client's nonce (AUN docs 01 § 1.4); undefined: nothing. */
function proofProblem({ publicKey }: X509Certificate, call: RpcCall): string | undefined {
  const signature = text(call.result, "client_nonce_signature") ?? "";
  const bytes = Buffer.from(signature, "base64");
  if (bytes.toString("base64") !== signature) return "no standard base64 with padding";
  const digest = publicKey.asymmetricKeyType === "ec" ? (curveOf(publicKey) === "P-384" ? "sha384" : "sha256") : null;
  const signed = Buffer.from(String(sentParam(call, "client_nonce")), "utf8");
  try {
    return verify(digest, signed, publicKey, bytes) ? undefined : "it does not verify";
  } catch {
    return `a key of the kind ${publicKey.asymmetricKeyType ?? "unknown"}, which does not sign`;
  }
}

/** Judges that a member of all marked results is another one each time. */
function judgeFresh(calls: readonly RpcCall[], name: string): Finding {
  const frames = calls.flatMap((call) => call.frames);
  const values = calls.filter(grantedCall).map(({ result }) => text(result, name) ?? "");
  const expected = `${logins} different values of ${name}`;
  const different = new Set(values).size;
  const actual = `${different} different ones in ${values.length} logins`;
  if (values.length < logins) {
    const refused = calls.find((call) => !grantedCall(call));
    return untested({
      reasonCode: "request-refused",
      expected,
      actual: refused === undefined ? actual : answerOfCall(refused),
      exchanges: frames,
    });
  }
  if (different === values.length) return pass(frames);
  return violated({ reasonCode: "repeated", expected, actual, exchanges: frames });
}

async function manyLogins(world: AunWorld): Promise<void> {
  const identity = await world.identity();
  for (let made = 0; made < logins; made += 1) world.mark("subject", (await beginLogin(world, identity)).call);
}

/** A login that has to be granted before anything about it is bent. */
const control = async (world: AunWorld) => plainLogin(world, await world.identity());

/** The first step of a login (A86, A87), and which certificates it takes (A88). */
export const login1Checks: readonly Check<AunWorld>[] = [
  rpcConforms({
    id: "A86.members",
    requirement: "A86",
    title: "auth.aid_login1 answers with all that a client verifies",
    subject: begun,
    shape: "AunLoginChallenge",
  }),
  rpcConforms({
    id: "A86.signature",
    requirement: "A86",
    title: "the service signs the client's nonce with the key of auth_cert",
    subject: begun,
    relations: [proved("signature-invalid", "DER in base64 that verifies over the client_nonce as sent", proofProblem)],
  }),
  check<AunWorld>({
    id: "A86.chain",
    requirement: "A86",
    title: "auth_cert chains to the root",
    async drive(world) {
      world.mark("subject", await begun(world));
      await publishedChain(world);
    },
    judge: (evidence) => judgeChain(evidence, "auth_cert"),
  }),
  rpcConforms({
    id: "A86.curve",
    requirement: "A86",
    title: "auth_curve is the curve of auth_cert's key",
    subject: begun,
    relations: [
      proved("wrong-curve", "the curve of the key", ({ publicKey }, { result }) => {
        const [told, found] = [text(result, "auth_curve"), curveOf(publicKey)];
        return told === found ? undefined : `${told ?? "nothing"} for a key on ${found}`;
      }),
    ],
  }),
  check<AunWorld>({
    id: "A87.request-id",
    requirement: "A87",
    title: "each login has a request_id of its own, made by the server",
    async drive(world) {
      await manyLogins(world);
      const bend = { request_id: world.unique("own-request") };
      world.mark("sent", (await beginLogin(world, await world.identity(), { bend })).call);
    },
    judge(evidence) {
      const finding = judgeFresh(markedCalls(evidence, "subject"), "request_id");
      const [call] = markedCalls(evidence, "sent");
      if (finding.outcome !== "pass" || call === undefined) return finding;
      // One that refuses such a request has not taken it over either.
      const taken = text(call.result, "request_id");
      if (taken === undefined || taken !== sentParam(call, "request_id")) return finding;
      const expected = "a request_id of the server's, whatever the client sends";
      return violated({ reasonCode: "taken-over", expected, actual: taken, exchanges: call.frames });
    },
  }),
  check<AunWorld>({
    id: "A87.nonce",
    requirement: "A87",
    title: "each login has a nonce of its own",
    drive: manyLogins,
    judge: (evidence) => judgeFresh(markedCalls(evidence, "subject"), "nonce"),
  }),
  rpcRefusal({
    id: "A88.expired",
    requirement: "A88",
    title: "a certificate does not log in after its end",
    needs: ["clock", "open-registration"],
    traits: ["exclusive"],
    control,
    async attempt(world, { identity }) {
      await passUntil(world, certificatePeriod(identity).notAfter + dayMs);
      return (await world.login(identity)).login2;
    },
    fitting: wrongCertificate,
  }),
  rpcRefusal({
    id: "A88.foreign",
    requirement: "A88",
    title: "a certificate of another authority does not log in, whatever name that has",
    control,
    async attempt(world, { identity }) {
      const forged = foreignIdentity(identity.aid, world.issuer, world.now());
      return (await world.login(forged)).login2;
    },
    fitting: wrongCertificate,
  }),
  rpcRefusal({
    id: "A88.self-signed",
    requirement: "A88",
    title: "a certificate that signed itself does not log in, whatever AID it names",
    control,
    async attempt(world, { identity }) {
      const forged = selfSignedIdentity(identity.aid, world.now());
      return (await world.login(forged)).login2;
    },
    fitting: wrongCertificate,
  }),
  rpcRefusal({
    id: "A88.wrong-cn",
    requirement: "A88",
    title: "the certificate of one AID does not log in another",
    control,
    async attempt(world, { identity }) {
      const { aid } = await world.identity();
      return (await world.login({ ...identity, aid })).login2;
    },
    fitting: wrongCertificate,
  }),
  rpcRefusal({
    id: "A88.revoked",
    requirement: "A88",
    title: "a revoked certificate does not log in",
    needs: ["open-registration"],
    control,
    async attempt(world, { identity }) {
      requireResult((await rekey(world, identity)).call, "auth.rekey");
      return (await world.login(identity)).login2;
    },
    fitting: wrongCertificate,
  }),
];
