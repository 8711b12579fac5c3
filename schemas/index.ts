export * from "./generated.ts";
export type { SchemaIssue } from "./issues.ts";
export type { JsonSchema } from "./schema-type.ts";
export { isMessage, type Validation, validate } from "./validate.ts";
