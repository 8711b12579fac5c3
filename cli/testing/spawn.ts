import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The built command line, as a user runs it. */
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface SpawnOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function start(args: readonly string[], { cwd, env = {} }: SpawnOptions) {
  const child = spawn(process.execPath, [main, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, CI: "true", NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const started = performance.now();
  const finished = new Promise<Finished>((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr, ms: performance.now() - started }));
  });
  return { child, finished, output: () => ({ stdout, stderr }) };
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
    child.stdout.on("data", look);
    child.stderr.on("data", look);
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
