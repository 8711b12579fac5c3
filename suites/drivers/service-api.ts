import { text } from "../engine/json.ts";
import { notTested } from "../engine/stop.ts";
import type { Reply } from "./reply.ts";
import type { Settings } from "./settings.ts";
import type { Wire } from "./wire.ts";

/** How an implementor is deployed: before providers, or as the service itself (ATH 0.1 client/discovery). */
export type DeploymentMode = "gateway" | "native";

/** Where a native service says what it is (ATH 0.1 client/discovery § Mode 3). */
export const serviceDocumentPath = "/.well-known/ath-app.json";

/** Where calls go, and the configured headers that may go along. */
interface ApiAddress {
  /** Without trailing slash. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The API of a native service: known from the service's own document, which is fetched once a run. */
export interface ServiceApi {
  /** Ends the check as not-tested when the service does not say where its API is, or names an address of no use. */
  find(wire: Wire): Promise<ApiAddress>;
}

export function createServiceApi({ target }: Settings): ServiceApi {
  let known: ApiAddress | undefined;
  return {
    async find(wire) {
      if (known !== undefined) return known;
      const reply = await wire.send({
        from: "agent",
        to: "target",
        purpose: "discovery",
        method: "GET",
        url: `${target.url}${serviceDocumentPath}`,
        headers: [["Accept", "application/json"], ...Object.entries(target.headers)],
      });
      const url = addressIn(reply, target.url);
      // The configured headers are secrets between the operator and the target's own address.
      const headers = url.origin === new URL(target.url).origin ? target.headers : {};
      known = { base: url.href.replace(/\/+$/, ""), headers };
      return known;
    },
  };
}

function addressIn(reply: Reply, targetUrl: string): URL {
  const exchanges = [reply.exchange.id];
  const base = reply.granted ? text(reply.json, "api_base") : undefined;
  if (base === undefined || !URL.canParse(base, targetUrl)) {
    throw notTested(
      "api-base-unknown",
      `${serviceDocumentPath} names no api_base, so that the kit knows no API to call`,
      {
        cause: "target",
        exchanges,
        mend: `publish a ServiceDiscoveryDocument at ${serviceDocumentPath}`,
      },
    );
  }
  const url = new URL(base, targetUrl);
  if (mayBeCalled(url, new URL(targetUrl))) return url;
  throw notTested("other-address", "the api_base is neither at the target's address nor on https", {
    cause: "configuration",
    exchanges,
    mend: "run the kit against the public URL of the service, and let api_base be a public URL too",
  });
}

/** A token of the target goes to the target, over TLS, or no further than this machine. */
function mayBeCalled(url: URL, target: URL): boolean {
  const isLocal = ({ hostname }: URL) =>
    hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  return url.origin === target.origin || url.protocol === "https:" || (isLocal(url) && isLocal(target));
}
