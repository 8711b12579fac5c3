import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { inconclusive, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted, refused } from "../engine/granted.ts";
import { parseJson, strings, text } from "../engine/json.ts";
import { notTested } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { conforms } from "../kinds/conforms.ts";
import { requireGranted } from "../kinds/control.ts";
import { property } from "../kinds/property.ts";
import { approvalOf, partitionFlaw } from "./shared/approvals.ts";
import { factText } from "./shared/facts.ts";
import { unknownProvider, unknownScopes } from "./shared/unknown-names.ts";

const expectedAnswer = "a registration, decided scope by scope";

/** What was asked for, by provider, as the drive noted it. */
function requestedOf(requested: unknown): readonly (readonly [provider: string, scopes: readonly string[]])[] {
  if (typeof requested !== "object" || requested === null) return [];
  return Object.entries(requested).map(([provider, scopes]) => [provider, strings(scopes) ?? []]);
}

/** Scopes that nobody has, and one that somebody may take for all of them. */
const oddScopes: readonly string[] = [...unknownScopes, "*"];

function scopesOf({ settings }: World, provider: string): readonly string[] {
  return settings.providers.find(({ id }) => id === provider)?.scopes ?? [];
}

/** What a registration decides about scopes (REG-2). */
export const partitionChecks: readonly Check[] = [
  property({
    id: "REG-2.partition",
    requirement: "REG-2",
    title: "every requested scope is either approved or denied, and nothing else is approved",
    given: (fc, world) => {
      const scopes = [...scopesOf(world, world.firstProvider), ...oddScopes];
      return fc.subarray(scopes, { minLength: 1 });
    },
    async drive(world, scopes) {
      const provider = world.firstProvider;
      world.fact("provider", provider);
      const reply = await world.agent.register({ providers: [{ provider_id: provider, scopes }] });
      world.mark("subject", reply);
      // Whether a refusal is for the unknown scopes shows when they are left out.
      if (!reply.granted) world.mark("control", await world.newAgent().register());
    },
    judge(evidence) {
      const [subject] = marked(evidence, "subject");
      const requested = strings(evidence.facts["input"]);
      const provider = factText(evidence, "provider");
      if (subject === undefined || requested === undefined || provider === undefined) {
        return untested({ reasonCode: "nothing-recorded", expected: expectedAnswer, actual: "no registration" });
      }
      const details = { expected: expectedAnswer, actual: answerOf(subject), exchanges: [subject] };
      if (!granted(subject)) {
        const someUnknown = requested.some((scope) => oddScopes.includes(scope));
        // Approving a part is a MAY: a request for what does not exist may be refused as a whole.
        const otherwiseGranted = marked(evidence, "control").some(granted);
        if (refused(subject) && subject.response?.status !== 429 && someUnknown && otherwiseGranted) {
          return pass([subject], ["the target refuses registrations that ask for unknown scopes"]);
        }
        return untested({ reasonCode: "request-refused", ...details, cause: "target" });
      }
      const body = parseJson(subject.response?.body);
      const approval = approvalOf(body, provider);
      const flaw = partitionFlaw(requested, approval ?? { approved: [], denied: [] });
      // An agent that is pending or denied as a whole has no decision for each scope yet (position POS-12).
      const undecided = text(body, "agent_status") !== "approved" && (approval?.approved.length ?? 0) === 0;
      if (flaw === undefined || (undecided && flaw.reasonCode === "missing-scope")) return pass([subject]);
      return violated({ ...flaw, exchanges: [subject] });
    },
  }),
  conforms({
    id: "REG-2.several-providers",
    requirement: "REG-2",
    title: "each of several requested providers is answered, by its own scopes",
    needs: ["two-providers"],
    async subject(world) {
      const requested = [world.firstProvider, world.secondProvider].map((id) => ({
        provider_id: id,
        scopes: scopesOf(world, id),
      }));
      world.fact("requested", Object.fromEntries(requested.map(({ provider_id, scopes }) => [provider_id, scopes])));
      const reply = await world.agent.register({ providers: requested });
      if (reply.granted && text(reply.json, "agent_status") !== "approved") {
        throw notTested("agent-not-approved", "the target did not approve an agent that asks for two providers", {
          exchanges: [reply.exchange.id],
          mend: "let the target approve the kit's agents at once for the scopes in providers",
        });
      }
      return reply;
    },
    relations: [
      {
        reasonCode: "missing-provider",
        expected: "an entry in approved_providers for each requested provider",
        broken: (body, { facts }) => {
          const missing = requestedOf(facts["requested"]).filter(([id]) => approvalOf(body, id) === undefined);
          return missing.length === 0 ? undefined : `no entry for ${missing.map(([id]) => id).join(", ")}`;
        },
      },
      {
        reasonCode: "extra-scope",
        expected: "scopes that were requested for that provider",
        broken: (body, { facts }) => {
          for (const [id, scopes] of requestedOf(facts["requested"])) {
            const approval = approvalOf(body, id);
            const flaw = approval && partitionFlaw(scopes, approval);
            if (flaw?.reasonCode === "extra-scope") return `${id}: ${flaw.actual}`;
          }
          return undefined;
        },
      },
    ],
  }),
];

/** A provider that the target does not have (REG-5). Judged by what is approved, whatever the status. */
export const unknownProviderChecks: readonly Check[] = [
  check({
    id: "REG-5.unknown-provider",
    requirement: "REG-5",
    title: "nothing is approved for a provider that the target does not have",
    async drive(world) {
      const control = await world.agent.register();
      world.mark("control", control);
      requireGranted(control, "control");
      const known = { provider_id: world.firstProvider, scopes: scopesOf(world, world.firstProvider) };
      const unknown = { provider_id: unknownProvider, scopes: known.scopes };
      world.mark("attempt", await world.newAgent().register({ providers: [unknown] }));
      world.mark("attempt", await world.newAgent().register({ providers: [known, unknown] }));
    },
    judge(evidence) {
      const attempts = marked(evidence, "attempt");
      const expected = `a refusal, or no scope approved for "${unknownProvider}"`;
      if (attempts.length === 0 || !marked(evidence, "control").some(granted)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      for (const attempt of attempts) {
        const details = { expected, actual: answerOf(attempt), exchanges: [attempt] };
        const { response } = attempt;
        if (response === null) return violated({ reasonCode: "no-answer", ...details });
        if (response.status === 429) return untested({ reasonCode: "rate-limited", ...details, cause: "environment" });
        if (response.status >= 500) return violated({ reasonCode: "server-error", ...details });
        const { approved = [] } = approvalOf(parseJson(response.body), unknownProvider) ?? {};
        if (response.status < 300 && approved.length > 0) {
          return violated({ reasonCode: "accepted", ...details, actual: `approved: ${approved.join(", ")}` });
        }
        if (!granted(attempt) && !refused(attempt)) {
          return inconclusive({ reasonCode: "neither-granted-nor-refused", ...details });
        }
      }
      return pass(attempts);
    },
  }),
];
