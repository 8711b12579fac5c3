import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { Ajv } from "ajv";
import formats from "ajv-formats";

// The committee's schema is of draft 4, which names itself by `id`; nothing else in it has changed since.
const { id: $id, $schema: _, ...rest } = schema;
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
formats.default(ajv);
const isSarif = ajv.compile({ $id, ...rest });

/** What the OASIS schema of SARIF 2.1.0 has against a log; empty when it is valid. */
export function sarifErrors(log: string): readonly string[] {
  isSarif(JSON.parse(log));
  return (isSarif.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
