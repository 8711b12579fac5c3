import { DUPLICATE_REGISTRATION_STATUS, errorStatus, isListedCode } from "../../specs/ath-0.1/error-codes.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, type Exchange, marked, type Purpose } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { errorCode } from "../engine/granted.ts";
import { type Json, member, text } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { refusalsOfEveryEndpoint } from "./shared/plain-refusals.ts";
import { attempts, serving } from "./shared/robust.ts";

/** A kind of refusal that the target answered: how often, and in answer to what. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly purpose: string;
  readonly exchanges: readonly Exchange[];
}

/** A repeated registration and a rate limit: the text gives the status and no code, so any code may come along. */
const withoutCode: readonly number[] = [DUPLICATE_REGISTRATION_STATUS, 429];
/** With another status (413, 415 …) any code fits, since a listed one would come with another status than the table's. */
const inTable = new Set<number>(Object.values(errorStatus));

/** The calls whose refusals are the target's own words: a proxied call may have been answered by the provider. */
const ownWords: readonly Purpose[] = ["register", "agent-status", "authorize", "token", "revoke"];

/** An optional endpoint that is not there is refused by the server at large. */
function isAbsent({ purpose, response }: Exchange): boolean {
  return purpose === "agent-status" && (response?.status === 404 || response?.status === 405);
}

/** Refusals with a code, each kind once. */
function census(refusals: readonly Exchange[]): Json {
  const kinds = new Map<string, { status: number; code: string; purpose: string; count: number }>();
  for (const exchange of refusals) {
    const [code, status] = [errorCode(exchange), exchange.response?.status];
    if (code === undefined || status === undefined) continue;
    if (!ownWords.includes(exchange.purpose) || isAbsent(exchange)) continue;
    const { purpose } = exchange;
    const key = `${status} ${code} ${purpose}`;
    kinds.set(key, { status, code, purpose, count: (kinds.get(key)?.count ?? 0) + 1 });
  }
  return [...kinds.values()];
}

/** A few refusals of its own, so that the check says something when it is run alone, and all of the run. */
async function collect(world: World): Promise<void> {
  await serving(world);
  await attempts(world, refusalsOfEveryEndpoint(world));
  world.fact("census", census(world.refusalsOfRun()));
}

function refusalsIn(evidence: Evidence): readonly Refusal[] {
  const own = marked(evidence, "attempt").flatMap((exchange) => {
    const [code, status] = [errorCode(exchange), exchange.response?.status];
    if (code === undefined || status === undefined || isAbsent(exchange)) return [];
    return [{ status, code, purpose: exchange.purpose, exchanges: [exchange] }];
  });
  const fact = evidence.facts["census"];
  const ofRun = (Array.isArray(fact) ? fact : []).map((kind: unknown) => ({
    status: Number(member(kind, "status")),
    code: text(kind, "code") ?? "",
    purpose: text(kind, "purpose") ?? "",
    exchanges: [],
  }));
  return [...own, ...ofRun].filter(({ status }) => !withoutCode.includes(status));
}

function judgeCensus(
  evidence: Evidence,
  { reasonCode, expected, wrong }: { reasonCode: string; expected: string; wrong: (refusal: Refusal) => boolean },
): Finding {
  const refusals = refusalsIn(evidence);
  if (refusals.length === 0) {
    return untested({ reasonCode: "nothing-refused", expected, actual: "no refusal carried a code" });
  }
  const found = refusals.filter(wrong);
  const exchanges = found.flatMap((refusal) => refusal.exchanges);
  if (found.length === 0) return pass(marked(evidence, "attempt"), [`${refusals.length} kinds of refusal looked at`]);
  const kinds = new Set(found.map(({ status, code, purpose }) => `${status} ${code} (${purpose})`));
  return violated({ reasonCode, expected, actual: [...kinds].slice(0, 8).join(", "), exchanges });
}

/** The codes and statuses of every refusal of the run (ERR-2, ERR-3). */
export const censusChecks: readonly Check[] = [
  check({
    id: "ERR-2.status-table",
    requirement: "ERR-2",
    title: "each listed code comes with the status of the table",
    traits: ["census"],
    drive: collect,
    judge: (evidence) =>
      judgeCensus(evidence, {
        reasonCode: "wrong-status",
        expected: "the status that the table of error codes gives the code",
        wrong: ({ status, code }) => isListedCode(code) && errorStatus[code] !== status,
      }),
  }),
  check({
    id: "ERR-3.listed-codes",
    requirement: "ERR-3",
    title: "every code is one of the listed codes",
    traits: ["census"],
    drive: collect,
    judge: (evidence) =>
      judgeCensus(evidence, {
        reasonCode: "unlisted-code",
        expected: "a code of the list, with every status that the list speaks of",
        wrong: ({ code, status }) => inTable.has(status) && !isListedCode(code),
      }),
  }),
];
