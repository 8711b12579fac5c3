import { aunFaults } from "../../mocks/aun-gateway/faults/index.ts";
import { createAunGateway } from "../../mocks/aun-gateway/gateway.ts";
import { honestAunRules } from "../../mocks/aun-gateway/honest.ts";
import { shiftableClock } from "../../mocks/core/clock.ts";
import { controlApi } from "../../mocks/core/control.ts";
import type { HttpHandler } from "../../mocks/core/http.ts";
import type { Keep } from "../../mocks/core/keeping.ts";
import { openedOrClosed } from "../../mocks/core/keeping.ts";
import { type ServeOptions, serve, type UpgradeHandler } from "../../mocks/core/node-server.ts";
import { requestLog } from "../../mocks/core/request-log.ts";
import { ruleBook } from "../../mocks/core/rules.ts";
import type { Addresses, OpenMock } from "./mock-side.ts";

/** Where the two domains serve, and what their clients have to trust. */
export interface Domains extends Addresses {
  /** The domain under test. */
  readonly issuer: string;
  /** PEM. */
  readonly trustRoot: string;
  /** The domain beside it. */
  readonly peer: { readonly issuer: string; readonly front: string };
}

/** The domain under test, and the one beside it. */
const issuer = "a.test";
const peerIssuer = "b.test";

/** Checks hold many connections side by side. */
const connections = 5_000;

/** The reference gateway of one domain, connected with an honest one of another domain; it needs to know nothing of the kit. */
export const openAunGatewayMock: OpenMock<undefined, Domains> = ({ faults = [], mount }) =>
  openedOrClosed(async (keep) => {
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
    return {
      addresses: {
        front: front.socketUrl,
        control: control.url,
        issuer,
        trustRoot: gateway.auth.rootCertificate,
        peer: { issuer: peerIssuer, front: neighbour.socketUrl },
        ...(certificates && { ca: certificates.authority }),
      },
      async mount() {
        for (const way of [front, inside]) way.mount(gateway.handler, gateway.upgrade);
        neighbour.mount(peer.handler, peer.upgrade);
      },
    };
  });

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
