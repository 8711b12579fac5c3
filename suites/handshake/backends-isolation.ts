import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { granted } from "../engine/granted.ts";
import { placeholdersIn } from "../engine/redact.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { type BackendRequest, backendRequests, watchBackends } from "./shared/backend-arrivals.ts";
import { fullestOperation } from "./shared/operations.ts";

/** A call at each system, and what its backend got of it (fact `arrived`). */
async function callEach(world: HandshakeWorld, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const { agent, handshake } = world;
  const connection = await agent.connected();
  const { arrived = [] } = await watchBackends(world, async (query) => {
    for (const operation of handshake.systems.flatMap((system) => fullestOperation(system, connection.scopes) ?? [])) {
      const reply = await agent.call(connection, { operation, headers, query });
      world.mark("subject", reply);
      requireGranted(reply, "call");
    }
  });
  world.fact("arrived", arrived);
}

interface Isolation {
  readonly id: string;
  readonly title: string;
  readonly headers?: (world: HandshakeWorld) => Readonly<Record<string, string>>;
  readonly reasonCode: string;
  readonly expected: string;
  /** What is wrong with a backend's request; undefined: nothing. */
  readonly broken: (request: BackendRequest) => string | undefined;
}

/** Where a gateway may put what identifies it; a signed or wrapped body is as good (WS-Security). */
const credentialHeader = /authorization|cookie|key|token|secret|auth|session|credential|user|sign|app-?id/;
const credentialInBody =
  /<(?:\w+:)?(?:Security|UsernameToken|Password)\b|password|api_?key|token|\bsign(?:ature)?\b|app_?(?:id|key|secret)/i;

const isolations: readonly Isolation[] = [
  {
    id: "GW-2.no-ath-token",
    title: "no backend gets the agent's access token",
    reasonCode: "token-forwarded",
    expected: "no access token in what the backends get",
    broken({ path, headers, body }) {
      // The backend's own credential is one of its headers, and a secret as well.
      const found = placeholdersIn(JSON.stringify([path, headers, body])).filter(({ kind }) => kind === "ath-token");
      return found.length === 0 ? undefined : "the access token of the agent";
    },
  },
  {
    id: "GW-2.no-ath-headers",
    title: "no backend gets a header of the handshake",
    headers: ({ agent }) => ({ "X-ATH-Agent-ID": agent.did, "X-ATH-Handshake-ID": "gateproof" }),
    reasonCode: "header-forwarded",
    expected: "no X-ATH-* header in what the backends get",
    broken({ headers }) {
      const names = Object.keys(headers).filter((name) => name.startsWith("x-ath-"));
      return names.length === 0 ? undefined : names.join(", ");
    },
  },
  {
    id: "GW-2.own-credential",
    title: "each backend gets a credential of its own",
    reasonCode: "credential-missing",
    expected: "a credential in each request that a backend gets",
    broken({ headers, body }) {
      const named = Object.keys(headers).some((name) => credentialHeader.test(name) && name !== "user-agent");
      return named || credentialInBody.test(body) ? undefined : `headers: ${Object.keys(headers).join(", ")}`;
    },
  },
];

function judgeArrived(evidence: Evidence, { reasonCode, expected, broken }: Isolation): Finding {
  const subjects = marked(evidence, "subject");
  const requests = backendRequests(evidence.facts["arrived"]);
  if (requests.length === 0 || !subjects.some(granted)) {
    return untested({ reasonCode: "nothing-arrived", expected, actual: "no call is in the backends' log" });
  }
  const actual = requests.map(broken).find((problem) => problem !== undefined);
  return actual === undefined ? pass(subjects) : violated({ reasonCode, expected, actual, exchanges: subjects });
}

/** The backends know nothing of the handshake (GW-2). */
export const isolationChecks: readonly Check<HandshakeWorld>[] = isolations.map((row) =>
  check<HandshakeWorld>({
    id: row.id,
    requirement: "GW-2",
    title: row.title,
    needs: ["system-operations", "backend-log"],
    drive: (world) => callEach(world, row.headers?.(world)),
    judge: (evidence) => judgeArrived(evidence, row),
  }),
);
