import { interruptedEarly } from "../early-signals.ts";
import { exitCodes } from "../exit.ts";

const signals = ["SIGINT", "SIGTERM"] as const;

/** Ctrl-C: the first one ends the run with a partial report, the second one ends the process. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Ctrl-C is the system's again. */
  release(): void;
}

export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  for (const signal of signals) process.on(signal, interrupt);
  if (interruptedEarly()) controller.abort();
  return {
    signal: controller.signal,
    release() {
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
}
