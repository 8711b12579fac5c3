import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { member, strings, text } from "../engine/json.ts";
import { conforms, type Relation } from "../kinds/conforms.ts";
import { unsupportedScopes } from "./shared/granted-scopes.ts";

/** Asks for more than each of the others allows: the credential lacks the last scope, the user approves the first. */
async function mostlyDenied(world: HandshakeWorld): Promise<Reply> {
  const { scopes } = world;
  const requested = [...scopes, ...unsupportedScopes];
  world.fact("requested", requested);
  const handshake = await world.agent.proven();
  return handshake.request({
    scopes: requested,
    credential: { scopes: [...scopes.slice(0, -1), ...unsupportedScopes] },
    answer: (asked) => [asked.user.answer(asked, { grant: scopes.slice(0, 1) })],
  });
}

const grantedIn = (body: unknown) => strings(member(body, "scopes_granted")) ?? [];
const requestedIn = ({ facts }: Evidence) => strings(facts["requested"]) ?? [];

/** The entries of scopes_denied, as far as they name a scope. */
function deniedIn(body: unknown): readonly { readonly scope: string; readonly reason: string }[] {
  const list = member(body, "scopes_denied");
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry) => {
    const scope = text(entry, "scope");
    return scope === undefined ? [] : [{ scope, reason: text(entry, "reason") ?? "" }];
  });
}

const everyDenialListed: Relation = {
  reasonCode: "missing-denial",
  expected: "scopes_denied lists every requested scope that was not granted",
  broken(body, evidence) {
    const listed = [...grantedIn(body), ...deniedIn(body).map(({ scope }) => scope)];
    const missing = requestedIn(evidence).filter((scope) => !listed.includes(scope));
    return missing.length === 0 ? undefined : `neither granted nor denied: ${missing.join(" ")}`;
  },
};

const everyDenialReasoned: Relation = {
  reasonCode: "missing-reason",
  expected: "each entry of scopes_denied says a reason",
  broken(body) {
    const bare = deniedIn(body).filter(({ reason }) => reason.trim() === "");
    return bare.length === 0 ? undefined : `without a reason: ${bare.map(({ scope }) => scope).join(" ")}`;
  },
};

const noOverlap: Relation = {
  reasonCode: "overlap",
  expected: "scopes_denied holds requested scopes that were not granted, and no other",
  broken(body, evidence) {
    const denied = deniedIn(body).map(({ scope }) => scope);
    const both = denied.filter((scope) => grantedIn(body).includes(scope));
    if (both.length > 0) return `granted and denied: ${both.join(" ")}`;
    const unasked = denied.filter((scope) => !requestedIn(evidence).includes(scope));
    return unasked.length === 0 ? undefined : `denied and never requested: ${unasked.join(" ")}`;
  },
};

/** What scope_result says of the scopes that it does not grant (HS-13). */
export const deniedChecks: readonly Check<HandshakeWorld>[] = [
  conforms<HandshakeWorld>({
    id: "HS-13.denied-listed",
    requirement: "HS-13",
    title: "each requested scope that is not granted is listed as denied, with a reason",
    needs: ["two-handshake-scopes"],
    subject: mostlyDenied,
    relations: [everyDenialListed, everyDenialReasoned],
  }),
  conforms<HandshakeWorld>({
    id: "HS-13.disjoint",
    requirement: "HS-13",
    title: "no scope is both granted and denied, and none is denied that was not requested",
    needs: ["two-handshake-scopes"],
    subject: mostlyDenied,
    relations: [noOverlap],
  }),
];
