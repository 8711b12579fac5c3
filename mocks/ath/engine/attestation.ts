import { isJsonObject, type JsonObject, own } from "../json.ts";
import { type RefusalReason, Refused } from "../refusal.ts";
import type { AttestedEndpoint, Claims } from "../rules/attestation.ts";
import type { GatewayState, IdentityEntry, ReplayMemory } from "../state.ts";
import { log } from "./audit-log.ts";
import type { AthContext } from "./context.ts";
import { tokenPath } from "./context.ts";

/** A JWS in its parts, nothing verified. */
interface ParsedAttestation {
  readonly header: JsonObject;
  readonly claims: Claims;
  readonly signingInput: string;
  readonly signature: Uint8Array;
}

/** Longer than any honest attestation. */
const MAX_LENGTH = 16 * 1024;

/** More jti values than this are not remembered; the oldest are forgotten first. */
const MAX_JTIS = 200_000;

function jsonPart(part: string): JsonObject | undefined {
  if (!/^[\w-]+$/.test(part)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function text(claims: JsonObject, name: string): string | undefined {
  const value = own(claims, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function audience(claims: JsonObject): Claims["aud"] {
  const value = own(claims, "aud");
  if (!Array.isArray(value)) return text(claims, "aud");
  const named = value.filter((item) => typeof item === "string");
  return named.length === value.length && named.length > 0 ? named : undefined;
}

/** Reads a claim that is a time; seconds. */
type Time = (claim: "iat" | "exp", value: unknown) => number | undefined;

/** Reads the compact form (RFC 7515 § 3.1); undefined when it is none. */
function parse(attestation: string, time: Time): ParsedAttestation | undefined {
  if (attestation.length > MAX_LENGTH) return undefined;
  const [first, second, third, ...rest] = attestation.split(".");
  if (first === undefined || second === undefined || third === undefined || rest.length > 0) return undefined;
  const header = jsonPart(first);
  const payload = jsonPart(second);
  if (header === undefined || payload === undefined || !/^[\w-]*$/.test(third)) return undefined;
  return {
    header,
    claims: {
      iss: text(payload, "iss"),
      sub: text(payload, "sub"),
      aud: audience(payload),
      iat: time("iat", own(payload, "iat")),
      exp: time("exp", own(payload, "exp")),
      jti: text(payload, "jti"),
    },
    signingInput: `${first}.${second}`,
    signature: Buffer.from(third, "base64url"),
  };
}

/** The sub that an attestation claims, not verified. */
export function claimedSub(attestation: string | undefined): string | undefined {
  return attestation === undefined ? undefined : parse(attestation, () => undefined)?.claims.sub;
}

function refuse(problem: string, reason: RefusalReason = "attestation-invalid"): never {
  throw new Refused(reason, `the attestation ${problem}`);
}

function replayMemory({ jtis }: GatewayState, now: number): ReplayMemory {
  return {
    has: (key) => (jtis.get(key) ?? 0) > now,
    add: (key, until) => {
      jtis.set(key, until);
      if (jtis.size <= MAX_JTIS) return;
      for (const oldest of jtis.keys()) {
        jtis.delete(oldest);
        break;
      }
    },
  };
}

interface Presented {
  readonly endpoint: AttestedEndpoint;
  /** The agent that the attestation has to be of. */
  readonly agentId: string;
  readonly attestation: string | undefined;
}

function judgeClaims(context: AthContext, endpoint: AttestedEndpoint, claims: Claims): void {
  const { rules, settings } = context;
  const now = context.clock.now();
  const { exp, iat, aud } = claims;
  if (!rules["attestation.isUnexpired"]({ endpoint, exp, now })) refuse("has expired");
  if (!rules["attestation.issueTimeFits"]({ endpoint, iat, now })) refuse("was not issued within 5 minutes of now");
  const baseUrl = settings.publicUrl;
  const tokenUrl = baseUrl + tokenPath;
  if (!rules["attestation.audienceFits"]({ endpoint, aud, baseUrl, tokenUrl })) refuse("is for another audience");
}

/** What is wrong with the signature under this document; undefined: it holds. */
async function problemUnder(
  context: AthContext,
  entry: IdentityEntry,
  endpoint: AttestedEndpoint,
  parsed: ParsedAttestation,
): Promise<string | undefined> {
  const { rules, hooks } = context;
  const { document, url, publishedKey } = entry;
  if (!rules["identity.documentIsOfItsUrl"]({ document, url })) return "leads to an identity document of another agent";
  const { header, signingInput, signature } = parsed;
  const { fetchText } = hooks;
  const key = await rules["attestation.verificationKey"]({ header, document, publishedKey, fetchText });
  if (key === undefined) return "leads to an identity document without a usable public_key";
  const valid = rules["attestation.signatureIsValid"]({ endpoint, header, document, key, signingInput, signature });
  return valid ? undefined : "is not signed with the key published at its subject";
}

/** A document that cannot be had is the attestation's failure, not ours. */
async function fetched<Document>(document: Promise<Document>): Promise<Document> {
  try {
    return await document;
  } catch (error) {
    const problem = error instanceof Error ? error.message : "could not be read";
    return refuse(`cannot be verified: its identity document ${problem}`);
  }
}

async function judgeSignature(
  context: AthContext,
  url: string,
  endpoint: AttestedEndpoint,
  parsed: ParsedAttestation,
): Promise<void> {
  const { documents } = context;
  const { entry, fetchedForThis } = await fetched(documents.current(url));
  const problem = await problemUnder(context, entry, endpoint, parsed);
  if (problem === undefined) return;
  // A document fetched just now is as new as it gets; one from the cache may be older than the agent's key.
  const newer = fetchedForThis ? undefined : await fetched(documents.newer(entry));
  const stillWrong = newer === undefined ? problem : await problemUnder(context, newer, endpoint, parsed);
  if (stillWrong !== undefined) refuse(stillWrong);
}

async function judge(context: AthContext, presented: Presented): Promise<void> {
  const { rules, state, clock } = context;
  const { endpoint, agentId } = presented;
  const treatment = rules["attestation.treatment"](presented);
  if (treatment.treat === "refuse") refuse(treatment.problem);
  if (treatment.treat === "trust") return;
  const token = treatment.attestation;

  const parsed =
    parse(token, (claim, value) => rules["attestation.time"]({ claim, value, now: clock.now() })) ??
    refuse(rules["attestation.unreadable"]());
  const { claims } = parsed;
  const missing = rules["attestation.missingClaims"]({ endpoint, claims });
  if (missing.length > 0) refuse(`lacks ${missing.join(", ")}`);
  if (!rules["attestation.subjectIsAgent"]({ endpoint, sub: claims.sub, agentId })) {
    refuse("is of another agent", "attestation-of-another");
  }
  if (rules["attestation.claimsAreJudged"]({ endpoint })) judgeClaims(context, endpoint, claims);

  const signer = rules["attestation.signer"]({ endpoint, iss: claims.iss, sub: claims.sub ?? agentId });
  if (!signer.ok) refuse(signer.problem);
  else await judgeSignature(context, signer.documentUrl, endpoint, parsed);

  // Last, so that nobody can use up another's jti with a forged attestation.
  const now = clock.now();
  const { jti, exp } = claims;
  const seen = replayMemory(state, now);
  if (!(await rules["attestation.jtiIsFresh"]({ endpoint, agentId, jti, exp, token, now, seen }))) {
    refuse("was used before");
  }
}

/**
 * Verifies an attestation for one use. Throws {@link Refused} with the reason `attestation-invalid` or
 * `attestation-of-another`.
 */
export async function verifyAttestation(context: AthContext, presented: Presented): Promise<void> {
  try {
    await judge(context, presented);
  } catch (error) {
    if (error instanceof Refused) {
      const { agentId: agent_id, attestation } = presented;
      const secrets = attestation === undefined ? {} : { attestation };
      log(context, { event: "attestation_failed", agent_id, denial_reason: error.message }, secrets);
    }
    throw error;
  }
}
