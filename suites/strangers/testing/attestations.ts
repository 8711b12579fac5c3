import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { get as httpGet } from "node:http";
import { get as httpsGet } from "node:https";
import { isObject } from "./bodies.ts";
import type { Character } from "./character.ts";
import { Refusal } from "./refusals.ts";
import type { Json } from "./wire.ts";

/** Whether an attestation holds, at every endpoint that takes one: {@link createAttestations}. */
export interface AttestationVerifier {
  /** Gives `sub`, once the attestation was found right for this audience. */
  verify(attestation: unknown, audience: string): Promise<string>;
}

interface Options {
  readonly character: Character;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

interface Published {
  readonly key: KeyObject;
  readonly at: number;
}

const documentTimeoutMs = 1500;
const documentBytes = 65_536;
const skewS = 300;
const refetchEveryMs = 60_000;

/** ATH 0.1 client/identity § Verification, Required Claims, Caching. */
export function createAttestations({ character, now }: Options): AttestationVerifier {
  const {
    cacheS,
    jti: spending,
    audience: comparison,
    issuer,
    headerKeys,
    documents,
    failureS,
  } = character.attestations;
  const published = new Map<string, Published>();
  const refetched = new Map<string, number>();
  /** When the document of an agent could not be had. */
  const failed = new Map<string, number>();
  /** By agent and jti, until when it is remembered. */
  const spent = new Map<string, number>();

  const spend = (sub: string, jti: string, exp: number) => {
    const id = `${sub} ${jti}`;
    if ((spent.get(id) ?? 0) > now()) throw bad("this jti was seen before");
    spent.set(id, exp * 1000);
  };

  const keyOf = async (agentId: string): Promise<Published & { readonly fromCache: "yes" | "no" }> => {
    const cached = published.get(agentId);
    if (cached !== undefined && now() - cached.at < cacheS * 1000) return { ...cached, fromCache: "yes" };
    if (now() - (failed.get(agentId) ?? 0) < failureS * 1000) throw bad("the document could not be fetched just now");
    try {
      const fresh = { key: await fetchKey(agentId, documents), at: now() };
      published.set(agentId, fresh);
      return { ...fresh, fromCache: "no" };
    } catch (error) {
      failed.set(agentId, now());
      throw error;
    }
  };

  const isSigned = async (agentId: string, input: string, signature: Buffer): Promise<boolean> => {
    const holds = (key: KeyObject) =>
      signature.length === 64 && verify("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" }, signature);
    const { key, fromCache } = await keyOf(agentId);
    if (holds(key)) return true;
    if (fromCache === "no" || now() - (refetched.get(agentId) ?? 0) < refetchEveryMs) return false;
    refetched.set(agentId, now());
    published.delete(agentId);
    return holds((await keyOf(agentId)).key);
  };

  return {
    async verify(attestation, audience) {
      if (typeof attestation !== "string") throw bad("an attestation has to be a string");
      const parts = attestation.split(".");
      const [head = "", payload = "", signature = ""] = parts;
      if (parts.length !== 3 || signature === "") throw bad("an attestation has three parts");
      const header = part(head);
      const claims = part(payload);
      if (header["alg"] !== "ES256" || header["crit"] !== undefined) throw bad("only ES256 counts");
      if (headerKeys === "refused" && ["jwk", "jku", "x5u", "x5c"].some((name) => header[name] !== undefined)) {
        throw bad("keys in the header are not wanted");
      }
      const { sub, jti, exp, iat } = required(claims);
      if (spending === "when-read") spend(sub, jti, exp);
      if (!isIssuer(claims["iss"], sub, issuer)) throw bad("iss is not the agent's");
      if (!isAudience(claims["aud"], audience, comparison)) throw bad("aud is another server");
      const nowS = now() / 1000;
      if (exp <= nowS) throw bad("expired");
      if (Math.abs(nowS - iat) > skewS) throw bad("iat is more than five minutes away");
      if (!(await isSigned(sub, `${head}.${payload}`, Buffer.from(signature, "base64url")))) throw bad("not signed");
      if (spending === "when-verified") spend(sub, jti, exp);
      return sub;
    },
  };
}

function bad(message: string): Refusal {
  return new Refusal("attestation", message);
}

function part(encoded: string): Json {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, "base64url").toString("utf8"));
    if (isObject(value)) return value;
  } catch {
    // Falls through to the refusal.
  }
  throw bad("a part of the attestation is no JSON object");
}

function required({ iss, sub, aud, iat, exp, jti }: Json) {
  const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
  const isTime = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
  if (!isText(iss) || aud === undefined || !isText(sub) || !isText(jti)) throw bad("a claim is missing");
  if (!isTime(iat) || !isTime(exp)) throw bad("iat and exp have to be numbers");
  return { sub, jti, iat, exp };
}

function isIssuer(iss: unknown, sub: string, allowed: Character["attestations"]["issuer"]): boolean {
  if (allowed === "any" || iss === sub) return true;
  return allowed === "origin-too" && URL.canParse(sub) && iss === new URL(sub).origin;
}

function isAudience(aud: unknown, audience: string, comparison: Character["attestations"]["audience"]): boolean {
  if (aud === audience) return true;
  if (comparison === "exact") return false;
  return aud === `${audience}/` || (Array.isArray(aud) && aud.includes(audience));
}

/** The key in the document at agentId. No redirects, a limit of time and one of size. */
async function fetchKey(agentId: string, where: Character["attestations"]["documents"]): Promise<KeyObject> {
  const atRoot = /^https?:\/\/[^/?#]+\/\.well-known\/agent\.json$/;
  if (!/^https?:\/\//.test(agentId) || (where === "host-root" && !atRoot.test(agentId))) {
    throw bad("sub is no address of an identity document");
  }
  const document = await fetchDocument(agentId);
  if (!isObject(document) || document["agent_id"] !== agentId) throw bad("the document is of another agent");
  const key = publicKey(document["public_key"]);
  if (key?.asymmetricKeyDetails?.namedCurve !== "prime256v1") throw bad("the document has no P-256 key");
  return key;
}

/**
 * With node:http and not with fetch: on Node 20 an abort now and then leaves a fetched body waiting for as long as its
 * host goes on sending.
 */
function fetchDocument(agentId: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = () => {
      clearTimeout(timer);
      outgoing.destroy();
      reject(new Refusal("document-unavailable", "the identity document could not be fetched"));
    };
    const get = agentId.startsWith("https:") ? httpsGet : httpGet;
    const outgoing = get(agentId, { agent: false, headers: { Accept: "application/json" } }, (incoming) => {
      const pieces: Buffer[] = [];
      let length = 0;
      if (incoming.statusCode !== 200) fail();
      incoming.on("data", (piece: Buffer) => {
        pieces.push(piece);
        length += piece.length;
        if (length > documentBytes) fail();
      });
      incoming.on("error", fail);
      incoming.on("end", () => {
        clearTimeout(timer);
        try {
          resolve(JSON.parse(Buffer.concat(pieces).toString("utf8")));
        } catch {
          fail();
        }
      });
    });
    const timer = setTimeout(fail, documentTimeoutMs);
    outgoing.on("error", fail);
  });
}

/** A JWK or PEM. */
function publicKey(value: unknown): KeyObject | undefined {
  try {
    if (typeof value === "string") return createPublicKey(value);
    return isObject(value) ? createPublicKey({ key: { ...value }, format: "jwk" }) : undefined;
  } catch {
    return undefined;
  }
}
