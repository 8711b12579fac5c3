import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The built command line, as a user runs it. */
export const mainFile = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** How long it took, ms, without the time in which it was ready and the machine had no core for it. */
  readonly ms: number;
  /** The most memory that the process ever had, MB. */
  readonly peakMb: number;
}

/**
 * Tells on descriptor 3, when the process ends, how much memory it had (kB) and how long it waited for a core (ns; the
 * second number of Linux's schedstat). Its own threads and the processes that it starts have nothing to tell.
 */
const meter = encodeURIComponent(
  `import { existsSync, readFileSync, writeSync } from "node:fs";
   import { isMainThread } from "node:worker_threads";
   const { NODE_OPTIONS: _, ...env } = process.env;
   if (isMainThread) {
     process.env = env;
     process.on("exit", () => {
       const stat = "/proc/self/schedstat";
       const waited = existsSync(stat) ? readFileSync(stat, "utf8").split(" ")[1] : 0;
       writeSync(3, process.resourceUsage().maxRSS + " " + waited);
     });
   }`,
);

export interface SpawnOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function start(args: readonly string[], { cwd, env = {} }: SpawnOptions) {
  const child = spawn(process.execPath, [mainFile, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, CI: "true", NO_COLOR: "1", NODE_OPTIONS: `--import=data:text/javascript,${meter}`, ...env },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const texts = ["", "", "", ""];
  for (const [descriptor, stream] of child.stdio.entries()) {
    stream?.on("data", (chunk: Buffer) => {
      texts[descriptor] += chunk.toString();
    });
  }
  const output = () => ({ stdout: texts[1] ?? "", stderr: texts[2] ?? "" });
  const started = performance.now();
  const finished = new Promise<Finished>((resolve) => {
    child.on("close", (code) => {
      const [kB = 0, waitedNs = 0] = (texts[3] ?? "").split(" ").map(Number);
      const ms = performance.now() - started - waitedNs / 1e6;
      resolve({ code, ...output(), ms, peakMb: kB / 1024 });
    });
  });
  return { child, finished, output };
}

/** Runs a command to its end. */
export function gateproof(args: readonly string[], options: SpawnOptions = {}): Promise<Finished> {
  return start(args, options).finished;
}

/** Starts a command that stays, and waits until its output has what is looked for. */
export async function gateproofUntil(args: readonly string[], wanted: RegExp, options: SpawnOptions = {}) {
  const { child, finished, output } = start(args, options);
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      if (wanted.test(output().stdout) || wanted.test(output().stderr)) resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", look);
    child.on("close", () => reject(new Error(`it ended before ${wanted}: ${output().stdout}${output().stderr}`)));
  });
  return {
    output: output().stdout,
    signal: (name: NodeJS.Signals) => child.kill(name),
    finished,
    async stop(): Promise<Finished> {
      child.kill("SIGTERM");
      return finished;
    },
  };
}
