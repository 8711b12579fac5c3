import { printable } from "../../reports/printable.ts";
import type { RunEvent } from "../../suites/engine/run.ts";
import { wantsProgress } from "../terminal.ts";

/** Where progress goes. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  onEvent(event: RunEvent): void;
  /** Takes the line away. */
  end(): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

const none: Progress = { onEvent: () => {}, end: () => {} };

/**
 * How far a run is, on stderr: one line that rewrites itself on a terminal, nothing in CI or where quiet is wanted.
 * `GATEPROOF_PROGRESS=lines` writes one line for each check anywhere.
 */
export function progressOn(stream: ProgressStream, env: Environment, quiet: boolean): Progress {
  if (quiet) return none;
  if (env["GATEPROOF_PROGRESS"] === "lines") return { ...none, onEvent: (event) => stream.write(`${words(event)}\n`) };
  if (!wantsProgress({ isTTY: stream.isTTY === true, columns: stream.columns, env })) return none;
  const width = (stream.columns ?? 80) - 1;
  return {
    onEvent: (event) => stream.write(`\r\u001b[K${words(event).slice(0, width)}`),
    end: () => stream.write("\r\u001b[K"),
  };
}

function words(event: RunEvent): string {
  switch (event.type) {
    case "planned":
      return `0/${event.checks}  first contact`;
    case "setup":
      return `set-up: ${printable(event.finding.what, 200)}`;
    case "judged": {
      const { result, done, of } = event;
      return `${done}/${of}  ${result.section}  ${result.check.id}  ${result.verdict.outcome}`;
    }
  }
}
