import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Section } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { granted } from "../engine/granted.ts";
import { isObject, type Json, member, strings, text } from "../engine/json.ts";
import type { Need } from "../engine/needs.ts";
import { placeholdersIn } from "../engine/redact.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { entriesAbout, entriesFor, entriesIn } from "./shared/audit-entries.ts";
import { jsonLeaves } from "./shared/leaves.ts";

/** Something that must be found in the log, brought about for the world's first agent. */
interface Logged {
  readonly id: string;
  readonly title: string;
  readonly needs?: readonly Need[];
  /** Each adds an entry of its own. */
  readonly causes: readonly {
    readonly decision: string;
    readonly cause: (world: HandshakeWorld) => Promise<() => Promise<Reply>>;
  }[];
}

const logged: readonly Logged[] = [
  {
    id: "GW-5.handshake-logged",
    title: "a finished handshake is in the audit log",
    causes: [
      {
        decision: "a handshake that ended with a token",
        async cause({ agent }) {
          return async () => (await agent.connected()).reply;
        },
      },
    ],
  },
  {
    id: "GW-5.call-logged",
    title: "a forwarded call is in the audit log",
    needs: ["system-operations"],
    causes: [
      {
        decision: "a forwarded call",
        async cause({ agent }) {
          const connection = await agent.connected();
          return async () => {
            const call = await agent.call(connection);
            requireGranted(call, "call");
            return call;
          };
        },
      },
    ],
  },
  {
    id: "GW-5.refusal-logged",
    title: "refusals are in the audit log: of an identity, of the user, of a call",
    needs: ["unmapped-system-operation"],
    causes: [
      {
        decision: "an identity that was refused",
        async cause(world) {
          const handshake = await world.agent.opened();
          return () => handshake.prove({ signWith: world.newKey() });
        },
      },
      {
        decision: "a denial by the user",
        async cause({ agent }) {
          const handshake = await agent.proven();
          return () => handshake.request({ answer: (asked) => [asked.user.answer(asked, { grant: "deny" })] });
        },
      },
      {
        decision: "a call that no scope allows",
        async cause({ agent, handshake }) {
          const connection = await agent.connected();
          const [operation = ""] = handshake.systems.flatMap(({ unmapped }) => unmapped);
          return () => agent.call(connection, { operation });
        },
      },
    ],
  },
];

async function bringAbout(world: HandshakeWorld, { causes }: Logged): Promise<void> {
  const found: Json[] = [];
  for (const { decision, cause } of causes) {
    const act = await cause(world);
    const entries = await entriesFor(world, world.agent.did, async () => world.mark("cause", await act()));
    found.push({ decision, entries });
  }
  world.fact("logged", found);
}

function judgeLogged(evidence: Evidence): Finding {
  const caused = marked(evidence, "cause");
  const expected = "an entry about the agent for each decision";
  const found = entriesIn(evidence, "logged");
  if (caused.length === 0 || found.length < caused.length) {
    return untested({ reasonCode: "nothing-recorded", expected, actual: "nothing was done that had to be logged" });
  }
  const missing = found.filter((one) => jsonLeaves(member(one, "entries")).length === 0);
  if (missing.length === 0) return pass(caused);
  const actual = `no entry for ${missing.map((one) => text(one, "decision")).join(", ")}`;
  return violated({ reasonCode: "not-logged", expected, actual, exchanges: caused });
}

/** How the name of a member that tells the outcome may end. */
const outcomeName =
  /(outcome|result|decision|verdict|disposition|status|success|allowed|permitted|denied|effect)(_?code)?$/i;

/** The names of all members, those of members of members too. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return isObject(value) ? Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]) : [];
}

/** What the entry of a forwarded call lacks. */
function missingOf(entry: Json, { facts }: Evidence): readonly string[] {
  const texts = jsonLeaves(entry);
  const says = (what: string) => texts.some((value) => value.includes(what));
  const scopes = strings(facts["scopes"]) ?? [];
  const parts: readonly (readonly [string, boolean])[] = [
    ["the user", says(String(facts["user"]))],
    ["the backend", says(String(facts["system"]))],
    ["the scopes", scopes.every(says)],
    ["the outcome", namesIn(entry).some((name) => outcomeName.test(name))],
  ];
  return parts.filter(([, there]) => !there).map(([part]) => part);
}

function judgeFields(evidence: Evidence): Finding {
  const control = marked(evidence, "control");
  const entries = entriesIn(evidence, "entries");
  const expected = "the entry of a forwarded call names agent, user, backend, scopes and outcome";
  if (!control.some(granted) || entries.length === 0) {
    return untested({ reasonCode: "not-logged", expected, actual: "no entry about this agent's call" });
  }
  const lacking = entries.map((entry) => missingOf(entry, evidence));
  if (lacking.some((missing) => missing.length === 0)) return pass(control);
  const least = [...lacking].sort((one, other) => one.length - other.length)[0] ?? [];
  return violated({
    reasonCode: "fields-missing",
    expected,
    actual: `not in the entry: ${least.join(", ")}`,
    exchanges: control,
  });
}

/** Of the agent, of its user and of the gateway; a placeholder stands for each in what the log said. */
const secretKinds = new Set(["ath-token", "credentials", "signature", "jwt"]);

/** What is written down (GW-5). */
export const audit: Section<HandshakeWorld> = {
  id: "audit",
  title: "Audit log",
  checks: [
    ...logged.map((row) =>
      check<HandshakeWorld>({
        id: row.id,
        requirement: "GW-5",
        title: row.title,
        needs: ["audit", ...(row.needs ?? [])],
        drive: (world) => bringAbout(world, row),
        judge: judgeLogged,
      }),
    ),
    check<HandshakeWorld>({
      id: "GW-5.fields",
      requirement: "GW-5",
      title: "the entry of a forwarded call says whose it was, where it went, under which scopes and how it ended",
      needs: ["audit", "system-operations"],
      async drive(world) {
        const { agent, user, system } = world;
        const connection = await agent.connected({ scopes: Object.keys(system.scopes) });
        const entries = await entriesFor(world, agent.did, async () => {
          const call = await agent.call(connection);
          world.mark("control", call);
          requireGranted(call, "call");
        });
        world.fact("user", user.did);
        world.fact("system", system.prefix.replace(/^\//, ""));
        world.fact("scopes", connection.scopes);
        world.fact("entries", entries);
      },
      judge: judgeFields,
    }),
    check<HandshakeWorld>({
      id: "GW-5.no-secrets",
      requirement: "GW-5",
      title: "the audit log holds no token, no credential and no signature",
      needs: ["audit", "system-operations"],
      async drive(world) {
        const { agent } = world;
        await (await agent.opened()).prove({ signWith: world.newKey() });
        // What is refused is logged too, and often as it came.
        await (await agent.proven()).request({ agentSignature: { signWith: world.newKey() } });
        const connection = await agent.connected();
        world.mark("control", await agent.call(connection));
        world.fact("entries", await entriesAbout(world, agent.did));
      },
      judge(evidence) {
        const control = marked(evidence, "control");
        const entries = entriesIn(evidence, "entries");
        const expected = "no secret in any entry";
        if (!control.some(granted) || entries.length === 0) {
          return untested({ reasonCode: "not-logged", expected, actual: "no entry about this agent" });
        }
        const secrets = placeholdersIn(JSON.stringify(entries)).filter(({ kind }) => secretKinds.has(kind));
        if (secrets.length === 0) return pass(control);
        const actual = `in the log: ${[...new Set(secrets.map(({ kind }) => kind))].join(", ")}`;
        return violated({ reasonCode: "secret-logged", expected, actual, exchanges: control });
      },
    }),
  ],
};
