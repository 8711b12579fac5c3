import { createHash } from "node:crypto";
import type { JsonObject } from "../../ath/json.ts";
import { freshExchangeKey, sessionKey } from "../exchange-key.ts";
import { ownNumber, ownString } from "../json.ts";
import { signJwt } from "../jwt.ts";
import { serverKey } from "../keys.ts";
import { Refused } from "../refusal.ts";
import { CIPHER_SUITE, EXCHANGE_ALGORITHM, type TokenClaims } from "../rules/completion.ts";
import type { Grant, Handshake } from "../state.ts";
import { log } from "./audit-log.ts";
import { type HandshakeContext, secondsNow } from "./context.ts";
import { answerIn } from "./correlation.ts";

/** More living tokens than this are not issued: a token that were forgotten could not be taken back. */
const MAX_TOKENS = 50_000;

/** What a handshake has that was granted nothing. */
const nothing: Grant = { userDid: "", requested: [], scopes: [], ttl: 60, restrictions: {} };

/** Our side of the exchange, and the session key. Throws {@link Refused} `key-exchange-invalid`. */
function exchanged({ rules }: HandshakeContext, handshake: Handshake, body: JsonObject) {
  const algorithm = ownString(body, "key_exchange_alg") ?? EXCHANGE_ALGORITHM;
  const cipher = ownString(body, "cipher_suite") ?? CIPHER_SUITE;
  if (!rules["exchange.suiteIsKnown"]({ algorithm, cipher })) {
    throw new Refused("key-exchange-invalid", `this gateway knows ${EXCHANGE_ALGORITHM} with ${CIPHER_SUITE}`);
  }
  const agentKey = rules["exchange.agentKey"]({ pem: ownString(body, "key_exchange_params") ?? "" });
  if (agentKey === undefined) {
    throw new Refused("key-exchange-invalid", "key_exchange_params must be a public key on P-256 (SPKI PEM)");
  }
  const own = rules["exchange.ownKey"]({ fresh: freshExchangeKey });
  const { nonceA, nonceB } = handshake;
  const digest = createHash("sha256")
    .update(sessionKey(own, agentKey, nonceA, nonceB))
    .digest("base64url");
  return { pem: own.pem, sessionKeyDigest: digest };
}

function issue(context: HandshakeContext, handshake: Handshake, grant: Grant, sessionKeyDigest: string): string {
  const { rules, state, random, settings, clock } = context;
  const iat = secondsNow(context);
  const claims: TokenClaims = {
    iss: settings.serverDid,
    sub: handshake.agent.did,
    user_did: grant.userDid,
    scopes: grant.scopes,
    iat,
    exp: iat + grant.ttl,
    jti: random.text(18),
    handshake_id: handshake.id,
  };
  const said = rules["token.claims"]({ claims, requested: grant.requested });
  const announced = handshake.serverKey;
  const signer = rules["token.signingKey"]({ announced, fresh: () => serverKey(announced.algorithm) });
  const jti = ownString(said, "jti") ?? claims.jti;
  state.tokens.set(jti, {
    jti,
    agentDid: claims.sub,
    userDid: grant.userDid,
    scopes: grant.scopes,
    restrictions: grant.restrictions,
    issuedAt: clock.now(),
    expiresAt: (ownNumber(said, "exp") ?? claims.exp) * 1000,
    sessionKeyDigest,
    revoked: false,
  });
  return signJwt(said, signer);
}

/** Step 9. Throws {@link Refused} `key-exchange-invalid`. */
export function complete(context: HandshakeContext, handshake: Handshake, body: JsonObject): Response {
  if (context.state.tokens.size >= MAX_TOKENS) throw new Refused("no-room", "too many tokens are alive");
  const grant = handshake.grant ?? nothing;
  const { pem, sessionKeyDigest } = exchanged(context, handshake, body);
  const token = issue(context, handshake, grant, sessionKeyDigest);
  handshake.stage = "completed";
  log(
    context,
    {
      event: "token_issued",
      outcome: "success",
      handshake_id: handshake.id,
      agent: handshake.agent.did,
      user: grant.userDid,
      scopes: grant.scopes,
    },
    { access_token: token },
  );
  return answerIn(context, handshake.id, "handshake_complete", {
    key_exchange_alg: EXCHANGE_ALGORITHM,
    key_exchange_params: pem,
    cipher_suite: CIPHER_SUITE,
    access_token: token,
  });
}
