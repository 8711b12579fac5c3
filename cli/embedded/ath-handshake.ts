import type { Keep } from "../../mocks/core/keeping.ts";
import { openHandshakeKit } from "../../suites/drivers/handshake/kit.ts";
import type { HandshakeSettings } from "../../suites/drivers/handshake/settings.ts";
import type { Settings } from "../../suites/drivers/settings.ts";
import { athHandshake } from "../../suites/profiles/ath-handshake.ts";
import type { HandshakeAddresses, KnownToGateway } from "./ath-handshake-mock.ts";
import { host } from "./ath-target.ts";
import { type EmbeddedOptions, embedded } from "./embedded.ts";
import { type HandshakeBinding, systems } from "./handshake-systems.ts";
import type { MockSide } from "./mock-side.ts";
import { inOwnThread } from "./own-thread.ts";

/** What may be another way than by default. */
export interface HandshakeEmbedding extends EmbeddedOptions {
  readonly binding?: HandshakeBinding;
  readonly answer?: HandshakeSettings["confirmation"]["answer"];
}

/** The reference gateway of the nine-step handshake before its three backends, with the kit's users behind it. */
export async function openAthHandshake(options: HandshakeEmbedding, keep: Keep) {
  const { seed, binding = {} } = options;
  const mock = keep(await openMock(options));
  const settings = settingsFor(mock.addresses, options);
  const kit = keep(await openHandshakeKit(settings, { seed }));
  await mock.mount({ users: kit.users, versions: settings.handshake.versions, binding });
  return embedded(athHandshake, kit, settings);
}

async function openMock(options: EmbeddedOptions): Promise<MockSide<KnownToGateway, HandshakeAddresses>> {
  if (options.ownThread) return inOwnThread(options.ownThread, options);
  const { openHandshakeMock } = await import("./ath-handshake-mock.ts");
  return openHandshakeMock(options);
}

function settingsFor({ front, control, hooks }: HandshakeAddresses, options: HandshakeEmbedding) {
  const { binding, answer = "post", timeoutMs = 10_000 } = options;
  const headers = { "content-type": "application/json" };
  const hook = (path: string, body: string) => ({ method: "POST", url: `${hooks}${path}`, headers, body });
  const handshake: HandshakeSettings = {
    path: "/ath/handshake",
    correlation: "body",
    signature: "raw",
    ...binding,
    versions: ["0.1", "0.9", "0.10"],
    agentDid: "did:ath:agent:{agent}",
    user: { did: "did:ath:user:alice" },
    secondUser: { did: "did:ath:user:bob" },
    confirmation: { host, port: 0, path: "/confirm/{user}", answer },
    ttlS: 600,
    systems: systems.map(({ prefix, scopes, unmapped, format, sample }) => ({
      prefix,
      scopes,
      unmapped,
      format,
      sample,
    })),
    restrictions: {
      ipWhitelist: "did:ath:agent:ip-{agent}",
      accessTime: "did:ath:agent:time-{agent}",
      rateLimit: "did:ath:agent:rate-{agent}",
      forwardedBy: "nobody",
    },
    hooks: {
      backendLog: { method: "GET", url: `${hooks}/backends`, headers: {} },
      backendFault: hook("/backend-fault", '{"system": "{system}", "on": {on}}'),
      revokeToken: hook("/revoke-token", '{"token": "{token}"}'),
      revokeUser: hook("/revoke-user", '{"user": "{user}", "agent": "{agent}"}'),
    },
  };
  return {
    target: { url: front, headers: {}, features: { rate_limit: true } },
    agents: { host, ports: [0], idTemplate: "{base}/agents/{agent}/.well-known/agent.json" },
    providers: [],
    consent: { driver: "manual" },
    hooks: {
      clock: { method: "POST", url: `${control}/clock`, headers, body: '{"advanceSeconds": {seconds}}' },
      audit: { method: "GET", url: `${control}/audit`, headers: {} },
      faults: { method: "GET", url: `${control}/faults`, headers: {} },
    },
    handshake,
    timeoutMs,
  } satisfies Settings;
}
