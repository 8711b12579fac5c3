import type { Keep } from "../../mocks/core/keeping.ts";
import { openAunKit } from "../../suites/drivers/aun/aun-kit.ts";
import type { Settings } from "../../suites/drivers/settings.ts";
import { aunGateway } from "../../suites/profiles/aun-gateway.ts";
import { host } from "./ath-target.ts";
import type { Domains } from "./aun-gateway-mock.ts";
import { type EmbeddedOptions, embedded } from "./embedded.ts";
import type { MockSide } from "./mock-side.ts";
import { inOwnThread } from "./own-thread.ts";

/** The reference gateway of one domain, connected with an honest one of another domain. */
export async function openAunGateway(options: EmbeddedOptions, keep: Keep) {
  const { seed, timeoutMs = 10_000 } = options;
  const mock = keep(await openMock(options));
  const settings = domainSettings(mock.addresses, timeoutMs);
  const kit = keep(await openAunKit(settings, { seed }));
  await mock.mount(undefined);
  return embedded(aunGateway, kit, settings);
}

async function openMock(options: EmbeddedOptions): Promise<MockSide<undefined, Domains>> {
  if (options.ownThread) return inOwnThread(options.ownThread, options);
  const { openAunGatewayMock } = await import("./aun-gateway-mock.ts");
  return openAunGatewayMock(options);
}

/** What the kit knows of the two domains, as a configuration would say it. */
function domainSettings({ front, control, ca, issuer, trustRoot, peer }: Domains, timeoutMs: number): Settings {
  const headers = { "content-type": "application/json" };
  return {
    target: { url: front, headers: {}, features: {}, ...(ca && { ca }) },
    agents: { host, ports: [0], idTemplate: "{base}/agents/{agent}/.well-known/agent.json" },
    providers: [],
    consent: { driver: "manual" },
    hooks: {
      clock: { method: "POST", url: `${control}/clock`, headers, body: '{"advanceSeconds": {seconds}}' },
      faults: { method: "GET", url: `${control}/faults`, headers: {} },
      pairingCode: { method: "POST", url: `${control}/pairing`, headers, body: '{"aid": "{aid}"}', result: "code" },
    },
    aun: {
      issuer,
      identities: "open",
      trustRoots: trustRoot,
      peer: { issuer: peer.issuer, target: peer.front },
    },
    timeoutMs,
  };
}
