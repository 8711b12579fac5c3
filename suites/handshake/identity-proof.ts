import { randomBytes } from "node:crypto";
import type { Handshake, Offer, ProofOptions } from "../drivers/handshake/agent.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { refused } from "./shared/refused.ts";
import { requireRefused } from "./shared/require-refused.ts";
import { pressOn } from "./shared/steps.ts";

type Opened = Handshake & { readonly offer: Offer };

interface WrongProof {
  readonly id: string;
  readonly title: string;
  /** The wrong proofs to send, each in a handshake of its own. */
  readonly proofs: (world: HandshakeWorld) => Promise<readonly ((handshake: Opened) => ProofOptions)[]>;
}

const rows: readonly WrongProof[] = [
  {
    id: "HS-7.other-key",
    title: "a proof by a key that nobody named is refused, and so is what follows",
    proofs: async (world) => [() => ({ signWith: world.newKey() })],
  },
  {
    id: "HS-7.other-nonce",
    title: "a proof over the agent's own nonce is refused, and so is what follows",
    proofs: async () => [({ nonce }) => ({ over: nonce })],
  },
  {
    id: "HS-7.replayed",
    title: "a proof from another handshake of the same agent is refused, and so is what follows",
    async proofs({ agent }) {
      const earlier = await agent.opened();
      const signature = agent.key.sign(earlier.offer.nonce);
      requireGranted(await earlier.prove({ body: { signature } }), "identity_proof");
      return [() => ({ body: { signature } })];
    },
  },
  {
    id: "HS-7.empty-signature",
    title: "a proof without a signature in it is refused, and so is what follows",
    proofs: async () => [() => ({ body: { signature: "" } })],
  },
  {
    id: "HS-7.wrong-encoding",
    title: "a proof that is no signature at all is refused, and so is what follows",
    proofs: async () =>
      [
        randomBytes(64).toString("base64url"),
        randomBytes(7).toString("base64url"),
        "*** no base64 ***",
        "A".repeat(4096),
      ].map((signature) => () => ({ body: { signature } })),
  },
  {
    id: "HS-7.swapped-agent",
    title: "a proof by another agent that the gateway knows is refused, and so is what follows",
    async proofs(world) {
      const other = world.newAgent();
      await other.proven();
      return [() => ({ signWith: other.key })];
    },
  },
];

async function sendWrong(world: HandshakeWorld, row: WrongProof): Promise<readonly Reply[]> {
  const replies: Reply[] = [];
  for (const proof of await row.proofs(world)) {
    const handshake = await world.agent.opened();
    replies.push(await handshake.prove(proof(handshake)), ...(await pressOn(handshake, "identity_proof")));
  }
  return replies;
}

/** Proofs that prove nothing (HS-7). */
export const proofChecks: readonly Check<HandshakeWorld>[] = [
  ...rows.map((row) =>
    refused({
      id: row.id,
      requirement: "HS-7",
      title: row.title,
      control: ({ agent }) => agent.connected(),
      attempt: (world) => sendWrong(world, row),
    }),
  ),
  refused({
    id: "HS-7.nothing-after",
    requirement: "HS-7",
    title: "after a wrong proof the handshake is over, for the right proof too",
    control: ({ agent }) => agent.connected(),
    async attempt(world) {
      const handshake = await world.agent.opened();
      requireRefused(await handshake.prove({ signWith: world.newKey() }), "identity_proof");
      return [await handshake.prove(), ...(await pressOn(handshake, "identity_proof"))];
    },
    reasonCode: "took-effect",
  }),
];
