import type { World } from "../drivers/world.ts";
import type { Section } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { granted } from "../engine/granted.ts";
import { isObject, type Json, member, strings } from "../engine/json.ts";
import { placeholdersIn } from "../engine/redact.ts";
import { check } from "../kinds/check.ts";
import { type AuditedEvent, auditedEvents } from "./shared/audited-events.ts";

/** Tells the judge which agents the check had, and hands over the entries of the log that speak of them. */
async function readLog(world: World, names: readonly string[]): Promise<void> {
  const log = await world.auditLog();
  const ours = log.filter((entry) => {
    const written = JSON.stringify(entry);
    return names.some((name) => written.includes(name));
  });
  world.fact("entries", ours);
}

function entriesOf({ facts }: Evidence): readonly Json[] {
  const entries = facts["entries"];
  return Array.isArray(entries) ? entries : [];
}

/** Events are recognised whatever member names them and however their words are joined. */
function isEvent(entry: Json, event: string): boolean {
  return (
    isObject(entry) &&
    Object.values(entry).some((value) => typeof value === "string" && normal(value) === normal(event))
  );
}

const normal = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, "");

function judgeLogged(evidence: Evidence, { event, decision }: AuditedEvent): Finding {
  const expected = `an entry ${event} for ${decision}`;
  const caused = marked(evidence, "cause");
  if (caused.length === 0) {
    return untested({ reasonCode: "nothing-recorded", expected, actual: "nothing was done that had to be logged" });
  }
  if (entriesOf(evidence).some((entry) => isEvent(entry, event))) return pass(caused);
  const found = entriesOf(evidence).map((entry) => member(entry, "event") ?? "an unnamed one");
  const actual = found.length === 0 ? "no entry about this agent" : `of this agent only: ${found.join(", ")}`;
  return violated({ reasonCode: "not-logged", expected, actual, exchanges: caused });
}

/** Members that every entry has (ATH 0.1 client/security § Audit). */
function missingOfEvery(entry: Json): readonly string[] {
  const at = member(entry, "timestamp");
  const dated = typeof at === "number" || (typeof at === "string" && !Number.isNaN(Date.parse(at)));
  const named = ["event", "agent_id"].filter((name) => typeof member(entry, name) !== "string");
  return dated ? named : ["timestamp", ...named];
}

/** Members that the entry of an access has besides: whose, where, and to what. */
function missingOfAccess(entry: Json): readonly string[] {
  const named = ["user_id", "provider_id"].filter((name) => typeof member(entry, name) !== "string");
  const scoped = ["effective_scopes", "requested_scopes", "scopes"].some(
    (name) => strings(member(entry, name)) !== undefined,
  );
  return scoped ? named : [...named, "effective_scopes"];
}

/** A handshake with a call, a refusal and a revocation. */
async function aFullLife(world: World): Promise<void> {
  const { agent } = world;
  const { clientId, clientSecret } = await agent.registered();
  await agent.authorize({ attestation: { key: world.newKey() } });
  const grant = await agent.grant();
  world.mark("control", grant.reply);
  const { operations = {} } = world.settings.providers[0] ?? {};
  if (Object.values(operations).some((list) => list.length > 0)) await agent.call(grant);
  await agent.revoke(grant.token);
  await readLog(world, [agent.id, clientId, clientSecret, grant.token]);
}

const secretKinds = new Set([
  "ath-token",
  "client-secret",
  "attestation",
  "jwt",
  "provider-token",
  "provider-client-secret",
  "code-verifier",
]);

/** What is written down (AUD-1, AUD-2). */
export const audit: Section = {
  id: "audit",
  title: "Audit log",
  checks: [
    ...auditedEvents.map((row) =>
      check({
        id: `AUD-1.${row.variant}`,
        requirement: "AUD-1",
        title: `the audit log has an entry for ${row.decision}`,
        needs: ["audit", ...(row.needs ?? [])],
        async drive(world) {
          world.mark("cause", ...(await row.cause(world)));
          await readLog(world, [world.agent.id]);
        },
        judge: (evidence) => judgeLogged(evidence, row),
      }),
    ),
    check({
      id: "AUD-1.fields",
      requirement: "AUD-1",
      title: "entries of the audit log say when, what, who and for whom",
      needs: ["audit"],
      drive: aFullLife,
      judge(evidence) {
        const entries = entriesOf(evidence);
        const control = marked(evidence, "control");
        const expected = "timestamp, event and agent_id; for an access also user_id, provider_id and the scopes";
        if (!control.some(granted) || entries.length === 0) {
          return untested({ reasonCode: "not-logged", expected, actual: "no entry about this agent" });
        }
        const access = entries.filter((entry) => isEvent(entry, "access_granted"));
        const missing = [...entries.flatMap(missingOfEvery), ...access.flatMap(missingOfAccess)];
        if (missing.length === 0) return pass(control);
        const actual = `missing or of another type: ${[...new Set(missing)].join(", ")}`;
        return violated({ reasonCode: "fields-missing", expected, actual, exchanges: control });
      },
    }),
    check({
      id: "AUD-2.no-secrets",
      requirement: "AUD-2",
      title: "the audit log holds no token, no client secret and no attestation",
      needs: ["audit"],
      drive: aFullLife,
      judge(evidence) {
        const entries = entriesOf(evidence);
        const control = marked(evidence, "control");
        const expected = "no credential in any entry";
        if (!control.some(granted) || entries.length === 0) {
          return untested({ reasonCode: "not-logged", expected, actual: "no entry about this agent" });
        }
        const secrets = placeholdersIn(JSON.stringify(entries)).filter(({ kind }) => secretKinds.has(kind));
        if (secrets.length === 0) return pass(control);
        const actual = `credentials in the log: ${[...new Set(secrets.map(({ kind }) => kind))].join(", ")}`;
        return violated({ reasonCode: "secret-logged", expected, actual, exchanges: control });
      },
    }),
  ],
};
