import { connect as connectTcp, isIP } from "node:net";
import { connect as connectTls, type SecureVersion } from "node:tls";

/** What came of one TLS handshake. A type and not an interface: it goes into the evidence as JSON. */
export type TlsOutcome = {
  /** Both sides finished the handshake. */
  readonly established: boolean;
  /** What they agreed on, for example "TLSv1.3". */
  readonly protocol: string | null;
  /** This machine's TLS library was able to send its side at all. */
  readonly offered: boolean;
  /** The code of the failure, for example "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" or "TIMEOUT". */
  readonly error: string | null;
};

export interface TlsProbe {
  /** An https URL; only its host and port count. */
  readonly url: string;
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion;
  readonly timeoutMs: number;
}

/**
 * Tries one TLS handshake and closes the connection. Certificates are not judged: which versions a server speaks is the
 * only question. Never throws.
 */
export function probeTls({ url, minVersion, maxVersion, timeoutMs }: TlsProbe): Promise<TlsOutcome> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const raw = connectTcp({ host, port: port === "" ? 443 : Number(port) });
    let offered = false;
    const timer = setTimeout(() => end(null, "TIMEOUT"), timeoutMs);
    const end = (protocol: string | null, error: string | null) => {
      clearTimeout(timer);
      raw.destroy();
      resolve({ established: error === null, protocol, offered, error });
    };
    const failed = (error: NodeJS.ErrnoException) => end(null, error.code ?? error.message);
    raw.on("error", failed);
    raw.once("connect", () => {
      const secure = connectTls({
        socket: raw,
        minVersion,
        maxVersion,
        // TLS 1.0 and 1.1 need SHA-1 signatures, which the default security level of OpenSSL 3 does not offer.
        ciphers: "DEFAULT@SECLEVEL=0",
        rejectUnauthorized: false,
        ...(isIP(host) === 0 ? { servername: host } : {}),
      });
      offered = true;
      secure.on("error", (error: NodeJS.ErrnoException) => {
        // The library refused before anything went out: the server was never asked.
        if (unavailableHere.has(error.code ?? "")) offered = false;
        failed(error);
      });
      secure.once("close", () => end(null, "CLOSED"));
      secure.once("secureConnect", () => end(secure.getProtocol(), null));
    });
  });
}

/** What OpenSSL says when its own build or system-wide settings leave no version to offer. */
const unavailableHere = new Set([
  "ERR_SSL_NO_PROTOCOLS_AVAILABLE",
  "ERR_SSL_NO_CIPHERS_AVAILABLE",
  "ERR_TLS_INVALID_PROTOCOL_VERSION",
]);
