import { aunFaults } from "../aun-gateway/faults/index.ts";
import { createAunGateway } from "../aun-gateway/gateway.ts";
import { minimumTlsVersion } from "../aun-gateway/minimum-tls.ts";
import { severalVersions } from "../aun-gateway/settings.ts";
import type { Keep } from "../core/keeping.ts";
import { noUpgradeYet } from "../core/mounted-server.ts";
import { type Mount, parseFault } from "../core/rules.ts";
import type { Started, StartOptions } from "./common.ts";
import { certificateFile } from "./front.ts";
import { mountApi, present, stageOf } from "./present.ts";

const defaultIssuer = "agentid.test";

/** Connections are what a gateway is there for. */
const mostConnections = 20_000;

/** The AUN gateway: HTTP and WebSocket on one port. */
export async function startAunGateway(options: StartOptions, keep: Keep): Promise<Started> {
  const mounts = mountsOf(options.faults ?? []);
  const { issuer = defaultIssuer, peers = {} } = options.aun ?? {};
  const conflict = options.aun?.conflict ?? (mounts.has("replace") ? "replace" : "refuse");
  const stage = await stageOf(options, keep, {
    upgrade: noUpgradeYet,
    limits: { connections: mostConnections },
    minimumTls: minimumTlsVersion,
  });
  const { publicUrl, clock, random } = stage;
  const gatewayUrl = `${publicUrl.replace(/^http/, "ws").replace(/\/+$/, "")}/aun`;
  const gateway = createAunGateway({
    issuer,
    conflict,
    peers,
    clock,
    random,
    gatewayUrl: () => gatewayUrl,
    ...(mounts.has("versions") && { protocol: severalVersions }),
  });
  keep({ close: async () => gateway.close() });

  const { board, pair, connections, reset } = gateway;
  const presented = await present(stage, {
    mock: "aun-gateway",
    name: "the AUN gateway",
    boards: [board],
    requests: mountApi(stage, gateway, [board], about(issuer)),
    controls: { tokens: gateway.identities, pair, connections, peers: gateway.peers, reset },
    health: { gateway: gatewayUrl, issuer },
    ready: {
      gateway: gatewayUrl,
      issuer,
      root: await certificateFile(keep, "root.pem", gateway.auth.rootCertificate),
    },
  });
  return { ...presented, aun: gateway };
}

/** A fault that shows in another way of serving only brings that way along. */
function mountsOf(faults: readonly string[]): ReadonlySet<Mount | undefined> {
  const ids = new Set(faults.map((fault) => parseFault(fault).id));
  return new Set(aunFaults.filter(({ id }) => ids.has(id)).map(({ mount }) => mount));
}

/** What the page at `/` says of the gateway. */
function about(issuer: string) {
  return {
    name: "AUN gateway",
    sentence: `The reference gateway of the Agent Union Network for the domain ${issuer}: agents create an AID, log in and send messages.`,
    endpoints: [
      { method: "GET", path: "/.well-known/aun-gateway", says: "discovery, for every host name of the domain" },
      { method: "GET", path: "/aun", says: "the WebSocket: JSON-RPC 2.0, auth.*, meta.*, message.*" },
      { method: "GET", path: "/pki/cert/{aid}", says: "the certificate of an AID" },
      { method: "GET", path: "/pki/chain", says: "the certificates up to the root" },
      { method: "GET", path: "/pki/crl.json", says: "what was revoked" },
      { method: "GET", path: "/pki/ocsp/{serial}", says: "the state of one certificate" },
      { method: "GET", path: "/health", says: "that it runs" },
    ],
  };
}
