import type { Writable } from "node:stream";

/** Writes and waits until it is out of this process; a reader that went away (`| head`) is no error. */
export function print(text: string, stream: Writable = process.stdout): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error && !isBrokenPipe(error)) reject(error);
      else resolve();
    });
  });
}

/** Without a listener the first write to a closed pipe or a full disk ends the process with a stack trace. */
export function surviveBrokenPipes(): void {
  // Whoever prints is told by `print`; progress that nobody can read may be lost.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}

function isBrokenPipe(error: Error): boolean {
  return "code" in error && (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED");
}

interface Surroundings {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const isSet = (value: string | undefined) => value !== undefined && value !== "";

/** Whether to colour what goes to this stream (https://no-color.org; FORCE_COLOR beats the missing terminal). */
export function wantsColor({ isTTY, env }: Surroundings): boolean {
  if (isSet(env["NO_COLOR"]) || env["TERM"] === "dumb") return false;
  return isSet(env["FORCE_COLOR"]) ? env["FORCE_COLOR"] !== "0" : isTTY;
}

/** Whether a line that rewrites itself is welcome: on a terminal, outside of CI. */
export function wantsProgress({ isTTY, env }: Surroundings): boolean {
  return isTTY && !isSet(env["CI"]) && !isSet(env["NO_COLOR"]) && env["TERM"] !== "dumb";
}

/** Columns to wrap at. What goes to a file or a pipe is not wrapped, so that a search finds whole sentences. */
export function widthOf({ columns }: Surroundings): number {
  return columns === undefined ? Number.POSITIVE_INFINITY : Math.min(Math.max(columns, 60), 140);
}

export function surroundingsOf(stream: { readonly isTTY?: boolean; readonly columns?: number }): Surroundings {
  return { isTTY: stream.isTTY === true, columns: stream.columns, env: process.env };
}
