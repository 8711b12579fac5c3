import { type FiredFault, firingLog } from "./firing-log.ts";

/**
 * Named rules and the faults that replace them.
 *
 * A reference implementation takes each decision in a rule: one function with a name and the requirement it keeps. A
 * fault is a row that replaces exactly one rule by a wrong one; the code around the rules does not know of faults.
 */

// biome-ignore lint/suspicious/noExplicitAny: a rule may take and give anything; the concrete rule set keeps the types
export type RuleFunction = (...inputs: any[]) => unknown;

/** The rules of one implementation by name, for example `attestation.jtiIsFresh`. */
export type RuleSet<Rules> = { readonly [Name in keyof Rules]: RuleFunction };

/** What a fault is made of: the rule it replaces by name, and the wrong rule. */
export interface FaultDefinition<Rules, Name extends keyof Rules> extends FaultRow {
  readonly rule: Name;
  /** Gives the wrong rule; it may fall back to the honest one. */
  readonly wrong: (honest: Rules[Name]) => Rules[Name];
}

/** Another way to serve an implementation: over TLS; with new connections replacing old ones, or several versions (AUN). */
export type Mount = "tls" | "replace" | "versions";

/** A fault as catalogues list it. */
export interface FaultRow {
  /** `<requirement>.<what-goes-wrong>`, stable public API. */
  readonly id: string;
  /** The requirement the fault breaks. */
  readonly requirement: string;
  /** What an implementation with this fault does, in one sentence. */
  readonly sentence: string;
  readonly rule: PropertyKey;
  /** The checks that must find it, each with the reasonCode it must give. */
  readonly kills: Readonly<Record<string, string>>;
  /** How the implementation must be served for the fault to show, where that is not the default. */
  readonly mount?: Mount;
}

/** One named, replaceable wrongness of an implementation with these rules. */
export interface Fault<Rules> extends FaultRow {
  readonly rule: keyof Rules;
  /** Puts the wrong rule in the place of the one in force; `fires` says at each use whether it is wrong this time. */
  replaceIn(inForce: Rules, fires: () => boolean): void;
}

/**
 * Gives the maker of faults for one rule set; it ties `wrong` to the type of the rule it replaces.
 *
 *     const fault = faultsFor<AthRules>();
 *     const forgotten = fault({ id: "ATT-5.jti-forgotten", rule: "attestation.jtiIsFresh", wrong: () => () => true, … });
 */
export function faultsFor<Rules extends RuleSet<Rules>>() {
  return <Name extends keyof Rules>({ wrong: toWrong, ...row }: FaultDefinition<Rules, Name>): Fault<Rules> => ({
    ...row,
    replaceIn(inForce, fires) {
      const right = inForce[row.rule];
      const wrong = toWrong(right);
      const either: RuleFunction = (...inputs) => (fires() ? wrong(...inputs) : right(...inputs));
      Object.assign(inForce, { [row.rule]: either });
    },
  });
}

/** An active fault: always, or on its n-th use only. */
export interface ActiveFault {
  readonly id: string;
  /** 1-based use of the rule at which the fault fires; undefined: at each. */
  readonly at?: number;
}

export class UnknownFaultError extends Error {
  readonly code = "UNKNOWN_FAULT";
  constructor(id: string, known: readonly string[]) {
    const near = known.filter((other) => other.split(".")[0] === id.split(".")[0]);
    super(`no fault is called "${id}"${near.length > 0 ? `; with this requirement: ${near.join(", ")}` : ""}`);
  }
}

/** Splits `ATT-5.jti-forgotten@2` into the fault's id and the use at which it fires. */
export function parseFault(text: string): ActiveFault {
  const match = /^(?<id>[^@]+)(?:@(?<at>[1-9]\d*))?$/.exec(text);
  const id = match?.groups?.["id"];
  if (id === undefined) throw new UnknownFaultError(text, []);
  const at = match?.groups?.["at"];
  return at === undefined ? { id } : { id, at: Number(at) };
}

/** The rules in force: the honest ones, with the active faults in their places. */
export interface RuleBook<Rules> {
  /** Call decisions through this: `book.rules["scopes.effective"](…)`. */
  readonly rules: Rules;
  /** Every fault this implementation knows. */
  readonly faults: readonly Fault<Rules>[];
  active(): readonly ActiveFault[];
  /** The faults that took a decision since the last `clear`. */
  fired(): readonly FiredFault[];
  /** Throws {@link UnknownFaultError}. */
  activate(fault: ActiveFault): void;
  clear(): void;
}

export function ruleBook<Rules extends RuleSet<Rules>>(
  honest: Rules,
  faults: readonly Fault<Rules>[],
  active: readonly ActiveFault[] = [],
  now: () => number = Date.now,
): RuleBook<Rules> {
  const log = firingLog(now);
  const inForce: Rules = { ...honest };
  const current = new Map<string, ActiveFault>();

  const book: RuleBook<Rules> = {
    rules: inForce,
    faults,
    active: () => [...current.values()],
    fired: log.entries,
    activate(wanted) {
      const fault = faults.find(({ id }) => id === wanted.id);
      if (fault === undefined) {
        throw new UnknownFaultError(
          wanted.id,
          faults.map(({ id }) => id),
        );
      }
      current.set(wanted.id, wanted);
      let uses = 0;
      fault.replaceIn(inForce, () => {
        uses += 1;
        const fires = wanted.at === undefined || uses === wanted.at;
        if (fires) log.fired(fault.id, fault.rule);
        return fires;
      });
    },
    clear() {
      current.clear();
      log.clear();
      Object.assign(inForce, honest);
    },
  };
  for (const fault of active) book.activate(fault);
  return book;
}
