import {
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
} from "node:crypto";
import { type Handshake, type House, keyOf } from "./house.ts";
import { type Claims, claimsBy, jwt, padded, pemOf, readKey, signed, verified } from "./keys.ts";
import { ask } from "./question.ts";
import { number, objectIn, Refusal, text, texts, timely } from "./refusal.ts";

/** A message of the gateway, without type and timestamp. */
export type Message = Claims;

const byNumber = (one: string, other: string) => one.localeCompare(other, "en", { numeric: true });

const written = { bare: (text: string) => text, padded } as const;

/** Step 1 and 2. */
export function hello(house: House, body: Claims): { readonly handshake: Handshake; readonly message: Message } {
  const { character, now, nonces, agentKeys, handshakes } = house;
  timely(body, now());
  const did = text(body, "client_did");
  const pem = text(body, "client_pubkey");
  const nonceA = text(body, "nonce");
  const offered = texts(body, "capabilities");
  const versions = texts(body, "versions");
  const version = versions
    .filter((one) => character.versions.includes(one))
    .sort(byNumber)
    .at(-1);
  if (version === undefined) throw new Refusal("no-common-version", `we speak ${character.versions.join(", ")}`);
  const agentKey = readKey(pem);
  if (agentKey === undefined) throw new Refusal("bad-key", "client_pubkey is no key that we use");
  const algorithm = character.algorithms.find((one) => offered.includes(one) && one === agentKey.algorithm);
  const own = algorithm === undefined ? undefined : house.keys.get(algorithm);
  if (algorithm === undefined || own === undefined) throw new Refusal("no-common-algorithm", "no algorithm in common");
  if ((agentKeys.get(did) ?? pem) !== pem) throw new Refusal("key-changed", "this DID has another key");
  if (character.nonceA === "once" && nonces.has(nonceA)) throw new Refusal("nonce-used", "this nonce was used before");
  nonces.add(nonceA);
  if (character.keyKept === "at-hello") agentKeys.set(did, pem);
  if (character.handshakesOfAgent === "latest") {
    for (const other of handshakes.values()) if (other.did === did) other.stage = "over";
  }
  const nonceB = randomBytes(24).toString("hex");
  const id = house.newId();
  const opened = { id, did, pem, algorithm, nonceB, openedAt: now(), stage: "opened", grant: undefined } as const;
  const handshake: Handshake = { ...opened };
  handshakes.set(keyOf(id, character), handshake);
  const known: readonly string[] = [...character.algorithms, "TLS1.3"];
  const message = {
    server_did: house.did,
    server_pubkey: own.pem,
    version,
    capabilities: offered.filter((one) => known.includes(one)),
    nonce: nonceB,
    signature: written[character.base64url](signed(own, nonceA, character.signature)),
  };
  return { handshake, message };
}

function agentSigned(house: House, { pem }: Handshake, said: string, signature: string): boolean {
  const key = readKey(pem)?.key;
  return key !== undefined && verified(key, said, signature, house.character.signature);
}

/** Steps 3 and 4. */
export function prove(house: House, handshake: Handshake, body: Claims): Message {
  const { character, agentKeys, scopes, log } = house;
  const { did, pem, nonceB } = handshake;
  const right = agentSigned(house, handshake, nonceB, text(body, "signature"));
  if (!right || (agentKeys.get(did) ?? pem) !== pem) {
    handshake.stage = "over";
    log({ what: "identity", agent: did, went: "refused" });
    throw new Refusal("bad-proof", "this does not prove who you are");
  }
  agentKeys.set(did, pem);
  handshake.stage = "proven";
  const { about } = character.question;
  return {
    success: true,
    metadata: {
      scopes_supported: [...scopes, "internal:only"],
      token_max_ttl: character.lifetimes.tokenS,
      require_user_confirmation: true,
      asks_about: about,
    },
  };
}

/** Steps 5 to 8. */
export async function request(house: House, handshake: Handshake, body: Claims): Promise<Message> {
  const { character, users, now, scopes: known, log } = house;
  const { tokenS, marginS, tooLong } = character.lifetimes;
  const asked = texts(body, "scopes");
  const ttl = number(body, "ttl");
  const authorization = objectIn(body, "user_authorization");
  const credential = text(authorization, "credential");
  if (!agentSigned(house, handshake, credential, text(authorization, "signature"))) {
    throw new Refusal("bad-credential", "the agent has not signed the credential");
  }
  const issuers = users().flatMap((user) => {
    const key = readKey(user.publicKey)?.key;
    const claims = key === undefined ? undefined : claimsBy(key, credential);
    return claims?.["iss"] === user.did && claims["sub"] === user.did ? [{ user, claims }] : [];
  });
  const [issuer] = issuers;
  if (issuer === undefined) throw new Refusal("bad-credential", "no user whom we know has signed the credential");
  const { user, claims } = issuer;
  const expires = number(claims, "exp");
  if (claims["client_did"] !== handshake.did || expires <= now() / 1000) {
    throw new Refusal("bad-credential", "the credential is not for this agent, or not any more");
  }
  if (ttl > tokenS && tooLong === "refused") throw new Refusal("malformed", `ttl may be ${tokenS} s`);
  const allowed = texts(claims, "scopes");
  const grantable = asked.filter((scope) => allowed.includes(scope) && known.includes(scope));
  if (grantable.length === 0) throw new Refusal("nothing-granted", "none of these scopes can be granted");
  const restrictions = restrictionsOf(house, handshake.did);
  if (character.restrictions === "at-scopes" && !isOpen(house, handshake.did)) {
    throw new Refusal("not-allowed", "not at this time of day");
  }
  handshake.stage = "asking";
  const approval = await ask(
    house,
    handshake,
    user,
    character.question.about === "requested" ? asked : grantable,
  ).catch((error: unknown) => {
    handshake.stage = "over";
    log({ what: "consent", agent: handshake.did, user: user.did, scopes: asked, went: "refused" });
    throw error;
  });
  if (isOver(handshake)) throw new Refusal("not-due", "another handshake took the place of this one");
  const given = grantable.filter((scope) => approval.scopes.includes(scope));
  const left = Math.min(ttl, tokenS, expires - now() / 1000, approval.until - now() / 1000);
  const ttlS = Math.floor(left) - marginS;
  if (given.length === 0 || ttlS <= 0) {
    handshake.stage = "over";
    throw new Refusal("nothing-granted", "nothing is left to be granted");
  }
  handshake.grant = { user: user.did, scopes: given, ttlS };
  handshake.stage = "granted";
  return {
    scopes_granted: given,
    scopes_denied: asked
      .filter((scope) => !given.includes(scope))
      .map((scope) => ({ scope, reason: grantable.includes(scope) ? "用户没有同意" : "not available" })),
    ttl_granted: ttlS,
    ...restrictions,
  };
}

/** Others may have ended it meanwhile. */
function isOver({ stage }: Handshake): boolean {
  return stage === "over";
}

/** The night shift's hours, by a clock eight hours ahead of UTC. */
const openFrom = 22;
const openUntil = 6;
const zoneH = 8;

function restrictionsOf({ character }: House, did: string): Claims {
  if (character.restrictions === "none") return {};
  const kind = /^did:ath:agent:(ip|time|rate)-/.exec(did)?.[1];
  if (kind === "ip") return { restrictions: { ip_whitelist: ["198.51.100.0/24"], rate_limit: null } };
  if (kind === "time") return { restrictions: { access_time: `${openFrom}:00 - 0${openUntil}:00` } };
  return kind === "rate" ? { restrictions: { rate_limit: "7/minutes", note: "small" } } : { restrictions: {} };
}

/** Whether the agent may work at this hour. */
export function isOpen({ now }: House, did: string): boolean {
  if (!did.startsWith("did:ath:agent:time-")) return true;
  const hour = (new Date(now()).getUTCHours() + zoneH) % 24;
  return hour >= openFrom || hour < openUntil;
}

/** Step 9. */
export function complete(house: House, handshake: Handshake, body: Claims): Message {
  const { character, log, now } = house;
  const { grant, did, algorithm } = handshake;
  if (text(body, "key_exchange_alg") !== "ECDH-P256") throw new Refusal("bad-exchange", "ECDH-P256 only");
  if (text(body, "cipher_suite") !== "AES-256-GCM") throw new Refusal("bad-exchange", "AES-256-GCM only");
  const theirs = pointOf(text(body, "key_exchange_params"));
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const own = house.keys.get(algorithm);
  if (theirs === undefined || grant === undefined || own === undefined) {
    throw new Refusal("bad-exchange", "key_exchange_params is no key on P-256");
  }
  if (diffieHellman({ privateKey, publicKey: theirs }).length !== 32) throw new Refusal("bad-exchange", "no secret");
  handshake.stage = "over";
  log({ what: "handshake", agent: did, user: grant.user, scopes: grant.scopes, went: "granted" });
  const { token } = character;
  const iat = Math.floor(now() / 1000);
  const scopes = token.scopes === "scopes-list" ? { scopes: grant.scopes } : { scope: grant.scopes.join(" ") };
  const subject = token.agentClaim === "sub" ? { sub: did } : { sub: grant.user, client_id: did };
  const claims = { iss: house.did, ...subject, user_did: grant.user, ...scopes, iat, exp: iat + grant.ttlS };
  return {
    key_exchange_alg: "ECDH-P256",
    key_exchange_params: pemOf(publicKey, character.pem),
    cipher_suite: "AES-256-GCM",
    access_token: jwt(own, token.header, { ...token.claims, ...claims, jti: randomUUID() }),
    token_type: "Bearer",
    expires_in: grant.ttlS,
  };
}

function pointOf(pem: string): KeyObject | undefined {
  const read = readKey(pem);
  return read?.algorithm === "ES256" ? createPublicKey(read.key.export({ format: "pem", type: "spki" })) : undefined;
}

/** What each message may come at, what takes it, and what its answer is called. */
export const steps = {
  identity_proof: { at: "opened", take: prove, answer: "identity_result" },
  scope_request: { at: "proven", take: request, answer: "scope_result" },
  handshake_complete: { at: "granted", take: complete, answer: "handshake_complete" },
} as const;

export function isStep(type: string): type is keyof typeof steps {
  return Object.hasOwn(steps, type);
}
