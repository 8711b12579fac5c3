import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check, Section } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { type Json, member, text } from "../engine/json.ts";
import { answerOfCall, markedCalls } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import { accessTokenIn, isSignedBy } from "./shared/access-token.ts";
import { certificateIn, periodOf, plainHex, serialOf } from "./shared/certificates.ts";
import { plainLogin } from "./shared/login-steps.ts";
import { forgedChecks } from "./tokens-forged.ts";

/** expires_in and exp may be rounded in their own ways. */
const roundingS = 5;
/** The longest life in the documents' examples; 1 h is what they recommend. */
const longestS = 24 * 60 * 60;

/**
 * A login whose token is read. Tokens are redacted in the evidence, so what one says, and whether it verifies with
 * auth_cert, becomes a fact.
 */
async function readToken(world: AunWorld): Promise<void> {
  const identity = await world.identity();
  const { login1, login2, token } = await plainLogin(world, identity);
  world.mark("challenge", login1);
  world.mark("subject", login2);
  const read = accessTokenIn(token);
  const certificate = certificateIn(text(login1.result, "auth_cert"));
  const facts: Json = {
    aid: identity.aid,
    issuer: `auth.${world.issuer}`,
    header: read?.header ?? null,
    claims: read?.claims ?? null,
    verifies: read !== undefined && certificate !== undefined && isSignedBy(read, certificate),
  };
  world.fact("token", facts);
}

type Problem = readonly [reasonCode: string, actual: string];

/** What a judge of a token has before it. */
interface Reading {
  readonly header: unknown;
  readonly claims: unknown;
  readonly verifies: boolean;
  readonly aid: unknown;
  readonly issuer: unknown;
  /** The result of auth.aid_login2. */
  readonly login: unknown;
  readonly challenge: unknown;
}

function tokenCheck(row: {
  readonly variant: string;
  readonly title: string;
  readonly level?: "should";
  readonly expected: string;
  readonly problem: (reading: Reading) => Problem | undefined;
}): Check<AunWorld> {
  const { variant, expected, problem, ...common } = row;
  return check<AunWorld>({
    ...common,
    id: `A94.${variant}`,
    requirement: "A94",
    drive: readToken,
    judge: (evidence) => judgeToken(evidence, expected, problem),
  });
}

function judgeToken(evidence: Evidence, expected: string, problem: (reading: Reading) => Problem | undefined): Finding {
  const [call] = markedCalls(evidence, "subject");
  const [challenge] = markedCalls(evidence, "challenge");
  if (call === undefined || challenge === undefined || !grantedCall(call)) {
    const actual = call === undefined ? "no login" : answerOfCall(call);
    return untested({ reasonCode: "request-refused", expected, actual, exchanges: call?.frames ?? [] });
  }
  const { frames } = call;
  const token = evidence.facts["token"];
  const header = member(token, "header");
  if (header === null) {
    return violated({ reasonCode: "schema", expected, actual: "a token that is no JWT", exchanges: frames });
  }
  const found = problem({
    header,
    claims: member(token, "claims"),
    verifies: member(token, "verifies") === true,
    aid: member(token, "aid"),
    issuer: member(token, "issuer"),
    login: call.result,
    challenge: challenge.result,
  });
  if (found === undefined) return pass([...challenge.frames, ...frames]);
  const [reasonCode, actual] = found;
  return violated({ reasonCode, expected, actual, exchanges: [...challenge.frames, ...frames] });
}

const shown = (value: unknown) => JSON.stringify(value ?? null);

/** The algorithm that goes with each auth_curve (AUN docs 01 § 1.7). */
const algorithms: Readonly<Record<string, string>> = { "P-256": "ES256", "P-384": "ES384" };

function headerProblem({ header, challenge }: Reading): Problem | undefined {
  const algorithm = algorithms[text(challenge, "auth_curve") ?? "P-256"];
  const kid = text(header, "kid");
  if (text(header, "alg") !== algorithm) return ["schema", `alg ${shown(member(header, "alg"))}`];
  if (text(header, "typ")?.toUpperCase() !== "JWT") return ["schema", `typ ${shown(member(header, "typ"))}`];
  if (kid === undefined) return ["schema", "no kid"];
  const certificate = certificateIn(text(challenge, "auth_cert"));
  if (certificate === undefined) return undefined;
  const serial = serialOf(certificate);
  // Some languages print serial numbers in decimal.
  const isSerial =
    plainHex(kid).replace(/^0+/, "") === serial.replace(/^0+/, "") || kid === String(BigInt(`0x${serial}`));
  return isSerial ? undefined : ["wrong-kid", `kid ${kid}, the serial number being ${serial}`];
}

function claimsProblem({ claims, aid, issuer }: Reading): Problem | undefined {
  const missing = ["aid", "iss", "sub", "aud", "iat", "exp"].filter((name) => member(claims, name) === undefined);
  if (missing.length > 0) return ["schema", `no ${missing.join(", ")}`];
  const times = ["iat", "exp"].filter((name) => typeof member(claims, name) !== "number");
  if (times.length > 0) return ["schema", `${times.join(" and ")} no number`];
  if (member(claims, "sub") !== aid || member(claims, "aid") !== aid) {
    return ["wrong-subject", `aid ${shown(member(claims, "aid"))}, sub ${shown(member(claims, "sub"))}`];
  }
  if (member(claims, "iss") !== issuer) return ["wrong-issuer", `iss ${shown(member(claims, "iss"))}`];
  const audience = member(claims, "aud");
  const isAun = audience === "aun" || (Array.isArray(audience) && audience.includes("aun"));
  return isAun ? undefined : ["wrong-audience", `aud ${shown(audience)}`];
}

function lifetimeProblem({ claims, login, challenge }: Reading): Problem | undefined {
  const [iat, exp, expiresIn] = [member(claims, "iat"), member(claims, "exp"), member(login, "expires_in")].map(Number);
  if (iat === undefined || exp === undefined || expiresIn === undefined) return undefined;
  const life = exp - iat;
  if (!(Math.abs(life - expiresIn) <= roundingS)) return ["wrong-lifetime", `${life} s, expires_in being ${expiresIn}`];
  const certificate = certificateIn(text(challenge, "auth_cert"));
  const outlives = certificate !== undefined && exp * 1000 > periodOf(certificate).notAfter;
  return outlives ? ["wrong-lifetime", "it lives longer than the certificate that signed it"] : undefined;
}

/** Access tokens: which are refused (A23, A24), and what they say (A94). */
export const tokens: Section<AunWorld> = {
  id: "tokens",
  title: "Access tokens",
  checks: [
    ...forgedChecks,
    tokenCheck({
      variant: "header",
      title: "an access token is a JWT that names its algorithm and the certificate to verify it with",
      expected: "alg that fits auth_curve, typ JWT, kid the serial number of auth_cert",
      problem: headerProblem,
    }),
    tokenCheck({
      variant: "claims",
      title: "an access token names its AID, the auth service and the audience aun",
      expected: "aid and sub the AID, iss auth.{issuer}, aud aun, iat, exp",
      problem: claimsProblem,
    }),
    tokenCheck({
      variant: "lifetime",
      title: "an access token lives as long as expires_in says, within the life of auth_cert",
      expected: `exp - iat within ${roundingS} s of expires_in, exp not after auth_cert's end`,
      problem: lifetimeProblem,
    }),
    tokenCheck({
      variant: "signature",
      title: "an access token verifies with auth_cert",
      expected: "a JOSE signature of auth_cert's key",
      problem: ({ verifies }) => (verifies ? undefined : ["signature-invalid", "it does not verify"]),
    }),
    check<AunWorld>({
      id: "A94.unique",
      requirement: "A94",
      title: "two logins give two tokens",
      level: "should",
      async drive(world) {
        const identity = await world.identity();
        for (let made = 0; made < 2; made += 1) world.mark("subject", (await plainLogin(world, identity)).call);
      },
      judge(evidence) {
        const calls = markedCalls(evidence, "subject").filter(grantedCall);
        const frames = calls.flatMap((call) => call.frames);
        // They are redacted, and equal texts stay equal.
        const given = calls.map(({ result }) => text(result, "access_token") ?? text(result, "token"));
        const expected = "another token at each login";
        if (given.length < 2) {
          return untested({ reasonCode: "request-refused", expected, actual: `${given.length} logins were granted` });
        }
        if (new Set(given).size === given.length) return pass(frames);
        return violated({ reasonCode: "repeated", expected, actual: "the same token twice", exchanges: frames });
      },
    }),
    tokenCheck({
      variant: "spec-hour",
      title: "an access token lives for a day at most",
      level: "should",
      expected: `exp - iat of ${longestS} s at most`,
      problem({ claims }) {
        const life = Number(member(claims, "exp")) - Number(member(claims, "iat"));
        return life > longestS ? ["too-long", `${life} s`] : undefined;
      },
    }),
  ],
};
