/** What the first contact showed, and whose matter it is. */
export interface SetupFinding {
  readonly severity: "error" | "warning" | "info";
  readonly whose: "target" | "environment" | "configuration" | "kit";
  readonly what: string;
  readonly mend: string;
}

export interface Preflight {
  readonly findings: readonly SetupFinding[];
  /** Set when no check can show anything: the reason all of them are not-tested for. */
  readonly blocked?: { readonly reasonCode: string; readonly finding: SetupFinding };
}

/** A first contact that shows why no check can show anything. */
export function blocked(reasonCode: string, finding: SetupFinding): Preflight {
  return { findings: [finding], blocked: { reasonCode, finding } };
}
