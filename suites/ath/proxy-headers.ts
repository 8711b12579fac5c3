import type { CallOptions } from "../drivers/agent.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, type Exchange, header, marked } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { granted } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { exchangesIn, watchUpstream } from "./shared/arrivals.ts";
import { placeholderFact, requestText } from "./shared/leaks.ts";

interface HeaderRow {
  readonly variant: string;
  readonly title: string;
  readonly reasonCode: string;
  readonly expected: string;
  /** Sent with the call besides the ordinary headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What is wrong with a call as it arrived; undefined: nothing. */
  readonly wrong: (arrived: Exchange, evidence: Evidence) => string | undefined;
}

/** Headers for the connection to the target alone (RFC 9110 § 7.6.1): one that Connection names, and two by their names. */
const hopByHop = {
  Connection: "keep-alive, X-Gateproof-Hop",
  "X-Gateproof-Hop": "gateproof-hop",
  "Keep-Alive": "timeout=7",
  "Proxy-Connection": "gateproof-hop",
} as const;

const rows: readonly HeaderRow[] = [
  {
    variant: "token-stripped",
    title: "the ATH token does not reach the provider",
    reasonCode: "ath-token-forwarded",
    expected: "the ATH token in no header, not in the URL and not in the body",
    wrong(arrived, evidence) {
      const token = placeholderFact(evidence, "token");
      if (token === undefined || !requestText(arrived).includes(token)) return undefined;
      const carrier = arrived.request.headers.find(([, value]) => value.includes(token));
      return carrier === undefined ? "it is in the URL or the body" : `it is in the header ${carrier[0]}`;
    },
  },
  {
    variant: "agent-id-stripped",
    title: "X-ATH-Agent-ID does not reach the provider",
    reasonCode: "agent-id-forwarded",
    expected: "no X-ATH-Agent-ID",
    wrong({ request }) {
      const value = header(request, "x-ath-agent-id");
      return value === undefined ? undefined : `X-ATH-Agent-ID: ${value}`;
    },
  },
  {
    variant: "provider-token",
    title: "the provider's own token arrives with the call",
    reasonCode: "provider-token-missing",
    expected: "a token that the provider issued for this user",
    wrong: (_arrived, { facts }) => (facts["user"] === null ? "no token of the provider came along" : undefined),
  },
  {
    variant: "hop-by-hop",
    title: "hop-by-hop headers end at the gateway",
    reasonCode: "hop-by-hop-forwarded",
    expected: "neither the headers that Connection names nor Keep-Alive and Proxy-Connection",
    headers: hopByHop,
    wrong({ request }) {
      const names = ["X-Gateproof-Hop", "Keep-Alive", "Proxy-Connection"] as const;
      const passed = names.filter((name) => header(request, name) === hopByHop[name]);
      return passed.length === 0 ? undefined : passed.join(", ");
    },
  },
];

/**
 * One call, seen from the provider's side. What the agent gets for it does not matter: a provider refuses a call that
 * comes without its token, and that is what is looked for.
 */
async function callAndWatch(world: World, headers: HeaderRow["headers"]): Promise<void> {
  const grant = await world.agent.grant();
  world.mark("control", grant.reply);
  world.fact("token", grant.token);
  const options: CallOptions = headers === undefined ? {} : { headers };
  const { result, arrived } = await watchUpstream(world, () => world.agent.call(grant, options));
  world.mark("call", result);
  world.fact("user", arrived[0]?.user ?? null);
  world.fact(
    "arrived",
    arrived.map(({ exchange }) => exchange),
  );
}

/** What the provider gets to see (PRX-6). */
export const headerChecks: readonly Check[] = rows.map(({ variant, title, reasonCode, expected, headers, wrong }) =>
  check({
    id: `PRX-6.${variant}`,
    requirement: "PRX-6",
    title,
    needs: ["kit-provider", "operations"],
    drive: (world) => callAndWatch(world, headers),
    judge(evidence) {
      const arrived = exchangesIn(evidence, "arrived");
      if (!marked(evidence, "control").some(granted) || arrived.length === 0) {
        const actual = "no call arrived at the provider";
        return untested({ reasonCode: "nothing-arrived", expected, actual, exchanges: marked(evidence, "call") });
      }
      for (const exchange of arrived) {
        const actual = wrong(exchange, evidence);
        if (actual !== undefined) return violated({ reasonCode, expected, actual, exchanges: [exchange] });
      }
      return pass(arrived);
    },
  }),
);
