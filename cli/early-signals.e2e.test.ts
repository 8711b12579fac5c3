import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const built = new URL("../dist/cli/early-signals.js", import.meta.url);

/** A process that is told to stop while nothing but the first module of the command line is loaded. */
async function stoppedEarly(word: string, signals: readonly string[]) {
  const script = `
    const { interruptedEarly } = await import(${JSON.stringify(built.href)});
    process.on("exit", () => console.log(interruptedEarly()));
    const keepsAlive = setInterval(() => {}, 1000);
    const left = ${JSON.stringify(signals)};
    const next = () => {
      if (left.length === 0) return clearInterval(keepsAlive);
      process.kill(process.pid, left.shift());
      const heard = setInterval(() => {
        if (!interruptedEarly()) return;
        clearInterval(heard);
        next();
      }, 5);
    };
    next();`;
  return new Promise<{ code: number | string | null | undefined; out: string }>((resolve) => {
    const args = ["--input-type=module", "-e", script, "--", "main.js", word];
    execFile(process.execPath, args, { cwd: fileURLToPath(new URL("..", import.meta.url)) }, (error, out) =>
      resolve({ code: error === null ? 0 : error.code, out: out.trim() }),
    );
  });
}

describe("a signal before a command listens", () => {
  it.each([
    ["mock", ["SIGTERM"], 0, "false"],
    ["mock", ["SIGINT"], 0, "false"],
    ["selftest", ["SIGTERM"], 130, "false"],
    ["list", ["SIGINT"], 130, "false"],
    ["run", ["SIGTERM"], 0, "true"],
    ["run", ["SIGINT", "SIGINT"], 130, "true"],
  ])("%s, %j: exit code %i", async (word, signals, code, told) => {
    expect(await stoppedEarly(word, signals)).toEqual({ code, out: told });
  });
});
