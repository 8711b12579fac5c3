import type { ScopeOptions } from "../../drivers/handshake/agent.ts";
import type { HandshakeWorld } from "../../drivers/handshake/world.ts";
import { type Evidence, marked } from "../../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../../engine/finding.ts";
import { answerOf, granted, refused } from "../../engine/granted.ts";
import { member, parseJson, strings } from "../../engine/json.ts";
import { requireGranted } from "../../kinds/control.ts";
import { saysNo } from "./refused.ts";

/** The sets of one scope_request. */
export type ScopeSets = {
  readonly requested: readonly string[];
  /** In the user's credential. */
  readonly credential: readonly string[];
  /** By the user when asked. */
  readonly approved: readonly string[];
};

/** Scopes that no gateway supports. */
export const unsupportedScopes: readonly string[] = ["gateproof:no-such-scope", "gateproof:nor-this"];

/** Sends a scope_request with these sets (mark `subject`) and tells the judge all of them, the policy's included. */
export async function requestScopes(world: HandshakeWorld, sets: ScopeSets): Promise<void> {
  const { agent, scopes } = world;
  const handshake = await agent.opened();
  const proof = await handshake.prove();
  requireGranted(proof, "identity_proof");
  const supported = strings(member(member(proof.json, "metadata"), "scopes_supported"));
  world.fact("policy", supported === undefined ? scopes : scopes.filter((scope) => supported.includes(scope)));
  world.fact("requested", sets.requested);
  world.fact("credential", sets.credential);
  world.fact("approved", sets.approved);
  world.mark("subject", await handshake.request(optionsFor(sets)));
}

function optionsFor({ requested, credential, approved }: ScopeSets): ScopeOptions {
  return {
    scopes: requested,
    credential: { scopes: credential },
    answer: (asked) => {
      // A gateway may spare the user what it cannot grant anyhow. Of what the agent wants, nobody approves the rest.
      const grant = approved.filter((scope) => asked.scopes.includes(scope) || !requested.includes(scope));
      const approval = asked.user.answer(asked, { grant });
      // Where an answer that names scopes nobody asked for, or none, does not count, the plain denial ends the waiting.
      const odd = grant.length === 0 || beyond(grant, requested).length > 0;
      return odd ? [approval, asked.user.answer(asked, { grant: "deny" })] : [approval];
    },
  };
}

const beyond = (set: readonly string[], limit: readonly string[]) => set.filter((scope) => !limit.includes(scope));
const shown = (set: readonly string[]) => (set.length === 0 ? "nothing" : set.join(" "));

/** Judges scope_result (mark `subject`): what is granted is what all of the sets have in common (HS-12). */
export function judgeGrant(evidence: Evidence): Finding {
  const [subject] = marked(evidence, "subject");
  const [requested, credential, approved, policy] = ["requested", "credential", "approved", "policy"].map((name) =>
    strings(evidence.facts[name]),
  );
  if (!subject || !requested || !credential || !approved || !policy) {
    return untested({ reasonCode: "nothing-recorded", expected: "a scope_request", actual: "none is in the evidence" });
  }
  const due = requested.filter((scope) => [credential, approved, policy].every((set) => set.includes(scope)));
  const expected = `scopes_granted: ${shown(due)}`;
  const exchanges = [subject];
  if (!granted(subject)) {
    if (!refused(subject) && !saysNo(subject)) {
      return untested({ reasonCode: "no-answer", expected, actual: answerOf(subject), exchanges });
    }
    if (subject.response?.status === 429) {
      return untested({ reasonCode: "rate-limited", expected, actual: answerOf(subject), exchanges });
    }
    if (due.length === 0) return pass(exchanges);
    const unasked = beyond(approved, requested);
    return unasked.length > 0
      ? pass(exchanges, [`refused since the user approved ${shown(unasked)} unasked: ${answerOf(subject)}`])
      : violated({ reasonCode: "too-narrow", expected, actual: answerOf(subject), exchanges });
  }
  const given = strings(member(parseJson(subject.response?.body), "scopes_granted")) ?? [];
  const actual = `scopes_granted: ${shown(given)}`;
  if (beyond(given, due).length > 0) return violated({ reasonCode: "too-wide", expected, actual, exchanges });
  if (beyond(due, given).length > 0) return violated({ reasonCode: "too-narrow", expected, actual, exchanges });
  return pass(exchanges);
}
