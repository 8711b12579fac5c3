import { createAunGateway } from "../../mocks/aun-gateway/gateway.ts";
import { severalVersions } from "../../mocks/aun-gateway/settings.ts";
import { shiftableClock } from "../../mocks/core/clock.ts";
import { controlApi } from "../../mocks/core/control.ts";
import type { HttpHandler } from "../../mocks/core/http.ts";
import { openedOrClosed } from "../../mocks/core/keeping.ts";
import { noUpgradeYet, serveMounted } from "../../mocks/core/mounted-server.ts";
import { type ServeOptions, serve } from "../../mocks/core/node-server.ts";
import { requestLog } from "../../mocks/core/request-log.ts";
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
    const certificates = mount === "tls" ? await tlsOf(faults) : undefined;
    const listen = (options: ServeOptions = {}) =>
      serveMounted(keep, { ...options, limits: { connections }, upgrade: noUpgradeYet });
    const front = await listen(certificates === undefined ? {} : { tls: certificates.tls });
    const neighbour = await listen();
    // The two domains talk plainly: nobody but the kit trusts the certificate of an embedded target.
    const inside = certificates === undefined ? front : await listen();
    const control = keep(await serve((request) => operate(request)));
    const clock = shiftableClock();
    const conflict = mount === "replace" ? "replace" : "refuse";

    const gateway = createAunGateway({
      issuer,
      clock,
      conflict,
      ...(mount === "versions" && { protocol: severalVersions }),
      gatewayUrl: () => socketUrlOf(front),
      peers: { [peerIssuer]: socketUrlOf(neighbour) },
    });
    const peer = createAunGateway({
      issuer: peerIssuer,
      clock,
      conflict,
      gatewayUrl: () => socketUrlOf(neighbour),
      peers: { [issuer]: socketUrlOf(inside) },
    });
    for (const one of [gateway, peer]) keep({ close: async () => one.close() });
    for (const id of faults) gateway.board.activate({ id });
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
        front: socketUrlOf(front),
        control: control.url,
        issuer,
        trustRoot: gateway.auth.rootCertificate,
        peer: { issuer: peerIssuer, front: socketUrlOf(neighbour) },
        ...(certificates && { ca: certificates.authority }),
      },
      async mount() {
        for (const way of [front, inside]) way.mount(gateway.handler, gateway.upgrade);
        neighbour.mount(peer.handler, peer.upgrade);
      },
    };
  });

function socketUrlOf({ url }: { readonly url: string }): string {
  return `${url.replace(/^http/, "ws")}/aun`;
}

/** Loaded only where it serves: a target without TLS needs no certificate of its own. */
async function tlsOf(faults: readonly string[]) {
  const [{ ownTls }, { minimumTlsVersion }] = await Promise.all([
    import("../../mocks/core/tls.ts"),
    import("../../mocks/aun-gateway/minimum-tls.ts"),
  ]);
  return ownTls(minimumTlsVersion(faults));
}
