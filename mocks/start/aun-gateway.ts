import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAunGateway } from "../aun-gateway/gateway.ts";
import { shiftableClock } from "../core/clock.ts";
import { activeWithSentences, joinedFaultBoards } from "../core/fault-board.ts";
import type { UpgradeHandler } from "../core/node-server.ts";
import { logged, requestLog } from "../core/request-log.ts";
import { statusPage } from "../core/status-page.ts";
import { wireFaults } from "../core/wire-faults.ts";
import {
  activate,
  type Keep,
  listen,
  type ReadyLine,
  randomOf,
  type Started,
  type StartOptions,
  serveControl,
} from "./common.ts";

const defaultIssuer = "agentid.test";

/** Connections are what a gateway is there for. */
const mostConnections = 20_000;

/** The AUN gateway: HTTP and WebSocket on one port. */
export async function startAunGateway(options: StartOptions, keep: Keep): Promise<Started> {
  const { clock = shiftableClock(), host = "127.0.0.1", controlPort = 0, faults = [], aun = {} } = options;
  const { issuer = defaultIssuer, conflict = "refuse", peers = {} } = aun;
  const wire = wireFaults();
  let take: UpgradeHandler = (_, socket) => socket.destroy();
  const upgrade: UpgradeHandler = (request, socket, head) => take(request, socket, head);
  const front = await listen(options, keep, wire, { upgrade, limits: { connections: mostConnections } });
  const publicUrl = options.publicUrl ?? front.url;
  const gatewayUrl = `${publicUrl.replace(/^http/, "ws").replace(/\/+$/, "")}/aun`;
  const requests = requestLog();
  const random = randomOf(options);
  const gateway = createAunGateway({ issuer, conflict, peers, clock, random, gatewayUrl: () => gatewayUrl });
  keep({ close: async () => gateway.close() });
  take = gateway.upgrade;

  const boards = joinedFaultBoards(gateway.board, wire);
  activate(boards, faults);
  const api = logged(gateway.handler, requests);
  const home = new URL(publicUrl).pathname;
  front.mount(async (request, peer) =>
    request.method === "GET" && peer?.rawTarget === home
      ? statusPage({ ...about(issuer), activeFaults: activeWithSentences(boards), requests: requests.entries() })
      : api(request, peer),
  );
  const control = await serveControl(host, controlPort, keep, {
    name: "the AUN gateway",
    requests,
    clock,
    rules: boards,
    tokens: gateway.identities,
    pair: gateway.pair,
    connections: gateway.connections,
    peers: gateway.peers,
    reset: gateway.reset,
    health: () => ({ mock: "aun-gateway", url: publicUrl, gateway: gatewayUrl, issuer }),
  });
  const ready: ReadyLine = {
    ready: true,
    mock: "aun-gateway",
    url: publicUrl,
    gateway: gatewayUrl,
    issuer,
    root: await rootFile(keep, gateway.auth.rootCertificate),
    control: control.url,
    ...(front.ca === undefined ? {} : { ca: front.ca }),
    pid: process.pid,
  };
  return { ready, clock, controls: control.controls, aun: gateway };
}

/** Clients take the root that they trust from a file. */
async function rootFile(keep: Keep, certificate: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gateproof-aun-"));
  keep({ close: () => rm(folder, { recursive: true, force: true }) });
  const path = join(folder, "root.pem");
  await writeFile(path, certificate);
  return path;
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
