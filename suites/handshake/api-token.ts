import { createPublicKey } from "node:crypto";
import type { Connection } from "../drivers/handshake/agent.ts";
import { claimsOf, headerOf, signJwt, tamperJwt } from "../drivers/handshake/jwt.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { notTested } from "../engine/stop.ts";
import { requireGranted } from "../kinds/control.ts";
import { refusedCall, workingCall } from "./shared/refused-call.ts";

/** Another token in the place of the right one; null: none. */
interface BentToken {
  readonly variant: string;
  readonly title: string;
  readonly bend: (world: HandshakeWorld, connection: Connection) => string | null;
}

/** Header and claims of the real token, so that nothing but what is bent is a reason to refuse. */
function partsOf({ token }: Connection) {
  const claims = claimsOf(token);
  const { alg: _, ...header } = headerOf(token) ?? {};
  if (claims !== undefined) return { header, claims };
  throw notTested("no-jwt", "the access token is no JWT: none can be forged after it", {
    cause: "target",
    mend: "see HS-19.signature",
  });
}

const bentTokens: readonly BentToken[] = [
  { variant: "no-token", title: "a call without a token is refused", bend: () => null },
  { variant: "garbage", title: "a call with something that is no token is refused", bend: () => "not-a-token" },
  {
    variant: "forged",
    title: "a token that another key has signed is refused",
    bend: (world, connection) => signJwt({ ...partsOf(connection), signer: world.newKey() }),
  },
  {
    variant: "tampered",
    title: "a token whose claims were changed after it was signed is refused",
    bend(_world, connection) {
      const { exp } = partsOf(connection).claims;
      return tamperJwt(connection.token, { exp: typeof exp === "number" ? exp + 60 : "never" });
    },
  },
  {
    variant: "embedded-jwk",
    title: "a token that brings the key to verify it with is refused",
    bend(world, connection) {
      const key = world.newKey();
      const { header, claims } = partsOf(connection);
      const jwk = createPublicKey(key.publicPem).export({ format: "jwk" });
      return signJwt({ header: { ...header, jwk }, claims, signer: key });
    },
  },
  {
    variant: "alg-none",
    title: "a token with alg none is refused",
    bend: (_world, connection) => signJwt({ ...partsOf(connection), signer: "none" }),
  },
  {
    variant: "hs256-public-key",
    title: "a token with an HMAC keyed by the gateway's public key is refused",
    bend: (_world, connection) =>
      signJwt({ ...partsOf(connection), signer: { hmac: connection.handshake.offer?.serverKey ?? "" } }),
  },
  {
    variant: "other-gateway",
    title: "a token of another gateway is refused",
    bend(world, connection) {
      const { header, claims } = partsOf(connection);
      return signJwt({ header, claims: { ...claims, iss: "did:ath:gateway:another" }, signer: world.newKey() });
    },
  },
];

/** No token lives so long; the clock of a target is not moved further for one. */
const longestS = 86_400;

/** Seconds until the token has expired: by what it says itself, otherwise by what was granted. */
function lifeOf(world: HandshakeWorld, { token, ttlS }: Connection): number {
  const exp = claimsOf(token)?.["exp"];
  const leftS = typeof exp === "number" ? exp - Math.floor(world.now() / 1000) : ttlS;
  if (leftS > longestS) {
    throw notTested("lives-too-long", `the token lives for ${leftS} s`, {
      cause: "target",
      mend: "see HS-24.lifetime",
    });
  }
  return Number.isFinite(leftS) ? leftS : 3600;
}

/** The token of a call (HS-21). */
export const tokenChecks: readonly Check<HandshakeWorld>[] = [
  ...bentTokens.map(({ variant, title, bend }) =>
    refusedCall({
      id: `HS-21.${variant}`,
      requirement: "HS-21",
      title,
      control: workingCall,
      attempt: async (world, { connection }) => [{ connection, token: bend(world, connection) }],
    }),
  ),
  refusedCall({
    id: "HS-21.expired",
    requirement: "HS-21",
    title: "an expired token is refused",
    needs: ["clock"],
    traits: ["exclusive"],
    control: workingCall,
    async attempt(world, { connection }) {
      await world.advanceClock(lifeOf(world, connection) + 1);
      return [{ connection }];
    },
    // A token of the new present works, so that it was not the moved clock that spoiled the old one.
    async afterwards(world) {
      const fresh = world.newAgent();
      requireGranted(await fresh.call(await fresh.connected()), "a call after the clock was moved");
    },
  }),
];
