import { createRequire } from "node:module";
import type { Ajv2020 as Ajv, ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { type Messages, schemas } from "./generated.ts";
import { type SchemaIssue, schemaIssues } from "./issues.ts";

/** The value with its type, or what is wrong with it (at least one issue, at most 20). */
export type Validation<Message> =
  | { readonly ok: true; readonly value: Message }
  | { readonly ok: false; readonly errors: readonly SchemaIssue[] };

const MAX_ISSUES = 20;
/**
 * Up to this many JSON values all issues are collected. Beyond it only the first is: the validator makes one object for
 * each issue, and a hostile body of several MiB would make millions of them.
 */
const MAX_VALUES_FOR_ALL_ISSUES = 2_000;

interface Validators {
  readonly first: Ajv;
  readonly all: Ajv;
}

let validators: Validators | undefined;

/** Made on first use, since building them costs more than most commands take. */
function theValidators(): Validators {
  validators ??= { first: validatorOfAll(false), all: validatorOfAll(true) };
  return validators;
}

const require = createRequire(import.meta.url);

function validatorOfAll(allErrors: boolean): Ajv {
  // Required here and not imported above: most commands never validate, and ajv is 76 files.
  const { Ajv2020 }: typeof import("ajv/dist/2020.js") = require("ajv/dist/2020.js");
  const formats: typeof import("ajv-formats") = require("ajv-formats");
  // The schemas themselves are checked by a test, once, and not at every start.
  const ajv = new Ajv2020({ strict: true, validateSchema: false, allErrors, verbose: true });
  formats.default(ajv);
  ajv.addSchema(Object.values(schemas));
  return ajv;
}

function compiled<Name extends keyof Messages>(ajv: Ajv, name: Name): ValidateFunction<Messages[Name]> {
  return ajv.compile<Messages[Name]>(schemas[name]);
}

/**
 * Judges a value that came from outside (parsed JSON or YAML) against the schema of a message.
 * Values of members that hold secrets are never repeated in the issues.
 */
export function validate<Name extends keyof Messages>(name: Name, value: unknown): Validation<Messages[Name]> {
  const { first, all } = theValidators();
  const judge = compiled(first, name);
  if (judge(value)) return { ok: true, value };
  const [found, ...rest] = small(value) ? everyError(all, name, value) : (judge.errors ?? []);
  const errors = found === undefined ? [] : schemaIssues([found, ...rest]).slice(0, MAX_ISSUES);
  return { ok: false, errors };
}

/** Whether the value is a valid message; cheaper than `validate` where nobody reads the issues. */
export function isMessage<Name extends keyof Messages>(name: Name, value: unknown): value is Messages[Name] {
  return compiled(theValidators().first, name)(value);
}

function everyError(ajv: Ajv, name: keyof Messages, value: unknown): readonly ErrorObject[] {
  const judge = compiled(ajv, name);
  judge(value);
  return judge.errors ?? [];
}

/** Counts without recursion, and stops counting at the limit: the depth and the size are the sender's choice. */
function small(value: unknown): boolean {
  const open: unknown[] = [value];
  for (let seen = 0; open.length > 0; seen += 1) {
    const next = open.pop();
    if (typeof next === "object" && next !== null) {
      const members = Object.values(next);
      if (seen + open.length + members.length > MAX_VALUES_FOR_ALL_ISSUES) return false;
      open.push(...members);
    }
  }
  return true;
}
