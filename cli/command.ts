import type { Arguments, Argv } from "yargs";

/** One command of the command line. */
export interface Command {
  /** Name and positional arguments in yargs' notation. */
  readonly command: string;
  readonly describe: string;
  builder(yargs: Argv): Argv;
  /** Gives the exit code. */
  handler(argv: Arguments): Promise<number>;
}

/** What the handler of a command gets, from what its builder declares. */
export type ArgumentsOf<Builder> = Builder extends (yargs: Argv) => Argv<infer Flags> ? Arguments<Flags> : never;
