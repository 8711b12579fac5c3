import type { Messages } from "../../schemas/index.ts";
import { CliError } from "../exit.ts";
import { type Environment, withEnvironment } from "./environment.ts";
import { keyPath, type Problem, pointerPath } from "./problem.ts";

/** The kinds of configuration files. */
export type ConfigName = "Config" | "MockConfig" | "HandshakeConfig" | "Baseline";

/** A configuration file that was read, and a way to say what else is wrong with it. */
export interface ConfigDocument<Value> {
  readonly value: Value;
  /** Throws a CliError that names the file, the line and the key of every problem; does nothing without problems. */
  refuse(problems: readonly Problem[]): void;
}

/** A few lines of YAML can stand for gigabytes; nobody who configures a test needs more aliases than this. */
const maxAliasCount = 50;

/** Parses YAML (or JSON), fills in the environment and validates. `name`: the file, as messages call it. */
export async function parseConfig<Name extends ConfigName>(
  name: Name,
  file: string,
  text: string,
  env: Environment,
): Promise<ConfigDocument<Messages[Name]>> {
  const [{ LineCounter, parseDocument, isNode }, { validate }] = await Promise.all([
    import("yaml"),
    import("../../schemas/index.ts"),
  ]);
  const lines = new LineCounter();
  const parsed = attempt(file, () => {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const [broken] = document.errors;
    if (broken === undefined) return { document, raw: acyclic(document.toJS({ maxAliasCount }) ?? {}) };
    const { line, col } = lines.linePos(broken.pos[0]);
    throw unreadable(file, `line ${line}, column ${col}: ${broken.message}`);
  });

  const lineOf = (path: readonly string[]): number | undefined => {
    for (let length = path.length; length > 0; length -= 1) {
      const node: unknown = parsed.document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
  const place = (path: readonly string[]) => {
    const line = lineOf(path);
    return [...(line === undefined ? [] : [`line ${line}`]), keyPath(path)].filter((part) => part !== "").join(", ");
  };
  const refuse = (problems: readonly Problem[]) => {
    if (problems.length === 0) return;
    const details = problems.map(({ path, problem }) => `${place(path) || "the whole of it"}: ${problem}`);
    throw new CliError({ code: "CONFIG_INVALID", message: `${file} cannot be used`, details });
  };

  const filled = withEnvironment(parsed.raw, env);
  refuse(filled.problems);
  const validation = validate(name, filled.value);
  if (validation.ok) return { value: validation.value, refuse };
  refuse(validation.errors.map(({ path, problem }) => ({ path: pointerPath(path), problem })));
  throw unreadable(file, "it does not have the shape of a configuration");
}

/** The value, which is no configuration when an alias in it stands for what it is in. Throws SyntaxError. */
function acyclic(value: unknown): unknown {
  try {
    JSON.stringify(value);
  } catch {
    throw new SyntaxError("an alias stands for something that it is a part of");
  }
  return value;
}

function attempt<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw unreadable(file, error instanceof Error ? error.message : String(error));
  }
}

function unreadable(file: string, reason: string): CliError {
  return new CliError({ code: "CONFIG_UNREADABLE", message: `${file} is not valid YAML: ${reason}` });
}
