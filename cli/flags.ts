import type { Options } from "yargs";

// yargs wraps what a coercion throws, so that only the message of these errors arrives.

/** The one value of a flag. yargs collects a repeated flag into a list, and which one would count nobody could say. */
function single<Value>(flag: string, value: Value | readonly Value[]): Value {
  if (!isList(value)) return value;
  throw new Error(`--${flag} was given more than once`);
}

function isList<Value>(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

/** A flag that takes text. */
export function text(flag: string, describe: string) {
  const coerce = (value: string | readonly string[] | undefined) => {
    const given = single(flag, value);
    if (given === "") throw new Error(`--${flag} is empty`);
    return given;
  };
  return { type: "string", requiresArg: true, describe, coerce } as const satisfies Options;
}

/** A flag that takes text and has to be given. */
export function demanded(flag: string, describe: string) {
  const coerce = (value: string | readonly string[]) => {
    const given = single(flag, value);
    if (given === "") throw new Error(`--${flag} is empty`);
    return given;
  };
  return { type: "string", requiresArg: true, demandOption: true, describe, coerce } as const satisfies Options;
}

/** A flag that may be given several times. */
export function texts(describe: string) {
  return { type: "string", array: true, requiresArg: true, describe } as const satisfies Options;
}

/** A flag that is there or not. */
export function on(describe: string) {
  return { type: "boolean", describe } as const satisfies Options;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** A flag that takes a whole number within bounds. */
export function wholeNumber(flag: string, describe: string, { min, max }: Bounds) {
  const coerce = (value: number | readonly number[] | undefined) => {
    const given = single(flag, value);
    if (given === undefined || (Number.isInteger(given) && given >= min && given <= max)) return given;
    const not = Number.isNaN(given) ? "" : `, not ${given}`;
    throw new Error(`--${flag} takes a whole number from ${min} to ${max}${not}`);
  };
  return { type: "number", requiresArg: true, describe, coerce } as const satisfies Options;
}

/** A flag that takes one of a few words. */
export function oneOf<Word extends string>(flag: string, describe: string, words: readonly Word[]) {
  const coerce = (value: string | readonly string[] | undefined): Word | undefined => {
    const given = single(flag, value);
    const known = words.find((word) => word === given);
    if (given === undefined || known !== undefined) return known;
    throw new Error(`--${flag} takes ${words.join(", ")}; not "${given}"`);
  };
  const described = `${describe} (${words.join(", ")})`;
  return { type: "string", requiresArg: true, describe: described, coerce } as const satisfies Options;
}
