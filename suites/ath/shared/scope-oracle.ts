import { type Evidence, marked } from "../../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../../engine/finding.ts";
import { answerOf, granted } from "../../engine/granted.ts";
import { member, parseJson, strings } from "../../engine/json.ts";

/** The scopes that are in every one of the sets, in the order of the first. */
function common(first: readonly string[], ...others: readonly (readonly string[])[]): readonly string[] {
  return first.filter((scope) => others.every((other) => other.includes(scope)));
}

const beyond = (set: readonly string[], limit: readonly string[]) => set.filter((scope) => !limit.includes(scope));
const shown = (set: readonly string[]) => (set.length === 0 ? "nothing" : set.join(" "));

/**
 * Judges the answer to an exchange (mark `subject`) by the sets `approved`, `requested` and `consented` (facts): the token
 * carries their intersection, and scope_intersection tells the same (ATH 0.1 client/scope-intersection).
 */
export function judgeScopes(evidence: Evidence): Finding {
  const [subject] = marked(evidence, "subject");
  const [approved, requested, consented, scopes] = ["approved", "requested", "consented", "scopes"].map((name) =>
    strings(evidence.facts[name]),
  );
  if (!subject || !approved || !requested || !consented || !scopes) {
    return untested({ reasonCode: "nothing-recorded", expected: "an exchange", actual: "none is in the evidence" });
  }
  const due = common(requested, approved, consented);
  const expected = `effective_scopes: ${shown(due)}`;
  const exchanges = [subject];
  const wrong = (reasonCode: string, actual: string) => violated({ reasonCode, expected, actual, exchanges });

  if (!granted(subject)) {
    if (subject.response === null || subject.response.status === 429) {
      return untested({ reasonCode: "no-answer", expected, actual: answerOf(subject), exchanges });
    }
    // A provider that grants what nobody asked for may be mistrusted altogether: no token is no wider token.
    const unasked = beyond(consented, requested);
    return unasked.length > 0
      ? pass(exchanges, [`refused since the provider granted ${shown(unasked)} unasked: ${answerOf(subject)}`])
      : wrong("too-narrow", answerOf(subject));
  }
  const body = parseJson(subject.response?.body);
  const effective = strings(member(body, "effective_scopes"));
  if (effective === undefined) {
    // TOK-1 says so; without the list nothing can be compared.
    return untested({ reasonCode: "no-effective-scopes", expected, actual: "no effective_scopes", exchanges });
  }
  if (beyond(effective, due).length > 0) return wrong("too-wide", `effective_scopes: ${shown(effective)}`);
  if (beyond(due, effective).length > 0) return wrong("too-narrow", `effective_scopes: ${shown(effective)}`);

  const told = member(body, "scope_intersection");
  const misreported = misreport(told, { due, approved, consented, scopes });
  if (misreported === undefined) return pass(exchanges);
  return violated({ reasonCode: "misreported", ...misreported, exchanges });
}

interface Sets {
  readonly due: readonly string[];
  readonly approved: readonly string[];
  readonly consented: readonly string[];
  /** Every scope of the provider that the configuration knows. */
  readonly scopes: readonly string[];
}

/**
 * What is wrong in scope_intersection; undefined when nothing is. Whether its lists are cut down to what was requested is
 * left open by the text; a scope that was never approved or consented to must not be in them.
 */
function misreport(
  told: unknown,
  { due, approved, consented, scopes }: Sets,
): { readonly expected: string; readonly actual: string } | undefined {
  const rows = [
    { name: "effective", least: due, most: due },
    { name: "agent_approved", least: due, most: approved },
    // A gateway may ask the provider for scopes of its own besides (offline_access), to which the user consents as well.
    { name: "user_consented", least: due, most: [...consented, ...beyond(listed(told, "user_consented"), scopes)] },
  ];
  for (const { name, least, most } of rows) {
    const list = strings(member(told, name));
    const path = `scope_intersection.${name}`;
    if (list === undefined) return { expected: `${path}: a list`, actual: "none" };
    if (beyond(list, most).length > 0 || beyond(least, list).length > 0) {
      const expected = name === "effective" ? shown(due) : `at least ${shown(least)}, at most ${shown(most)}`;
      return { expected: `${path}: ${expected}`, actual: `${path}: ${shown(list)}` };
    }
  }
  return undefined;
}

function listed(told: unknown, name: string): readonly string[] {
  return strings(member(told, name)) ?? [];
}
