import { isIP } from "node:net";
import type { HandshakeAgent, ScopeGrant } from "../drivers/handshake/agent.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import { isLoopbackName } from "../drivers/sites.ts";
import type { Check, Section } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { ambiguous, type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import type { Json } from "../engine/json.ts";
import { notTested } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { refusal } from "../kinds/refusal.ts";
import { accessTimeCheck } from "./restrictions-access-time.ts";
import { announcedRestriction } from "./shared/announced-restriction.ts";
import { workingCall } from "./shared/refused-call.ts";

/** A burst so long says nothing of a rate any more; a rate so high is no restriction that a test can meet. */
const highestRate = 400;

const unitS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/** `100/second` as calls and seconds; undefined when it says something else. */
function rateOf(announced: Json): { readonly calls: number; readonly perS: number } | undefined {
  const match = /^\s*(\d+)\s*\/\s*(?:per\s*)?([a-z]+?)s?\s*$/i.exec(String(announced));
  const perS = unitS[match?.[2]?.toLowerCase() ?? ""];
  return match === null || perS === undefined ? undefined : { calls: Number(match[1]), perS };
}

/** Twice the rate and one more: not even two windows of time side by side allow so much. */
async function exceedRate(world: HandshakeWorld): Promise<void> {
  const agent = world.newAgent({ template: world.handshake.restrictions.rateLimit ?? "" });
  const grant = await agent.granted();
  const announced = announcedRestriction(grant, "rate_limit");
  const rate = rateOf(announced);
  world.fact("rate_limit", announced);
  if (rate === undefined || rate.calls > highestRate) {
    throw notTested("rate-not-testable", `rate_limit ${String(announced)} cannot be exceeded by a test`, {
      mend: `configure an agent with a rate_limit of at most ${highestRate} per second, minute, hour or day`,
    });
  }
  const connection = await connect(agent, grant);
  const begun = performance.now();
  for (let call = 0; call < 2 * rate.calls + 1; call++) {
    const reply = await agent.call(connection);
    world.mark(call === 0 ? "control" : "attempt", reply);
    if (call === 0) requireGranted(reply, "control");
    if (reply.status === 429) break;
  }
  world.fact("seconds", (performance.now() - begun) / 1000);
  world.fact("perSeconds", rate.perS);
}

async function connect(agent: HandshakeAgent, grant: ScopeGrant) {
  const reply = await grant.handshake.complete();
  requireGranted(reply, "handshake_complete");
  return agent.connection(grant, reply);
}

function judgeRate(evidence: Evidence): Finding {
  const { rate_limit: announced, seconds, perSeconds } = evidence.facts;
  const attempts = marked(evidence, "attempt");
  const expected = `429 for what is beyond ${String(announced)}`;
  if (!marked(evidence, "control").some(granted) || attempts.length === 0) {
    return untested({ reasonCode: "control-refused", expected, actual: "no call was answered" });
  }
  const limited = attempts.find(({ response }) => response?.status === 429);
  if (limited !== undefined) return pass([limited]);
  const other = attempts.find((attempt) => !granted(attempt));
  if (other !== undefined) {
    return untested({ reasonCode: "call-failed", expected, actual: answerOf(other), exchanges: [other] });
  }
  const actual = `${attempts.length + 1} calls were answered in ${String(seconds)} s`;
  if (typeof seconds !== "number" || typeof perSeconds !== "number" || seconds > perSeconds) {
    return untested({ reasonCode: "too-slow", expected, actual, cause: "environment" });
  }
  return violated({ reasonCode: "accepted", expected, actual, exchanges: attempts.slice(-1) });
}

/** An agent whose grant announces an ip_whitelist. */
async function confined(world: HandshakeWorld) {
  const agent = world.newAgent({ template: world.handshake.restrictions.ipWhitelist ?? "" });
  return { agent, grant: await agent.granted() };
}

const addressCheck: Check<HandshakeWorld> = refusal({
  id: "GW-4.ip-whitelist",
  requirement: "GW-4",
  title: "a call from an address that is not in the announced ip_whitelist is refused",
  needs: ["ip-whitelist-agent", "system-operations"],
  control: (world: HandshakeWorld) => workingCall(world),
  async attempt(world) {
    const { agent, grant } = await confined(world);
    world.fact("ip_whitelist", announcedRestriction(grant, "ip_whitelist"));
    return agent.call(await connect(agent, grant));
  },
});

/** The first single address of an announced list; of a range the address it is named by. */
function firstAddress(announced: Json): string | undefined {
  const listed = Array.isArray(announced) ? announced : [announced];
  return listed.map((entry) => String(entry).split("/")[0]?.trim()).find((entry) => isIP(entry ?? "") !== 0);
}

/** Whether the kit calls from where a proxy would that the gateway believes (position `claimed-address`). */
function standsForProxy({ handshake: { restrictions: known }, base }: HandshakeWorld): boolean {
  const { hostname } = new URL(base);
  return (known.forwardedBy ?? (isLoopbackName(hostname) ? "proxy" : "nobody")) === "proxy";
}

const claimed = refusal<Reply, HandshakeWorld>({
  id: "GW-4.claimed-address",
  requirement: "GW-4",
  title: "a call that only claims to come from an address in the announced ip_whitelist is refused",
  needs: ["ip-whitelist-agent", "system-operations"],
  control: async (world) => (await workingCall(world)).reply,
  async attempt(world) {
    world.fact("standsForProxy", standsForProxy(world));
    const { agent, grant } = await confined(world);
    const address = firstAddress(announcedRestriction(grant, "ip_whitelist"));
    if (address === undefined) throw notTested("no-address", "the announced ip_whitelist names no address to claim");
    const headers = { "x-forwarded-for": address, "x-real-ip": address, forwarded: `for=${address}` };
    return agent.call(await connect(agent, grant), { headers });
  },
});

const claimCheck: Check<HandshakeWorld> = {
  ...claimed,
  judge(evidence) {
    const finding = claimed.judge(evidence);
    if (finding.reasonCode !== "accepted" || evidence.facts["standsForProxy"] !== true) return finding;
    return ambiguous({
      reasonCode: "believed-as-proxy",
      expected: "a refusal; it must be one where handshake.restrictions.forwarded_by is nobody",
      actual: "the address in the header is believed, and the kit calls from where a proxy would",
      exchanges: marked(evidence, "attempt"),
    });
  },
};

/** Restrictions that scope_result announces are enforced (GW-4). */
export const restrictions: Section<HandshakeWorld> = {
  id: "restrictions",
  title: "Restrictions",
  checks: [
    addressCheck,
    claimCheck,
    accessTimeCheck,
    check<HandshakeWorld>({
      id: "GW-4.rate-limit",
      requirement: "GW-4",
      title: "calls beyond the announced rate_limit are refused with 429",
      needs: ["rate-limit-agent", "system-operations"],
      traits: ["exclusive", "bursty"],
      drive: exceedRate,
      judge: judgeRate,
    }),
  ],
};
