import { spawn } from "node:child_process";
import { notTested } from "../../engine/stop.ts";
import type { ConsentAsk, ConsentDriver } from "./consent-driver.ts";

export interface CommandConsentOptions {
  readonly ask: ConsentAsk;
  /** The program and its arguments. */
  readonly run: readonly string[];
  readonly timeoutMs: number;
  /** Resolves when some browser lands on a page of the kit; for commands that finish the walk themselves. */
  readonly landing: (timeoutMs: number) => Promise<URL | undefined>;
}

const outputLimit = 64 * 1024;
/** How long a page may still take to arrive after the command has ended. */
const graceMs = 500;

/**
 * Consent by the vendor's own program: it gets GATEPROOF_URL, GATEPROOF_SCOPES, GATEPROOF_DECISION and GATEPROOF_USER,
 * gives the consent, and prints the URL that the provider redirects to, unvisited, as its last line. One that prints
 * nothing has visited it itself.
 */
export function commandConsent({ ask, run, timeoutMs, landing }: CommandConsentOptions): ConsentDriver {
  const { user, grant, scopes } = ask;
  return {
    async takeOver(at) {
      const landed = landing(timeoutMs + graceMs);
      const env = {
        ...process.env,
        GATEPROOF_URL: at.href,
        GATEPROOF_SCOPES: (typeof grant === "string" ? scopes : grant).join(" "),
        GATEPROOF_DECISION: grant === "deny" ? "deny" : "grant",
        GATEPROOF_USER: user,
      };
      const printed = (await output(run, env, timeoutMs)).trim().split("\n").at(-1)?.trim() ?? "";
      if (printed === "") {
        const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), graceMs).unref());
        const page = await Promise.race([landed, late]);
        return page === undefined ? {} : { landed: page };
      }
      if (!URL.canParse(printed)) throw failed(`it printed ${JSON.stringify(printed.slice(0, 200))}, which is no URL`);
      return { redirect: new URL(printed) };
    },
  };
}

function output(run: readonly string[], env: NodeJS.ProcessEnv, timeoutMs: number): Promise<string> {
  const [program = "", ...args] = run;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
      killSignal: "SIGKILL",
    });
    let out = "";
    let complaints = "";
    child.stdout.on("data", (piece: Buffer) => {
      if (out.length < outputLimit) out += piece.toString("utf8");
    });
    child.stderr.on("data", (piece: Buffer) => {
      if (complaints.length < outputLimit) complaints += piece.toString("utf8");
    });
    child.on("error", (error) => reject(failed(error.message)));
    child.on("close", (code, signal) => {
      if (code === 0) resolve(out);
      else if (signal === "SIGKILL") reject(late(timeoutMs));
      else reject(failed(`exit code ${code}: ${complaints.trim().split("\n").at(-1)?.slice(0, 300) ?? ""}`));
    });
  });
}

function failed(why: string) {
  return notTested("consent-failed", `the consent command failed: ${why}`, {
    cause: "configuration",
    mend: "run consent.command.run by hand with GATEPROOF_URL, GATEPROOF_SCOPES and GATEPROOF_DECISION set",
  });
}

function late(timeoutMs: number) {
  return notTested("consent-timeout", `the consent command did not end within ${timeoutMs / 1000} s`, {
    cause: "configuration",
    mend: "see what consent.command.run waits for",
  });
}
