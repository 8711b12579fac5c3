import type { AunWorld, Members } from "../drivers/aun/world.ts";
import type { Check, Section } from "../engine/check.ts";
import { rpcAcceptance } from "../kinds/rpc-acceptance.ts";
import { aidChecks } from "./connect-aid.ts";
import { nonceChecks } from "./connect-nonce.ts";
import { pairingChecks } from "./connect-pairing.ts";
import { tokenChecks } from "./connect-token.ts";
import { connectWith, plainConnect, tokenAuth } from "./shared/connecting.ts";
import { tryFreed } from "./shared/places.ts";

/** A request with nothing but what the documents require and recommend. */
const minimal: Members = {
  device: { id: "gateproof-desktop", type: "desktop" },
  client: undefined,
  delivery_mode: undefined,
  capabilities: undefined,
};

const tolerance: readonly Check<AunWorld>[] = [
  rpcAcceptance({
    id: "A33.unknown-members",
    requirement: "A33",
    title: "unknown members anywhere in the params are tolerated",
    control: (world: AunWorld) => plainConnect(world),
    async attempt(world, { identity }) {
      const extra = { gateproof: { unknown: true } };
      return connectWith(world, identity, {
        auth: await tokenAuth(world, identity, extra),
        delivery: { mode: "fanout", ...extra },
        params: {
          ...extra,
          protocol: { min: "1.0", max: "1.0", ...extra },
          device: { id: world.unique("device"), type: "desktop", ...extra },
          client: { name: "gateproof", ...extra },
          capabilities: { group_e2ee: true, ...extra },
          options: { kind: "long", ...extra },
          extra_info: extra,
        },
      });
    },
  }),
  rpcAcceptance({
    id: "A33.sdk-request",
    requirement: "A33",
    title: "the request of the public clients connects, with all it holds",
    control: (world: AunWorld) => plainConnect(world, { params: minimal }),
    async attempt(world, { identity, connection }) {
      // The plain request names no delivery mode; nothing of it may stand beside the full one.
      await connection.close();
      return (await tryFreed(world, identity, { extraInfo: { app: "gateproof" } })).hello;
    },
  }),
];

/** The request auth.connect and what it proves (A14 to A33). */
export const connect: Section<AunWorld> = {
  id: "connect",
  title: "auth.connect",
  checks: [...nonceChecks, ...tokenChecks, ...aidChecks, ...pairingChecks, ...tolerance],
};
