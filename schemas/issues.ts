import type { ErrorObject } from "ajv/dist/2020.js";
import { nearest } from "./nearest.ts";
import { isJsonObject } from "./schema-type.ts";

/** One thing that is wrong with a value. */
export interface SchemaIssue {
  /** JSON pointer (RFC 6901) to the member; "" is the whole value. A missing or unknown member is pointed at by its name. */
  readonly path: string;
  /** In words, to be read after the path: `must be an integer, is "3600"`. */
  readonly problem: string;
  /** The JSON Schema keyword that was broken. */
  readonly keyword: string;
}

/** The longest excerpt of a value that a problem repeats, in characters. */
const EXCERPT = 60;
/** Members whose values are not repeated: credentials, codes, signed assertions, configured header fields. */
const SECRET = /secret|token|attestation|password|code|headers/i;

/** Keywords that say a value is not of a branch's kind at all. */
const DECIDES_BRANCH = new Set(["type", "const", "enum"]);

const TYPES: Readonly<Record<string, string>> = {
  object: "an object",
  array: "a list",
  string: "a string",
  integer: "an integer",
  number: "a number",
  boolean: "true or false",
  null: "null",
};

const FORMATS: Readonly<Record<string, string>> = {
  uri: "an absolute URI",
  date: "an ISO 8601 date",
  "date-time": "an RFC 3339 date and time",
  "iso-date-time": "an ISO 8601 date and time",
};

/** Turns the validator's errors (made with `verbose`) into issues, in the order they were found. */
export function schemaIssues(errors: readonly ErrorObject[]): readonly SchemaIssue[] {
  const dropped = new Set<ErrorObject>();
  for (const choice of errors.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf")) {
    const inside = errors.filter(
      (error) => error.schemaPath.startsWith(`${choice.schemaPath}/`) && within(error, choice),
    );
    const meant = branchMeant(choice, inside);
    // Either the one branch that the value meant says what is wrong inside, or the choice says what there is to choose.
    for (const error of meant === undefined ? inside : [choice, ...inside]) dropped.add(error);
    for (const error of meant ?? []) dropped.delete(error);
  }
  return errors.filter((error) => !dropped.has(error)).map(issue);
}

function within(error: ErrorObject, choice: ErrorObject): boolean {
  return error.instancePath === choice.instancePath || error.instancePath.startsWith(`${choice.instancePath}/`);
}

/** The errors of the only branch whose type the value has; undefined when none or several fit. */
function branchMeant(choice: ErrorObject, inside: readonly ErrorObject[]): readonly ErrorObject[] | undefined {
  const branches = new Map<string, ErrorObject[]>();
  for (const error of inside) {
    const branch = error.schemaPath.slice(choice.schemaPath.length + 1).split("/")[0] ?? "";
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  const fitting = [...branches.values()].filter((errors) =>
    errors.every(({ keyword, instancePath }) => instancePath !== choice.instancePath || !DECIDES_BRANCH.has(keyword)),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

function issue(error: ErrorObject): SchemaIssue {
  const { keyword, instancePath, params } = error;
  if (keyword === "required") {
    return { path: `${instancePath}/${escapePointer(params["missingProperty"])}`, problem: "is missing", keyword };
  }
  if (keyword === "additionalProperties") {
    const name = String(params["additionalProperty"]);
    const near = nearest(name, Object.keys(asObject(error.parentSchema?.["properties"])));
    const hint = near === undefined ? "" : `; did you mean ${near}?`;
    return { path: `${instancePath}/${escapePointer(name)}`, problem: `is not a known key${hint}`, keyword };
  }
  return { path: instancePath, problem: `must ${demand(error)}, is ${excerpt(error)}`, keyword };
}

/** What a broken keyword demands, to be read after "must". */
function demand(error: ErrorObject): string {
  const { keyword, params, parentSchema } = error;
  const limit = String(params["limit"]);
  switch (keyword) {
    case "type":
      return `be ${names(params["type"])
        .map((type) => TYPES[type] ?? type)
        .join(" or ")}`;
    case "const":
      return `be ${JSON.stringify(params["allowedValue"])}`;
    case "enum":
      return `be one of ${names(params["allowedValues"]).map(quoted).join(", ")}`;
    case "format":
      return `be ${FORMATS[String(params["format"])] ?? String(params["format"])}`;
    case "minLength":
      return limit === "1" ? "not be empty" : `have at least ${limit} characters`;
    case "minItems":
      return limit === "1" ? "not be empty" : `have at least ${limit} items`;
    case "maxItems":
      return `have at most ${limit} items`;
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
      return `be ${String(params["comparison"])} ${limit}`;
    case "anyOf":
    case "oneOf":
      return `be ${branchTitles(parentSchema?.[keyword]).join(" or ")}`;
    case "pattern": {
      const examples = names(parentSchema?.["examples"] ?? []);
      return examples.length === 0 ? `match ${String(params["pattern"])}` : `be like ${examples.join(" or ")}`;
    }
    default:
      return error.message ?? `satisfy ${keyword}`;
  }
}

function names(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

function quoted(value: string): string {
  return value === "null" ? value : JSON.stringify(value);
}

function branchTitles(branches: unknown): readonly string[] {
  return (Array.isArray(branches) ? branches : []).map((branch) => {
    const { title, type } = asObject(branch);
    return String(title ?? TYPES[String(type)]);
  });
}

function excerpt(error: ErrorObject): string {
  const { data, instancePath, keyword } = error;
  if (Array.isArray(data)) return data.length === 0 ? "an empty list" : `a list of ${data.length}`;
  if (isJsonObject(data)) return "an object";
  if (typeof data !== "string") return String(data);
  if (data === "") return "empty";
  // Where the schema knows the values (token_type, …) they are no secret.
  const secret = SECRET.test(instancePath) && keyword !== "const" && keyword !== "enum";
  if (secret) return `a string of ${data.length} characters (not shown)`;
  const text = JSON.stringify(data.slice(0, EXCERPT));
  return data.length > EXCERPT ? `${text}… (${data.length} characters)` : text;
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(value) ? value : {};
}

function escapePointer(name: unknown): string {
  return String(name).replaceAll("~", "~0").replaceAll("/", "~1");
}
