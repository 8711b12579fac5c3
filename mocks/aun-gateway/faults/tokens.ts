import { createHmac, createPublicKey, type JsonWebKey, type KeyObject, verify } from "node:crypto";
import { isJsonObject, type JsonObject, own, ownText } from "../../ath/json.ts";
import { type KeyPair, newKeyPair } from "../../core/key-pair.ts";
import { certificateIn } from "../../core/x509/certificate.ts";
import { RpcError } from "../method.ts";
import { DAY_MS, YEAR_MS } from "../pki/authority.ts";
import { type ParsedToken, parsedToken, type TokenClaims, type TokenTerms, type TokenUse } from "../rules/tokens.ts";
import { fault, foundBy } from "./auth-service-fault.ts";

const INTERNAL_ERROR = 4500;

/** Whether the token was made with HMAC and the public key as the secret, which everybody has. */
function isHmacOfPublicKey({ header, signingInput, signature }: ParsedToken, key: KeyObject): boolean {
  if (own(header, "alg") !== "HS256") return false;
  const text = key.export({ type: "spki", format: "pem" }).toString();
  return [text, text.trimEnd()].some((secret) =>
    createHmac("sha256", secret).update(signingInput).digest().equals(signature),
  );
}

/** The key that a token brings along itself, as a JWK or as a certificate. */
function embeddedKey({ header }: ParsedToken): KeyObject | undefined {
  const jwk = own(header, "jwk");
  const chain = own(header, "x5c");
  try {
    if (isJsonObject(jwk)) return createPublicKey({ key: jwkOf(jwk), format: "jwk" });
    const [first]: readonly unknown[] = Array.isArray(chain) ? chain : [];
    const pem = typeof first === "string" ? `-----BEGIN CERTIFICATE-----\n${first}\n-----END CERTIFICATE-----` : "";
    return certificateIn(pem)?.publicKey;
  } catch {
    return undefined;
  }
}

function jwkOf(object: JsonObject): JsonWebKey {
  const text = (name: string) => ownText(object, name) ?? "";
  return { kty: text("kty"), crv: text("crv"), x: text("x"), y: text("y") };
}

function isSignedWith(key: KeyObject, { signingInput, signature }: ParsedToken): boolean {
  return verify("sha256", Buffer.from(signingInput), { key, dsaEncoding: "ieee-p1363" }, signature);
}

/** The AID that a token claims, not verified; otherwise the first there is. */
function claimedAid(token: string, aids: Iterable<string>): string | undefined {
  const known = [...aids];
  const claimed = ownText(parsedToken(token)?.claims ?? {}, "sub");
  return claimed !== undefined && known.includes(claimed) ? claimed : known[0];
}

/** What is believed without reason is believed for a long time. */
const believed = (aid: string) => ({ aid, expiresAt: Date.UTC(2100, 0) });

interface WrongClaims {
  readonly id: string;
  readonly sentence: string;
  readonly uses: readonly TokenUse[];
  readonly claims: (claims: TokenClaims) => JsonObject;
  readonly check: string;
  readonly reasonCode: string;
}

const wrongClaims: readonly WrongClaims[] = [
  {
    id: "A32.result-token-dead",
    sentence: "The token that a connect gives is no use for the next one.",
    uses: ["connect"],
    claims: (claims) => ({ ...claims, aud: "aun-session" }),
    check: "A32.result-token",
    reasonCode: "refused",
  },
  {
    id: "A112.refreshed-token-dead",
    sentence: "The access token of a refresh does not connect.",
    uses: ["refresh"],
    claims: (claims) => ({ ...claims, aud: "aun-session" }),
    check: "A112.refreshed",
    reasonCode: "refused",
  },
  {
    id: "A94.longer-than-said",
    sentence: "A token lives a day longer than expires_in says.",
    uses: ["login", "refresh", "connect"],
    claims: (claims) => ({ ...claims, exp: claims.exp + DAY_MS / 1000 }),
    check: "A94.lifetime",
    reasonCode: "wrong-lifetime",
  },
];

/** Terms that the gateway makes its tokens with and believes itself; nobody who keeps to the documents does. */
const wrongTerms: readonly {
  readonly id: string;
  readonly sentence: string;
  readonly terms: (terms: TokenTerms, issuer: string) => TokenTerms;
  readonly reasonCode: string;
}[] = [
  {
    id: "A94.sub-missing",
    sentence: "A token names its AID as aid only, not as sub.",
    terms: (terms) => ({ ...terms, subjectClaim: "agent" }),
    reasonCode: "schema",
  },
  {
    id: "A94.wrong-issuer",
    sentence: "A token says that the gateway made it, not the auth service.",
    terms: (terms, issuer) => ({ ...terms, iss: `gateway.${issuer}` }),
    reasonCode: "wrong-issuer",
  },
  {
    id: "A94.wrong-audience",
    sentence: "A token is made out to the gateway's own name, not to aun.",
    terms: (terms, issuer) => ({ ...terms, aud: `gateway.${issuer}` }),
    reasonCode: "wrong-audience",
  },
];

/** What tokens say (A32, A94, A112). */
export const issuedTokenFaults = [
  ...wrongClaims.map(({ id, sentence, uses, claims, check, reasonCode }) =>
    fault({
      id,
      requirement: id.split(".")[0] ?? id,
      sentence,
      rule: "token.claims",
      wrong: (honest) => (input) => (uses.includes(input.use) ? claims(input.claims) : honest(input)),
      kills: foundBy(reasonCode, check),
    }),
  ),
  ...wrongTerms.map(({ id, sentence, terms, reasonCode }) =>
    fault({
      id,
      requirement: "A94",
      sentence,
      rule: "token.terms",
      wrong: (honest) => (input) => terms(honest(input), input.issuer),
      kills: foundBy(reasonCode, "A94.claims"),
    }),
  ),
  fault({
    id: "A94.no-kid",
    requirement: "A94",
    sentence: "A token does not say which certificate it can be verified with.",
    rule: "token.header",
    wrong: (honest) => (input) => {
      const { kid: _, ...rest } = honest(input);
      return rest;
    },
    kills: foundBy("schema", "A94.header"),
  }),
  fault({
    id: "A94.random-kid",
    requirement: "A94",
    sentence: "The kid of a token is not the serial number of any certificate.",
    rule: "token.header",
    wrong: (honest) => (input) => ({ ...honest(input), kid: "6b65792d31" }),
    kills: foundBy("wrong-kid", "A94.header"),
  }),
  fault({
    id: "A94.signed-by-other-key",
    requirement: "A94",
    sentence: "Tokens are signed with a key of the gateway's own, which nobody else can verify.",
    rule: "token.keys",
    wrong: () => {
      let keys: KeyPair | undefined;
      return () => {
        keys ??= newKeyPair("P-256");
        return keys;
      };
    },
    kills: foundBy("signature-invalid", "A94.signature"),
  }),
  fault({
    id: "A94.same-token",
    requirement: "A94",
    sentence: "An AID gets the same token at every login.",
    rule: "token.text",
    wrong: (honest) => {
      const given = new Map<string, string>();
      return (input) => {
        const text = given.get(input.aid) ?? honest(input);
        given.set(input.aid, text);
        return text;
      };
    },
    kills: foundBy("repeated", "A94.unique"),
  }),
  fault({
    id: "A94.one-year",
    requirement: "A94",
    sentence: "A token lives for a year.",
    rule: "token.lifetime",
    wrong: () => () => YEAR_MS / 1000,
    kills: foundBy("too-long", "A94.spec-hour"),
  }),
];

/** Which tokens are believed (A22, A23, A24, A32). */
export const presentedTokenFaults = [
  fault({
    id: "A22.token-unchecked",
    requirement: "A22",
    sentence: "Every text is taken as a token.",
    rule: "token.holder",
    wrong: (honest) => (input) => {
      const aid = claimedAid(input.token, input.aids());
      return honest(input) ?? (aid === undefined ? undefined : believed(aid));
    },
    kills: foundBy("accepted", "A22.garbage"),
  }),
  fault({
    id: "A22.garbage-crashes",
    requirement: "A22",
    sentence: "A text that is no token ends in an internal error.",
    rule: "token.holder",
    wrong: (honest) => (input) => {
      if (parsedToken(input.token) === undefined) throw new RpcError(INTERNAL_ERROR, "internal error");
      return honest(input);
    },
    kills: foundBy("server-error", "A22.garbage"),
  }),
  fault({
    id: "A22.refresh-token-accepted",
    requirement: "A22",
    sentence: "A refresh token connects like an access token.",
    rule: "token.holder",
    wrong: (honest) => (input) => {
      const aid = input.refreshHolder(input.token);
      return aid === undefined ? honest(input) : believed(aid);
    },
    kills: foundBy("accepted", "A22.refresh-token"),
  }),
  fault({
    id: "A23.exp-ignored",
    requirement: "A23",
    sentence: "Tokens have an expiry, and it is never compared with the time.",
    rule: "token.isUnexpired",
    wrong: () => () => true,
    kills: foundBy("accepted", "A23.expired"),
  }),
  fault({
    id: "A24.signature-ignored",
    requirement: "A24",
    sentence: "Tokens are decoded and their signature is never verified.",
    rule: "token.signatureIsValid",
    wrong:
      () =>
      ({ parsed }) =>
        own(parsed.header, "alg") === "ES256",
    kills: foundBy("accepted", "A24.other-key", "A24.tampered", "A24.embedded-jwk"),
  }),
  fault({
    id: "A24.none-accepted",
    requirement: "A24",
    sentence: "Tokens whose header says alg none, in any spelling, pass unverified.",
    rule: "token.signatureIsValid",
    wrong: (honest) => (input) => ownText(input.parsed.header, "alg")?.toLowerCase() === "none" || honest(input),
    kills: foundBy("accepted", "A24.alg-none"),
  }),
  fault({
    id: "A24.hs256-accepted",
    requirement: "A24",
    sentence: "The algorithm is the token's choice, so that the public key serves as an HMAC secret.",
    rule: "token.signatureIsValid",
    wrong: (honest) => (input) => isHmacOfPublicKey(input.parsed, input.key) || honest(input),
    kills: foundBy("accepted", "A24.hs256-public-key"),
  }),
  fault({
    id: "A24.embedded-jwk-trusted",
    requirement: "A24",
    sentence: "A token is verified with the key that it brings along.",
    rule: "token.signatureIsValid",
    wrong: (honest) => (input) => {
      const key = embeddedKey(input.parsed);
      return key === undefined ? honest(input) : isSignedWith(key, input.parsed);
    },
    kills: foundBy("accepted", "A24.embedded-jwk"),
  }),
  fault({
    id: "A24.issuer-unchecked",
    requirement: "A24",
    sentence: "A token of another domain is believed, since that domain will have verified its agent.",
    rule: "token.holder",
    wrong: (honest) => (input) => {
      const claims = parsedToken(input.token)?.claims ?? {};
      const [issuer, aid] = [ownText(claims, "iss"), ownText(claims, "sub")];
      const isForeign = issuer?.startsWith("auth.") === true && issuer !== `auth.${input.issuer}`;
      return isForeign && aid !== undefined ? believed(aid) : honest(input);
    },
    kills: foundBy("accepted", "A24.other-domain"),
  }),
  fault({
    id: "A32.only-kite-tokens",
    requirement: "A32",
    sentence: "The access token of a login is refused as kite_token.",
    rule: "token.holder",
    wrong: () => () => undefined,
    kills: foundBy("refused", "A32.access-token"),
  }),
];
