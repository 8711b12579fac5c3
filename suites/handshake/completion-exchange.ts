import type { CompleteOptions } from "../drivers/handshake/agent.ts";
import { algorithmOf, readPublicKey } from "../drivers/handshake/keys.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { granted } from "../engine/granted.ts";
import { parseJson, text } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { conforms } from "../kinds/conforms.ts";
import { garbageKeys, identityPointKey, offCurveKey, wrongCurveKeys } from "./shared/exchange-keys.ts";
import { refused } from "./shared/refused.ts";

/** A handshake_complete that must not be taken, in one or several forms. */
interface BentExchange {
  readonly variant: string;
  readonly title: string;
  readonly bends: () => readonly CompleteOptions[];
}

const withKey = (keyExchange: string): CompleteOptions => ({ keyExchange });

const bentExchanges: readonly BentExchange[] = [
  {
    variant: "off-curve",
    title: "a point that is not on the curve is refused",
    bends: () => [withKey(offCurveKey())],
  },
  {
    variant: "identity-point",
    title: "the point at infinity is refused",
    bends: () => [withKey(identityPointKey())],
  },
  {
    variant: "wrong-curve",
    title: "a key on another curve than the named one is refused",
    bends: () => wrongCurveKeys().map(withKey),
  },
  {
    variant: "garbage-key",
    title: "key_exchange_params that hold no key are refused",
    bends: () => garbageKeys.map(withKey),
  },
  {
    variant: "wrong-algorithm",
    title: "a key exchange that was never offered is refused",
    bends: () => [{ algorithm: "DH-1024" }],
  },
  {
    variant: "weak-cipher",
    title: "a cipher suite that was never offered is refused",
    bends: () => [{ cipher: "RC4" }],
  },
];

/** The gateway's half of the key exchange, as it stands in its handshake_complete. */
const gatewayKey = (body: unknown) => text(body, "key_exchange_params");

function isOnP256(pem: string): boolean {
  const key = readPublicKey(pem);
  return key !== undefined && algorithmOf(key) === "ES256";
}

/** The key exchange (HS-20). */
export const exchangeChecks: readonly Check<HandshakeWorld>[] = [
  ...bentExchanges.map(({ variant, title, bends }) =>
    refused({
      id: `HS-20.${variant}`,
      requirement: "HS-20",
      title,
      control: ({ agent }) => agent.connected(),
      async attempt({ agent }) {
        const replies: Reply[] = [];
        for (const bend of bends()) {
          const { handshake } = await agent.granted();
          replies.push(await handshake.complete(bend));
        }
        return replies;
      },
    }),
  ),
  conforms<HandshakeWorld>({
    id: "HS-20.real-ecdh",
    requirement: "HS-20",
    title: "the gateway's own key is a point of the named curve",
    subject: async ({ agent }) => (await agent.connected()).reply,
    relations: [
      {
        reasonCode: "invalid-key",
        expected: "key_exchange_params: a public key on P-256 as SPKI PEM",
        broken(body) {
          const pem = gatewayKey(body);
          if (pem === undefined) return "no key_exchange_params";
          return isOnP256(pem) ? undefined : "no key on P-256";
        },
      },
    ],
  }),
  check<HandshakeWorld>({
    id: "HS-20.fresh",
    requirement: "HS-20",
    title: "two handshakes have two keys of the gateway",
    async drive({ agent, mark }) {
      mark("subject", (await agent.connected()).reply, (await agent.connected()).reply);
    },
    judge(evidence) {
      const subjects = marked(evidence, "subject");
      const expected = "two different key_exchange_params";
      const keys = subjects.map(({ response }) => gatewayKey(parseJson(response?.body)));
      if (subjects.length < 2 || !subjects.every(granted) || keys.includes(undefined)) {
        return untested({ reasonCode: "no-key", expected, actual: "fewer than two keys of the gateway" });
      }
      if (new Set(keys).size === keys.length) return pass(subjects);
      return violated({ reasonCode: "repeated", expected, actual: "the same key twice", exchanges: subjects });
    },
  }),
];
