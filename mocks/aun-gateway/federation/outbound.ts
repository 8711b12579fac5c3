import { httpClient } from "../../ath/engine/http-client.ts";
import { isJsonObject, type JsonObject, own } from "../../ath/json.ts";
import type { TimerClock } from "../../core/clock.ts";
import type { RandomSource } from "../../core/random.ts";
import { RpcError } from "../method.ts";
import { federationCodes } from "../rules/federation.ts";
import type { AunRules } from "../rules.ts";
import { type AunSettings, issuerOf } from "../settings.ts";
import type { Dial } from "./dial.ts";
import type { Federation } from "./federation.ts";
import { type Link, link } from "./link.ts";
import { httpOrigin } from "./proof.ts";

export interface FederationOptions {
  readonly settings: AunSettings;
  readonly rules: AunRules;
  readonly clock: TimerClock;
  readonly random: RandomSource;
  readonly dial: Dial;
  readonly sign: (text: string) => string;
}

const certificateBytes = 64 * 1024;
const fetchMs = 3_000;

/** Whether a failure means that the way to a domain is broken, rather than that it said no to this message. */
function isBroken(error: unknown): boolean {
  return (
    error instanceof RpcError && (error.code === federationCodes.unreachable || error.code === federationCodes.timeout)
  );
}

/** Links to the gateways that are configured as peers; other domains cannot be reached. */
export function federation({ settings, rules, clock, random, dial, sign }: FederationOptions): Federation {
  const client = httpClient();
  const links = new Map<string, Link>();
  let failed: number | undefined;

  const linkTo = (issuer: string): Link => {
    const existing = links.get(issuer);
    if (existing !== undefined) return existing;
    const url = settings.peers.get(issuer);
    if (url === undefined) {
      failed = clock.now();
      throw new RpcError(federationCodes.unreachable, `no gateway is known for ${issuer}`);
    }
    const made = link({ own: settings.issuer, issuer, url, clock, dial, sign });
    links.set(issuer, made);
    return made;
  };

  const call = async (issuer: string, method: string, params: JsonObject): Promise<JsonObject> => {
    try {
      const result = await linkTo(issuer).call(method, params);
      failed = undefined;
      return result;
    } catch (error) {
      if (isBroken(error)) failed = clock.now();
      throw error;
    }
  };

  const ask = async (issuer: string, aids: readonly string[]): Promise<readonly (readonly [string, boolean])[]> => {
    try {
      const online = own(await call(issuer, "federation.query_online", { aids }), "online");
      return aids.map((aid) => [aid, isJsonObject(online) && own(online, aid) === true] as const);
    } catch (error) {
      return aids.map((aid) => [aid, rules["federation.onlineOfUnreachable"]({ aid, error })] as const);
    }
  };

  return {
    async send({ from, to, messageId, payload, type, encrypted, params: sent }) {
      const issuer = issuerOf(to);
      const params = {
        from,
        to,
        // Ours, so that a relay that is repeated after a broken line is known as the same message.
        message_id: messageId ?? random.text(12),
        payload,
        ...(type === undefined ? {} : { type }),
        encrypted,
      };
      try {
        const results: JsonObject[] = [];
        for (const relay of rules["federation.relays"]({ params })) {
          results.push(await call(issuer, "federation.relay", { method: "message.send", params: relay }));
        }
        const sentNothing = { message_id: params.message_id, seq: 0, timestamp: clock.now() / 1000, status: "sent" };
        const result = { ...(results[0] ?? sentNothing), cross_domain: true, target_issuer: issuer };
        return rules["federation.result"]({ result });
      } catch (error) {
        const instead = rules["federation.unreachable"]({ params: sent });
        if (instead !== undefined) return instead;
        throw error;
      }
    },
    async online(aids) {
      const byIssuer = new Map<string, string[]>();
      for (const aid of aids) byIssuer.set(issuerOf(aid), [...(byIssuer.get(issuerOf(aid)) ?? []), aid]);
      const answers = await Promise.all([...byIssuer].map(([issuer, those]) => ask(issuer, those)));
      return answers.flat();
    },
    failedAt: () => failed,
    async certificateOf(issuer) {
      const url = settings.peers.get(issuer);
      if (url === undefined) throw new RpcError(federationCodes.refused, `${issuer} is no peer of this gateway`);
      const { status, body } = await client.exchange({
        method: "GET",
        url: `${httpOrigin(url)}/pki/cert/auth.${issuer}`,
        headers: { accept: "*/*" },
        timeouts: { connectMs: fetchMs, idleMs: fetchMs, totalMs: fetchMs },
        maxBytes: certificateBytes,
      });
      if (status !== 200) throw new RpcError(federationCodes.refused, `${issuer} does not publish its certificate`);
      return body.toString("utf8");
    },
    links: () =>
      [...settings.peers].map(([issuer, url]) => ({ issuer, url, state: links.get(issuer)?.state() ?? "down" })),
    reset() {
      failed = undefined;
      for (const one of links.values()) one.close();
      links.clear();
    },
    close() {
      for (const one of links.values()) one.close();
      client.close();
    },
  };
}
