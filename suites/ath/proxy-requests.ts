import type { CallOptions } from "../drivers/agent.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import type { Exchange } from "../engine/evidence.ts";
import { operationsFor, providerSettings } from "./shared/operations.ts";
import { bodyDifference, byMethod, contentTypeDifference, type PassageRow, passage } from "./shared/passage.ts";

/** Path and query of a recorded URL, nothing resolved or decoded. */
function targetOf({ request: { url } }: Exchange): { readonly path: string; readonly query: string } {
  const target = url.replace(/^https?:\/\/[^/?#]*/i, "");
  const cut = target.indexOf("?");
  return cut === -1 ? { path: target, query: "" } : { path: target.slice(0, cut), query: target.slice(cut + 1) };
}

/** The path behind `/ath/proxy/{provider_id}` of a call to the target. */
function proxiedPath(exchange: Exchange): string {
  const { path } = targetOf(exchange);
  const [, rest = ""] = path.split("/ath/proxy/");
  return rest.slice(rest.indexOf("/"));
}

const shownPairs = (query: string) => JSON.stringify([...new URLSearchParams(query)]);

/** Queries are compared as the pairs they mean, in order: how a blank is encoded is not the agent's concern. */
function queryDifference(agentSide: Exchange, providerSide: Exchange): string | undefined {
  const [sent, got] = [targetOf(agentSide).query, targetOf(providerSide).query];
  return shownPairs(sent) === shownPairs(got) ? undefined : `the query ?${got} instead of ?${sent}`;
}

function allOperations(world: World): readonly string[] {
  const provider = providerSettings(world);
  return provider.scopes.flatMap((scope) => operationsFor(provider, scope));
}

const carriesBody = (operation: string) => /^(POST|PUT|PATCH) /.test(operation);

/** The first configured operation that carries a body. */
function writeOperation(world: World): string {
  return allOperations(world).find(carriesBody) ?? "POST /";
}

function longestPath(operations: readonly string[]): string {
  const depth = (operation: string) => operation.split("/").length;
  return operations.reduce((longest, operation) => (depth(operation) > depth(longest) ? operation : longest));
}

/** What happens to a careless JSON parser and printer: spaces, order, a repeated name, a number's digits, an escape. */
const awkwardJson = '{ "b": 1.0,\t"a": "\\u00e9",  "big": 12345678901234567890, "a": [ ] }\n';
const everyByte = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
const json = { "content-type": "application/json" };
const binary = { "content-type": "application/octet-stream" };

type RequestRow = Omit<PassageRow, "id" | "requirement"> & { readonly variant: string };

/** A call with a body; `call` is made for each drive, so that a large body is not kept. */
function bodyRow(variant: string, title: string, call: () => CallOptions): RequestRow {
  return {
    variant,
    title,
    needs: ["write-operation"],
    passages: (world) => [{ operation: writeOperation(world), call: call() }],
    expected: "the body as it was sent",
    altered: (agentSide, providerSide) => bodyDifference(agentSide.request, providerSide.request),
  };
}

const rows: readonly RequestRow[] = [
  {
    variant: "method",
    title: "the method of a call arrives unchanged",
    passages: (world) =>
      byMethod(allOperations(world)).map((operation) => ({
        operation,
        ...(carriesBody(operation) ? { call: { body: "{}", headers: json } } : {}),
      })),
    expected: "the method as it was sent",
    altered: ({ request: sent }, { request: got }) =>
      got.method === sent.method ? undefined : `${got.method} instead of ${sent.method}`,
  },
  {
    variant: "path",
    title: "the path of a call arrives whole below the provider's base",
    passages: (world) => [{ operation: longestPath(allOperations(world)) }],
    expected: "the path behind the provider's id, whole",
    altered(agentSide, providerSide) {
      const [sent, got] = [proxiedPath(agentSide), targetOf(providerSide).path];
      return got.endsWith(sent) ? undefined : `${got} instead of …${sent}`;
    },
  },
  {
    variant: "query",
    title: "the query of a call arrives whole",
    passages: () => [{ call: { query: "?plain=1&blank=two%20words&plus=%2B&amp=%26&empty=&%C3%BC=%E2%82%AC" } }],
    expected: "the query as it was sent",
    altered: queryDifference,
  },
  {
    variant: "repeated-query",
    title: "a query parameter that is there three times arrives three times",
    passages: () => [{ call: { query: "?tag=b&tag=a&other=1&tag=b" } }],
    expected: "the query as it was sent",
    altered: queryDifference,
  },
  {
    ...bodyRow("request-body", "a request body of JSON arrives byte for byte", () => ({
      body: awkwardJson,
      headers: json,
    })),
    passages: (world) =>
      byMethod(allOperations(world).filter(carriesBody)).map((operation) => ({
        operation,
        call: { body: awkwardJson, headers: json },
      })),
  },
  bodyRow("binary-request", "a binary request body arrives byte for byte", () => ({
    body: everyByte,
    headers: binary,
  })),
  {
    ...bodyRow("large-request", "a request body of one MiB arrives whole", () => ({
      body: Buffer.alloc(1024 * 1024, everyByte),
      headers: binary,
    })),
    traits: ["bursty"],
  },
  // A sender of HTTP/1.1 need not say how long a body is (RFC 9112 § 6.3); streams are sent so.
  bodyRow("chunked-request", "a request body that is sent without its length arrives byte for byte", () => ({
    body: awkwardJson,
    headers: { ...json, "transfer-encoding": "chunked" },
  })),
  {
    ...bodyRow("request-content-type", "the content type of a request arrives unchanged", () => ({
      body: "from: a\nto: b\n",
      headers: { "content-type": 'text/x-gateproof; charset=utf-8; profile="urn:example:a"' },
    })),
    expected: "the Content-Type as it was sent",
    altered: (agentSide, providerSide) => contentTypeDifference(agentSide.request, providerSide.request),
  },
];

/** What the agent sends arrives (PRX-5). */
export const requestPassageChecks: readonly Check[] = rows.map(({ variant, ...row }) =>
  passage({ id: `PRX-5.${variant}`, requirement: "PRX-5", ...row }),
);
