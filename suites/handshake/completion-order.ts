import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { notTested } from "../engine/stop.ts";
import { unsupportedScopes } from "./shared/granted-scopes.ts";
import { refused } from "./shared/refused.ts";

/** No token without grants (HS-18). */
export const orderChecks: readonly Check<HandshakeWorld>[] = [
  refused({
    id: "HS-18.before-grant",
    requirement: "HS-18",
    title: "handshake_complete before scopes were granted gives no token",
    control: ({ agent }) => agent.connected(),
    attempt: async ({ agent }) => (await agent.proven()).complete(),
  }),
  refused({
    id: "HS-18.after-empty-grant",
    requirement: "HS-18",
    title: "handshake_complete after nothing was granted gives no token",
    control: ({ agent }) => agent.connected(),
    async attempt({ agent, scopes }) {
      const handshake = await agent.proven();
      const scopeReply = await handshake.request({
        scopes: scopes.slice(0, 1),
        credential: { scopes: unsupportedScopes.slice(0, 1) },
      });
      if (scopeReply.granted) {
        throw notTested("scopes-granted", "the target granted a scope that is not in the credential", {
          cause: "target",
          exchanges: [scopeReply.exchange.id],
          mend: "see HS-12.narrow-credential",
        });
      }
      return handshake.complete();
    },
  }),
];
