import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The built command line, as a user runs it. */
export const mainFile = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
  /** The most memory that the process ever had, MB. */
  readonly peakMb: number;
}

/** Tells on descriptor 3, when the process ends, how much memory it had. */
const meter = encodeURIComponent(
  `import { writeSync } from "node:fs";
   process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));`,
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
    child.on("close", (code) =>
      resolve({ code, ...output(), ms: performance.now() - started, peakMb: Number(texts[3]) / 1024 }),
    );
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
