import { lookup } from "node:dns/promises";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls, rootCertificates, type TLSSocket } from "node:tls";
import type { Diagnosis } from "../engine/diagnosis.ts";
import type { Settings } from "./settings.ts";
import { systemCode } from "./transport-errors.ts";

/** No part of the network is waited for longer; a doctor who takes minutes is no help. */
const patienceMs = 3000;

type Found = Omit<Diagnosis, "step">;

/** Looks at the way to a target, step by step: name, address, certificate. Never throws. */
export async function examineNetwork({ target, timeoutMs }: Settings): Promise<readonly Diagnosis[]> {
  const url = new URL(target.url);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const secure = url.protocol === "https:" || url.protocol === "wss:";
  const port = Number(url.port) || (secure ? 443 : 80);
  const patience = Math.min(patienceMs, timeoutMs);

  const name = await examineName(host);
  if (name.state === "error") return [{ step: "dns", ...name }];
  const address = await examineAddress(host, port, patience);
  const found = [
    { step: "dns", ...name },
    { step: "tcp", ...address },
  ];
  if (address.state === "error" || !secure) return found;
  return [...found, { step: "tls", ...(await examineCertificate({ host, port, patience, target })) }];
}

const ok = (what: string): Found => ({ state: "ok", what, whose: null, mend: "" });

async function examineName(host: string): Promise<Found> {
  if (isIP(host) !== 0) return ok(`${host} is an address; no name has to be looked up`);
  try {
    const addresses = await lookup(host, { all: true });
    return ok(`${host} is ${addresses.map(({ address }) => address).join(", ")}`);
  } catch (error) {
    return {
      state: "error",
      what: `the name ${host} does not resolve on this machine (${systemCode(error)})`,
      whose: "configuration",
      mend: "correct target.url, or add the name to this machine's DNS or /etc/hosts",
    };
  }
}

async function examineAddress(host: string, port: number, patience: number): Promise<Found> {
  const started = performance.now();
  const outcome = await opened(connectTcp({ host, port, timeout: patience }), "connect");
  if (outcome === "open") return ok(`port ${port} takes connections (${Math.round(performance.now() - started)} ms)`);
  const mends: Readonly<Record<string, readonly [Diagnosis["whose"], string]>> = {
    ECONNREFUSED: ["environment", "start the target, or correct the port in target.url"],
    TIMEOUT: ["environment", "a firewall may drop the packets: open the way from this machine, or run the kit nearer"],
    EHOSTUNREACH: ["environment", "there is no way to this address from here: check VPN and routes"],
    ENETUNREACH: ["environment", "there is no way to this address from here: check VPN and routes"],
  };
  const [whose, mend] = mends[outcome] ?? ["environment", "check target.url and the network between"];
  return { state: "error", what: `no connection to ${host} port ${port} (${outcome})`, whose, mend };
}

/** The word "open", or the system's code of what went wrong. */
function opened(socket: Socket, event: "connect" | "secureConnect"): Promise<string> {
  return new Promise((resolve) => {
    const end = (outcome: string) => {
      resolve(outcome);
      if (outcome !== "open" || event === "connect") socket.destroy();
    };
    socket.once(event, () => end("open"));
    socket.once("timeout", () => end("TIMEOUT"));
    socket.once("error", (error) => end(systemCode(error) || error.message));
  });
}

interface Peer {
  readonly host: string;
  readonly port: number;
  readonly patience: number;
  readonly target: Settings["target"];
}

async function examineCertificate({ host, port, patience, target }: Peer): Promise<Found> {
  const socket = connectTls({
    host,
    port,
    timeout: patience,
    rejectUnauthorized: false,
    ...(isIP(host) === 0 && { servername: host }),
    ca: [...rootCertificates, ...(target.ca === undefined ? [] : [target.ca])],
  });
  try {
    const outcome = await opened(socket, "secureConnect");
    if (outcome !== "open") {
      return {
        state: "error",
        what: `port ${port} does not speak TLS (${outcome})`,
        whose: "configuration",
        mend: "check the scheme in target.url: http:// and https:// are different ports",
      };
    }
    return verdictOn(socket, target);
  } finally {
    socket.destroy();
  }
}

function verdictOn(socket: TLSSocket, { url, insecure }: Settings["target"]): Found {
  const reason = socket.authorizationError;
  const protocol = socket.getProtocol() ?? "TLS";
  const certificate = socket.getPeerCertificate(true);
  if (socket.authorized) return ok(`${protocol}, a certificate for ${certificate.subject?.CN ?? url} that is trusted`);
  const code = typeof reason === "string" ? reason : systemCode(reason) || String(reason);
  const what = `${protocol}, and its certificate is not trusted: ${code}${missingAuthority(code, socket)}`;
  if (insecure)
    return { state: "warning", what, whose: "configuration", mend: "--insecure accepts it; the report says so" };
  const mend = certificateMends.find(([pattern]) => pattern.test(code))?.[1] ?? "pass the target's CA with --ca FILE";
  return { state: "error", what, whose: code === "CERT_HAS_EXPIRED" ? "target" : "configuration", mend };
}

const certificateMends: readonly (readonly [RegExp, string])[] = [
  [/CERT_HAS_EXPIRED/, "renew the target's certificate, or pass --insecure for this host"],
  [/ALTNAME|HOSTNAME/, "use the name in target.url that the certificate is made out to"],
  [/./, "pass that authority's certificate with --ca FILE, or --insecure for this host"],
];

/** The name of the authority that nobody here trusts: the issuer of the last certificate that the target sent. */
function missingAuthority(code: string, socket: TLSSocket): string {
  if (!/SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/.test(code)) return "";
  let certificate = socket.getPeerCertificate(true);
  const seen = new Set<string>();
  while (certificate.issuerCertificate !== undefined && !seen.has(certificate.fingerprint256)) {
    seen.add(certificate.fingerprint256);
    certificate = certificate.issuerCertificate;
  }
  const { CN, O } = certificate.issuer ?? {};
  return `; it was issued by "${CN ?? O ?? "an authority without a name"}"`;
}
