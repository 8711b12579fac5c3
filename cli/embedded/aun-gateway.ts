import { aunFaults } from "../../mocks/aun-gateway/faults/index.ts";
import { createAunGateway } from "../../mocks/aun-gateway/gateway.ts";
import { honestAunRules } from "../../mocks/aun-gateway/honest.ts";
import { shiftableClock } from "../../mocks/core/clock.ts";
import { controlApi } from "../../mocks/core/control.ts";
import type { HttpHandler } from "../../mocks/core/http.ts";
import { type ServeOptions, serve, type UpgradeHandler } from "../../mocks/core/node-server.ts";
import { requestLog } from "../../mocks/core/request-log.ts";
import { ruleBook } from "../../mocks/core/rules.ts";
import { openAunKit } from "../../suites/drivers/aun/aun-kit.ts";
import type { Settings } from "../../suites/drivers/settings.ts";
import { aunGateway } from "../../suites/profiles/aun-gateway.ts";
import { host } from "./ath-target.ts";
import { type EmbeddedOptions, embedded, type Keep } from "./embedded.ts";

/** The domain under test, and the one beside it. */
const issuer = "a.test";
const peerIssuer = "b.test";

/** Checks hold many connections side by side. */
const connections = 5_000;

/** The reference gateway of one domain, connected with an honest one of another domain. */
export async function openAunGateway(options: EmbeddedOptions, keep: Keep) {
  const { seed, faults = [], mount, timeoutMs = 10_000 } = options;
  const active = faults.map((id) => ({ id }));
  const certificates = mount === "tls" ? await ownTls(active) : undefined;
  const front = await listen(keep, certificates === undefined ? {} : { tls: certificates.tls });
  const neighbour = await listen(keep);
  // The two domains talk plainly: nobody but the kit trusts the certificate of an embedded target.
  const inside = certificates === undefined ? front : await listen(keep);
  const control = keep(await serve((request) => operate(request)));
  const clock = shiftableClock();
  const conflict = mount === "replace" ? "replace" : "refuse";

  const gateway = createAunGateway({
    issuer,
    clock,
    conflict,
    gatewayUrl: () => front.socketUrl,
    peers: { [peerIssuer]: neighbour.socketUrl },
  });
  const peer = createAunGateway({
    issuer: peerIssuer,
    clock,
    conflict,
    gatewayUrl: () => neighbour.socketUrl,
    peers: { [issuer]: inside.socketUrl },
  });
  for (const one of [gateway, peer]) keep({ close: async () => one.close() });
  for (const fault of active) gateway.board.activate(fault);
  for (const way of [front, inside]) way.mount(gateway.handler, gateway.upgrade);
  neighbour.mount(peer.handler, peer.upgrade);
  const operate: HttpHandler = controlApi({
    requests: requestLog(),
    clock,
    rules: gateway.board,
    tokens: gateway.identities,
    pair: gateway.pair,
    connections: gateway.connections,
    peers: gateway.peers,
    reset: gateway.reset,
    health: () => ({}),
  });

  const headers = { "content-type": "application/json" };
  const settings: Settings = {
    target: {
      url: front.socketUrl,
      headers: {},
      features: {},
      ...(certificates === undefined ? {} : { ca: certificates.authority }),
    },
    agents: { host, ports: [0], idTemplate: "{base}/agents/{agent}/.well-known/agent.json" },
    providers: [],
    consent: { driver: "manual" },
    hooks: {
      clock: { method: "POST", url: `${control.url}/clock`, headers, body: '{"advanceSeconds": {seconds}}' },
      pairingCode: { method: "POST", url: `${control.url}/pairing`, headers, body: '{"aid": "{aid}"}', result: "code" },
    },
    aun: {
      issuer,
      identities: "open",
      trustRoots: gateway.auth.rootCertificate,
      peer: { issuer: peerIssuer, target: neighbour.socketUrl },
    },
    timeoutMs,
  };
  return embedded(aunGateway, keep(await openAunKit(settings, { seed })), settings);
}

/** A server whose handlers are mounted once its address is known. */
async function listen(keep: Keep, options: ServeOptions = {}) {
  let handler: HttpHandler = async () => new Response(null, { status: 503 });
  let take: UpgradeHandler = (_request, socket) => socket.destroy();
  const server = keep(
    await serve((request, from) => handler(request, from), {
      ...options,
      limits: { connections },
      upgrade: (request, socket, head) => take(request, socket, head),
    }),
  );
  return {
    socketUrl: `${server.url.replace(/^http/, "ws")}/aun`,
    mount(given: HttpHandler, upgrade: UpgradeHandler) {
      handler = given;
      take = upgrade;
    },
  };
}

async function ownTls(faults: readonly { readonly id: string }[]) {
  const { ownCertificates } = await import("../../mocks/core/tls.ts");
  const { authority, certificate, key } = ownCertificates();
  const { rules } = ruleBook(honestAunRules, aunFaults, known(faults));
  return { authority, tls: { certificate, key, minVersion: rules["transport.minimumTlsVersion"]() } };
}

/** Faults of the wire are no rules of the gateway. */
function known(faults: readonly { readonly id: string }[]) {
  return faults.filter(({ id }) => aunFaults.some((fault) => fault.id === id));
}
