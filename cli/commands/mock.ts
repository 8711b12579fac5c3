import type { Argv } from "yargs";
import { startableMocks } from "../../mocks/start.ts";
import type { ArgumentsOf } from "../command.ts";
import { on, oneOf, text, texts, wholeNumber } from "../flags.ts";

const ports = { min: 0, max: 65_535 };

const builder = (yargs: Argv) =>
  yargs.positional("which", { type: "string", demandOption: true, describe: startableMocks.join(", ") }).options({
    port: wholeNumber("port", "where it listens; 0: any free port (0)", ports),
    host: text("host", "address to listen at (127.0.0.1); another one needs --expose"),
    expose: on("let other machines reach a mock that accepts what it is told"),
    "public-url": text("public-url", "how agents and browsers reach it, when that is not where it listens"),
    config: text("config", "providers, policy and limits (YAML)"),
    fault: texts("misbehave: ID, or ID@n for the n-th use only (repeatable)"),
    seed: wholeNumber("seed", "seed of everything generated", { min: 0, max: 2 ** 31 - 1 }),
    tls: on("serve over TLS with an authority of its own; its path is printed"),
    "control-port": wholeNumber("control-port", "where the control API listens; 0: any free port (0)", ports),
    issuer: text("issuer", "aun-gateway: the domain whose AIDs live there (agentid.test)"),
    peer: texts("aun-gateway: the gateway of another domain, ISSUER=WS-URL (repeatable)"),
    conflict: oneOf("conflict", "aun-gateway: what becomes of a taken place", ["refuse", "replace"]),
    json: on("one line of JSON when ready"),
  });

export type MockFlags = ArgumentsOf<typeof builder>;

/** `gateproof mock <which>`: starts reference mocks until it is told to stop. */
export const command = {
  command: "mock <which>",
  describe: `start reference mocks: ${startableMocks.join(", ")}`,
  builder,
  async handler(argv: MockFlags): Promise<number> {
    const { serveMock } = await import("../mock/serve-mock.ts");
    return serveMock(argv);
  },
};
