const text = { type: "string", minLength: 1 } as const;
const level = { enum: ["none", "note", "warning", "error"] } as const;
const message = object({ text }, ["text"]);
const strings = { type: "object", additionalProperties: { type: "string" } } as const;
const bag = { type: "object" } as const;
const uri = { type: "string", format: "uri-reference", minLength: 1 } as const;
const body = object({ text: { type: "string" } }, []);

/** A JSON Schema for an object that has these members and no others. */
function object(properties: Readonly<Record<string, unknown>>, required: readonly string[]) {
  return { type: "object", additionalProperties: false, properties, required };
}

function list(items: unknown) {
  return { type: "array", items };
}

const rule = object(
  {
    id: text,
    shortDescription: message,
    fullDescription: message,
    help: message,
    helpUri: { type: "string", format: "uri" },
    defaultConfiguration: object({ level }, ["level"]),
    properties: bag,
  },
  ["id"],
);

const location = object(
  {
    physicalLocation: object({ artifactLocation: object({ uri }, ["uri"]) }, ["artifactLocation"]),
    logicalLocations: list(object({ name: text, fullyQualifiedName: text, kind: text }, [])),
  },
  [],
);

const result = {
  ...object(
    {
      ruleId: text,
      ruleIndex: { type: "integer", minimum: 0 },
      kind: { enum: ["pass", "open", "informational", "notApplicable", "review", "fail"] },
      level,
      message,
      locations: list(location),
      partialFingerprints: strings,
      webRequest: object({ protocol: text, version: text, method: text, target: text, headers: strings, body }, []),
      webResponse: object(
        {
          protocol: text,
          version: text,
          statusCode: { type: "integer" },
          reasonPhrase: { type: "string" },
          headers: strings,
          body,
          noResponseReceived: { type: "boolean" },
        },
        [],
      ),
      properties: bag,
    },
    ["message"],
  ),
  // SARIF 2.1.0 § 3.27.10: a result whose kind is not `fail` has the level `none`.
  if: { properties: { kind: { const: "fail" } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: { level: { enum: ["note", "warning", "error"] } } },
  else: { properties: { level: { const: "none" } } },
};

const notification = object({ level, message, associatedRule: object({ id: text }, ["id"]) }, ["message"]);

const instant = { type: "string", format: "date-time" } as const;

/** The parts of SARIF 2.1.0 (OASIS, 27 March 2020) that the report uses, and nothing else: a misspelt member is found. */
export const sarifSchema = object(
  {
    $schema: { type: "string", format: "uri" },
    version: { const: "2.1.0" },
    runs: list(
      object(
        {
          tool: object({ driver: object({ name: text, version: text, rules: list(rule) }, ["name"]) }, ["driver"]),
          automationDetails: object({ id: text }, []),
          invocations: list(
            object(
              {
                commandLine: text,
                executionSuccessful: { type: "boolean" },
                exitCode: { type: "integer" },
                exitCodeDescription: text,
                startTimeUtc: instant,
                endTimeUtc: instant,
                toolExecutionNotifications: list(notification),
                toolConfigurationNotifications: list(notification),
              },
              ["executionSuccessful"],
            ),
          ),
          columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
          results: list(result),
          properties: bag,
        },
        ["tool"],
      ),
    ),
  },
  ["version", "runs"],
);
