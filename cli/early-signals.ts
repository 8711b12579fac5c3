import { exitCodes } from "./exit.ts";

/**
 * Ctrl-C while no command listens for it: during loading, or in a command that has nothing to save. The process ends with
 * the exit code that is promised for it, and not by the signal. A run is to leave a partial report, so that it is told
 * as soon as it listens; a second signal ends it at once.
 */
const [, , word] = process.argv;
const exitCode = word === "mock" ? exitCodes.conformant : exitCodes.interrupted;
let interrupted = false;

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) > 1) return;
    if (word !== "run" || interrupted) process.exit(exitCode);
    interrupted = true;
  });
}

/** Whether a signal came before anybody listened for it. */
export function interruptedEarly(): boolean {
  return interrupted;
}
