import type { HandshakeAgent } from "../drivers/handshake/agent.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import { type OddKey, oddKeys } from "./shared/odd-keys.ts";
import { refused } from "./shared/refused.ts";

/** A target may refuse a key when it first sees it, or when it is used: the last word counts. */
async function useOddKey(agent: HandshakeAgent, { pem, signer }: OddKey): Promise<Reply> {
  const handshake = await agent.hello({ body: { client_pubkey: pem } });
  if (!handshake.reply.granted) return handshake.reply;
  return handshake.prove(signer === undefined ? {} : { signWith: signer });
}

/** Keys that are none, and keys that are another's (HS-5, HS-22). */
export const keyChecks: readonly Check<HandshakeWorld>[] = [
  refused({
    id: "HS-5.malformed-key",
    requirement: "HS-5",
    title: "a public key that is malformed, off its curve or of an unknown kind is refused",
    control: ({ agent }) => agent.connected(),
    async attempt(world) {
      const replies: Reply[] = [];
      for (const key of oddKeys(world.newKey("ES256"))) replies.push(await useOddKey(world.newAgent(), key));
      return replies;
    },
  }),
  refused({
    id: "HS-22.other-key",
    requirement: "HS-22",
    title: "a DID that the gateway knows keeps its key",
    control: ({ agent }) => agent.connected(),
    async attempt(world) {
      const handshake = await world.newAgent({ did: world.agent.did }).hello();
      return handshake.reply.granted ? handshake.prove() : handshake.reply;
    },
  }),
];
