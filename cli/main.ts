#!/usr/bin/env node
// First, so that a signal finds it while the rest is still being loaded.
import "./early-signals.ts";
import yargs, { type Arguments, type Argv } from "yargs";
import { nearest } from "../schemas/nearest.ts";
import type { Command } from "./command.ts";
import { command as baseline } from "./commands/baseline.ts";
import { command as certify } from "./commands/certify.ts";
import { command as diff } from "./commands/diff.ts";
import { command as doctor } from "./commands/doctor.ts";
import { command as explain } from "./commands/explain.ts";
import { command as init } from "./commands/init.ts";
import { command as judge } from "./commands/judge.ts";
import { command as list } from "./commands/list.ts";
import { command as mock } from "./commands/mock.ts";
import { command as replay } from "./commands/replay.ts";
import { command as report } from "./commands/report.ts";
import { command as run } from "./commands/run.ts";
import { command as selftest } from "./commands/selftest.ts";
import { command as verify } from "./commands/verify.ts";
import { CliError, exitCodes, explained } from "./exit.ts";
import { print, surroundingsOf, surviveBrokenPipes, widthOf } from "./terminal.ts";
import { kitVersion } from "./version.ts";

const commands: readonly Command[] = [
  run,
  mock,
  list,
  explain,
  selftest,
  doctor,
  judge,
  replay,
  report,
  baseline,
  diff,
  certify,
  verify,
  init,
];
const names = commands.map(({ command }) => command.split(" ")[0] ?? command);

/** After the last word of a command nothing of it may keep the process: a target's open socket, for example. */
const lingerMs = 1000;

interface Chosen {
  readonly command: Command;
  readonly argv: Arguments;
}

/** The parser; what is chosen is told to `choose` and not run inside, so that its errors are no usage errors. */
function parser(args: readonly string[], choose: (chosen: Chosen) => void): Argv {
  const bare = yargs([...args])
    .scriptName("gateproof")
    .locale("en")
    .usage("gateproof <command>: conformance kit and reference mocks for ATH and AUN")
    .epilogue(
      "Exit codes: 0 conformant, 1 findings, 2 usage or configuration, 3 not testable, 4 kit error, 130 interrupted",
    )
    .version(kitVersion())
    .alias("help", "h")
    .exitProcess(false)
    .strict()
    .wrap(Math.min(100, widthOf(surroundingsOf(process.stdout))))
    .parserConfiguration({
      "greedy-arrays": false,
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "parse-positional-numbers": false,
    })
    .fail((message, error) => {
      throw error ?? new Error(message);
    });
  return commands.reduce(
    (built, command) =>
      built.command({
        command: command.command,
        describe: command.describe,
        builder: (inner) => command.builder(inner),
        handler: (argv) => choose({ command, argv }),
      }),
    bare,
  );
}

/** Runs a command line; gives the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const [word] = args;
  if (word === undefined) {
    await print(`${await parser([], () => {}).getHelp()}\n`, process.stderr);
    return exitCodes.usage;
  }
  if ((word === "--" || !word.startsWith("-")) && !names.includes(word)) throw unknownCommand(word);
  let chosen: Chosen | undefined;
  try {
    await parser(args, (choice) => {
      chosen = choice;
    }).parseAsync();
  } catch (error) {
    throw await usageError(error, args);
  }
  return chosen === undefined ? 0 : chosen.command.handler(chosen.argv);
}

function unknownCommand(word: string): CliError {
  const near = nearest(word, names);
  return new CliError({
    code: "UNKNOWN_COMMAND",
    message: `there is no command "${word}"${near === undefined ? "" : `; did you mean ${near}?`}`,
    mend: `commands: ${names.join(", ")}; \`gateproof --help\` says what they do`,
  });
}

/** What yargs says, in our words, with the flag that was probably meant. */
async function usageError(error: unknown, args: readonly string[]): Promise<CliError> {
  if (error instanceof CliError) return error;
  const said = error instanceof Error ? error.message.replaceAll(/\s*\n\s*/g, " ") : String(error);
  const [word = ""] = args;
  const command = commands[names.indexOf(word)];
  const name = command === undefined ? "gateproof" : `gateproof ${word}`;
  const mend = `\`${name} --help\` shows what there is`;
  if (command !== undefined && said.startsWith("Not enough non-option arguments")) {
    return new CliError({ code: "USAGE", message: `a word is missing: gateproof ${command.command}`, mend });
  }
  const absent = /^Missing required arguments?: (?<flags>.+)/.exec(said)?.groups?.["flags"];
  if (absent !== undefined) {
    const flags = absent.split(", ").map((flag) => `--${flag}`);
    return new CliError({ code: "USAGE", message: `${flags.join(" and ")} must be given`, mend });
  }
  const { given, choices } =
    /^Invalid values: .*Given: "(?<given>[^"]*)", Choices: (?<choices>.+)/.exec(said)?.groups ?? {};
  if (choices !== undefined) {
    const message = `gateproof ${word} takes ${choices.replaceAll('"', "")}; not "${given}"`;
    return new CliError({ code: "USAGE", message, mend });
  }
  const unknown = /^Unknown arguments?: (?<first>[^,]+)/.exec(said)?.groups?.["first"];
  if (unknown === undefined) return new CliError({ code: "USAGE", message: said, mend });
  const isFlag = args.some((arg) => arg.startsWith("-") && arg.replace(/^-+/, "").split("=")[0] === unknown);
  if (!isFlag) return new CliError({ code: "USAGE", message: `there is a word too many: "${unknown}"`, mend });
  const help = command === undefined ? "" : await command.builder(yargs([]).locale("en").help(false)).getHelp();
  const near = nearest(
    unknown,
    [...help.matchAll(/--([a-z][a-z-]*)/g)].map(([, flag]) => flag ?? ""),
  );
  const meant = near === undefined ? "" : `; did you mean --${near}?`;
  return new CliError({ code: "UNKNOWN_FLAG", message: `there is no flag --${unknown}${meant}`, mend });
}

surviveBrokenPipes();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { exitCode, text } = explained(error);
  await print(text, process.stderr);
  process.exitCode = exitCode;
}
setTimeout(() => process.exit(), lingerMs).unref();
