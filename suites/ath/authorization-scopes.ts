import type { Registration, Session } from "../drivers/agent.ts";
import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { parseJson } from "../engine/json.ts";
import { notApplicable, notTested } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { judgeAttempt, refusal } from "../kinds/refusal.ts";
import { bothProviders } from "./shared/operations.ts";
import { unknownProvider, unknownScopes } from "./shared/unknown-names.ts";

const [unknownScope] = unknownScopes;
const notApproved = ["SCOPE_NOT_APPROVED"];

/** A registration for the first provider's first scope alone, and a scope of the same provider that is not approved. */
async function narrowlyRegistered(world: World): Promise<{ readonly approved: string; readonly extra: string }> {
  const { firstProvider } = world;
  const [approved = "", extra = ""] = world.settings.providers[0]?.scopes ?? [];
  const registration = await world.agent.registered({
    providers: [{ provider_id: firstProvider, scopes: [approved] }],
  });
  requireUnapproved(registration, firstProvider, extra);
  return { approved, extra };
}

function requireUnapproved({ approved, reply }: Registration, provider: string, scope: string): void {
  if (!(approved[provider] ?? []).includes(scope)) return;
  throw notTested("prerequisite-refused", `the target approved "${scope}", which the check needs unapproved`, {
    exchanges: [reply.exchange.id],
    cause: "target",
  });
}

/** Texts that a comparison by parts, in a joined list or without regard to case takes for the approved scope. */
function nearScopes(approved: string): readonly string[] {
  const otherCase = approved === approved.toUpperCase() ? approved.toLowerCase() : approved.toUpperCase();
  return [approved.slice(0, -1), `${approved}x`, `${approved} ${unknownScope}`, otherCase];
}

/** Names in an answer that only a started authorization has. */
const sessionMembers = ["ath_session_id", "authorization_url"];

/** Whether a JSON value has one of these members with something in it, however deep. */
function handsOutSession(value: unknown): boolean {
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== "object" || next === null) continue;
    for (const [name, member] of Object.entries(next)) {
      if (sessionMembers.includes(name) && typeof member === "string" && member !== "") return true;
      open.push(member);
    }
  }
  return false;
}

/** Providers and scopes beyond what was approved (AUTHZ-4, AUTHZ-5). */
export const approvedOnlyChecks: readonly Check[] = [
  refusal({
    id: "AUTHZ-4.other-provider",
    requirement: "AUTHZ-4",
    title: "an authorization for a provider that the agent was not approved for is refused",
    needs: ["two-providers"],
    async control(world) {
      const { agent, firstProvider, secondProvider } = world;
      const scopes = world.settings.providers[0]?.scopes ?? [];
      const registration = await agent.registered({ providers: [{ provider_id: firstProvider, scopes }] });
      const [first = ""] = world.settings.providers[1]?.scopes ?? [];
      requireUnapproved(registration, secondProvider, first);
      return agent.authorize();
    },
    attempt(world) {
      const scopes = world.settings.providers[1]?.scopes.slice(0, 1) ?? [];
      return world.agent.authorize({ provider: world.secondProvider, scopes });
    },
    codes: ["PROVIDER_NOT_APPROVED"],
  }),
  refusal({
    id: "AUTHZ-4.unknown-provider",
    requirement: "AUTHZ-4",
    title: "an authorization for a provider that the target does not have is refused",
    control: ({ agent }) => agent.session(),
    attempt: ({ agent }, { scopes }: Session) => agent.authorize({ provider: unknownProvider, scopes }),
    codes: ["PROVIDER_NOT_APPROVED"],
  }),
  refusal({
    id: "AUTHZ-5.extra-scope",
    requirement: "AUTHZ-5",
    title: "an authorization that asks for a scope the agent never registered for is refused",
    needs: ["two-scopes"],
    async control(world) {
      const { approved, extra } = await narrowlyRegistered(world);
      return { reply: await world.agent.authorize({ scopes: [approved] }), scopes: [approved, extra] };
    },
    attempt: ({ agent }, { scopes }) => agent.authorize({ scopes }),
    codes: notApproved,
  }),
  refusal({
    id: "AUTHZ-5.denied-scope",
    requirement: "AUTHZ-5",
    title: "an authorization that asks for a scope that was denied at registration is refused",
    async control(world) {
      const { agent, firstProvider } = world;
      const scopes = world.settings.providers[0]?.scopes ?? [];
      const asked = await agent.register({
        providers: [{ provider_id: firstProvider, scopes: [...scopes, unknownScope] }],
      });
      const registration = agent.readRegistration(asked);
      if (registration === undefined) {
        // Refusing the whole registration is allowed, but then the plain one must be granted.
        await world.newAgent().registered();
        throw notApplicable("nothing-denied", `the target refuses unknown scopes: ${answerOf(asked.exchange)}`, {
          exchanges: [asked.exchange.id],
        });
      }
      requireUnapproved(registration, firstProvider, unknownScope);
      const approved = registration.approved[firstProvider] ?? [];
      return { reply: await agent.authorize({ scopes: approved }), scopes: [...approved, unknownScope] };
    },
    attempt: ({ agent }, { scopes }) => agent.authorize({ scopes }),
    codes: notApproved,
  }),
  refusal({
    id: "AUTHZ-5.other-providers-scope",
    requirement: "AUTHZ-5",
    title: "an authorization that asks one provider for a scope approved for another is refused",
    needs: ["two-providers"],
    async control(world) {
      const { agent, firstProvider, secondProvider } = world;
      const { approved } = await agent.registered({ providers: bothProviders(world) });
      const here = approved[firstProvider] ?? [];
      const [elsewhere] = (approved[secondProvider] ?? []).filter((scope) => !here.includes(scope));
      if (elsewhere === undefined) {
        throw notApplicable(
          "scopes-shared",
          "every scope of the second provider is approved for the first one as well",
        );
      }
      return { reply: await agent.authorize({ provider: firstProvider, scopes: here }), scopes: [...here, elsewhere] };
    },
    attempt: ({ agent, firstProvider }, { scopes }) => agent.authorize({ provider: firstProvider, scopes }),
    codes: notApproved,
  }),
  refusal({
    id: "AUTHZ-5.near-scope",
    requirement: "AUTHZ-5",
    title: "an authorization that asks for scopes which only look like the approved one is refused",
    async control(world) {
      const { approved } = await narrowlyRegistered(world);
      return { reply: await world.agent.authorize({ scopes: [approved] }), approved };
    },
    async attempt({ agent }, { approved }) {
      const replies: Reply[] = [];
      for (const scope of nearScopes(approved)) replies.push(await agent.authorize({ scopes: [scope] }));
      return replies;
    },
    codes: notApproved,
  }),
  check({
    id: "AUTHZ-5.no-session",
    requirement: "AUTHZ-5",
    title: "a refusal for a scope starts no session",
    needs: ["two-scopes"],
    async drive(world) {
      const { approved, extra } = await narrowlyRegistered(world);
      const control = await world.agent.authorize({ scopes: [approved] });
      world.mark("control", control);
      requireGranted(control, "control");
      world.mark("attempt", await world.agent.authorize({ scopes: [approved, extra] }));
    },
    judge(evidence) {
      const [attempt] = marked(evidence, "attempt");
      const expected = "a refusal without ath_session_id and authorization_url";
      if (attempt === undefined || !marked(evidence, "control").some(granted)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      if (handsOutSession(parseJson(attempt.response?.body))) {
        const actual = `${answerOf(attempt)} with a session in the body`;
        return violated({ reasonCode: "session-made", expected, actual, exchanges: [attempt] });
      }
      return judgeAttempt(attempt);
    },
  }),
];
