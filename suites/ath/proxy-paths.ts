import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { exchangesIn, watchUpstream } from "./shared/arrivals.ts";
import { operationsFor, providerSettings } from "./shared/operations.ts";

interface Attack {
  readonly variant: string;
  readonly title: string;
  /** Paths behind `/ath/proxy/{provider_id}`, byte for byte. `inScope` is a path the token may call, `decoy` another host. */
  readonly paths: (inScope: string, decoy: string) => readonly string[];
}

/** From a path that may be called up to the root of the provider's host; a step too many changes nothing there. */
function up(inScope: string, step: string): string {
  const depth = inScope.split("/").filter((segment) => segment !== "").length;
  return `${inScope}/${step.repeat(depth + 2)}outside`;
}

const attacks: readonly Attack[] = [
  {
    variant: "dot-segments",
    title: "dot segments do not lead out of the provider's API",
    paths: (inScope) => [up(inScope, "../"), "/../outside"],
  },
  {
    variant: "encoded-dots",
    title: "encoded dot segments do not lead out of the provider's API",
    paths: (inScope) => [up(inScope, "%2e%2e/"), up(inScope, ".%2E/")],
  },
  {
    variant: "twice-encoded-dots",
    title: "dot segments that are encoded twice do not lead out of the provider's API",
    paths: (inScope) => [up(inScope, "%252e%252e/"), up(inScope, "..%252f")],
  },
  {
    variant: "encoded-slash",
    title: "dot segments with encoded slashes do not lead out of the provider's API",
    paths: (inScope) => [up(inScope, "..%2f")],
  },
  {
    variant: "double-slash",
    title: "a path that begins with two slashes names no other host",
    paths: (inScope, decoy) => [`//${decoy}${inScope}`],
  },
  {
    variant: "absolute-url",
    title: "an absolute URL as path names no other host",
    paths: (inScope, decoy) => [`/http://${decoy}${inScope}`],
  },
  {
    variant: "userinfo",
    title: "a path that begins with @ names no other host",
    paths: (inScope, decoy) => [`/@${decoy}${inScope}`, `@${decoy}${inScope}`],
  },
  {
    variant: "backslash",
    title: "encoded backslashes do not lead out of the provider's API",
    paths: (inScope) => [up(inScope, "..%5c")],
  },
];

/** A path that a GET may call, so that nothing but the attack is a reason to refuse. */
function readablePath(world: World): { readonly operation: string; readonly path: string } {
  const provider = providerSettings(world);
  const operations = provider.scopes.flatMap((scope) => operationsFor(provider, scope));
  const operation = operations.find((line) => line.startsWith("GET ")) ?? operations[0] ?? "GET /";
  return { operation, path: operation.slice(operation.indexOf(" ") + 1) };
}

/**
 * The path of a proxied call cannot escape the provider (PRX-8). What the target answers is free; what counts is where
 * requests arrive, as an upstream server understands their paths.
 */
export const pathChecks: readonly Check[] = attacks.map(({ variant, title, paths }) =>
  check({
    id: `PRX-8.${variant}`,
    requirement: "PRX-8",
    title,
    needs: ["kit-provider", "operations"],
    async drive(world) {
      const { agent } = world;
      const grant = await agent.grant();
      const { operation, path } = readablePath(world);
      const control = await watchUpstream(world, () => agent.call(grant, { operation }));
      world.mark("control", control.result);
      requireGranted(control.result, "control");
      world.fact("arrived", ids(control.arrived));
      const decoy = new URL(agent.id).host;
      const escaped: number[] = [];
      for (const rawPath of paths(path, decoy)) {
        const { result, arrived } = await watchUpstream(world, () => agent.call(grant, { operation, rawPath }));
        world.mark("attempt", result);
        escaped.push(...ids(arrived.filter((call) => call.escaped)));
      }
      world.fact("escaped", escaped);
    },
    judge(evidence) {
      const expected = "every request that arrives is for the provider's API, or none arrives";
      const attempts = marked(evidence, "attempt");
      const controlled = marked(evidence, "control").some(granted) && exchangesIn(evidence, "arrived").length > 0;
      if (!controlled || attempts.length === 0) {
        return untested({ reasonCode: "control-refused", expected, actual: "no call of the control arrived" });
      }
      const escaped = exchangesIn(evidence, "escaped");
      if (escaped.length > 0) {
        const actual = escaped.map(({ request }) => `${request.method} ${request.url}`).join(", ");
        return violated({ reasonCode: "escaped", expected, actual, exchanges: [...attempts, ...escaped] });
      }
      const unanswered = attempts.find(({ response }) => response === null || response.status === 429);
      if (unanswered === undefined) return pass(attempts);
      const actual = answerOf(unanswered);
      return untested({ reasonCode: "no-answer", expected, actual, exchanges: [unanswered] });
    },
  }),
);

function ids(calls: readonly { readonly exchange: number }[]): readonly number[] {
  return calls.map(({ exchange }) => exchange);
}
