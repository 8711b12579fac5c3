import { type CataloguedFault, faultCatalogue } from "../../mocks/catalogue.ts";
import { sourceWords } from "../../reports/wording.ts";
import checkResult from "../../schemas/report/check-result.schema.json" with { type: "json" };
import conformance from "../../schemas/report/conformance-predicate.schema.json" with { type: "json" };
import report from "../../schemas/report/report.schema.json" with { type: "json" };
import { handshakePositions } from "../../specs/ath-handshake/positions.ts";
import { aunPositions } from "../../specs/aun-gateway/positions.ts";
import { type Ambiguity, handshakeBinding, positions, requirements } from "../../specs/index.ts";
import { cell, table } from "./markdown.ts";

/** The parts of the documentation that are written from the catalogues and schemas, by the name of their marks. */
export function generatedParts(): Readonly<Record<string, string>> {
  return {
    faults: faultTables(),
    positions: positionTexts(),
    report: reportFields(),
    certificate: table(["member", "what it says"], fieldsOf(conformance)),
  };
}

/** A table of faults for each mock; a fault that several mocks have stands in each table. */
function faultTables(): string {
  const mocks = [...new Set(faultCatalogue.map(({ mock }) => mock))];
  return mocks
    .map((mock) => {
      const rows = faultCatalogue.filter((entry) => entry.mock === mock);
      return `### ${mock}: ${rows.length} faults\n\n${table(["fault", "what it does", "found by"], rows.map(faultRow))}`;
    })
    .join("\n\n");
}

function faultRow({ fault }: CataloguedFault): readonly string[] {
  const checks = Object.keys(fault.kills);
  const found = checks.length === 0 ? "– (for tests of clients)" : checks.map((id) => `\`${id}\``).join(", ");
  const mount = fault.mount === undefined ? "" : ` (served with \`${fault.mount}\`)`;
  return [`\`${fault.id}\``, `${cell(fault.sentence)}${mount}`, found];
}

function positionTexts(): string {
  const ath = positions.map(({ id, question, readings, position, touches }) =>
    [`### ${id}: ${question}`, list(readings), `**Position.** ${position}`, `Bears on ${touches.join(", ")}.`].join(
      "\n\n",
    ),
  );
  const aun = Object.entries(aunPositions).map(([id, ambiguity]) => readingsOf(id, ambiguity));
  const nineSteps = Object.entries(handshakePositions).map(([id, ambiguity]) => readingsOf(id, ambiguity));
  const binding = handshakeBinding.map(({ matter, position, setting }) => [
    cell(matter),
    cell(position),
    setting === undefined ? "fixed" : `\`handshake.${setting}\``,
  ]);
  return [
    "## ATH 0.1",
    ...ath,
    "## The nine-step handshake\n\nThe text defines the messages and no transport; this is the kit's HTTP binding, and where a setting is named a target\nmay have chosen otherwise.",
    table(["matter", "position", "setting"], binding),
    ...nineSteps,
    "## AUN",
    ...aun,
    "## Rules that cannot be tested from outside",
    table(["requirements", "why not"], untestable()),
  ].join("\n\n");
}

/** The readings of one question, with the requirements that it is about. */
function readingsOf(id: string, ambiguity: Ambiguity): string {
  const rows = requirements().filter(({ ambiguous }) => ambiguous === ambiguity);
  const about = rows.map(({ id: row, says, source }) => `${row}: ${says} (${sourceWords(source)})`);
  return [`### ${id}`, ...about, list(ambiguity.readings), `**Position.** ${ambiguity.position}`].join("\n\n");
}

/** One row for each reason, with every requirement it holds for. */
function untestable(): readonly (readonly string[])[] {
  const found = requirements().flatMap(({ id, tested }) =>
    "untestable" in tested ? [{ id, reason: tested.untestable }] : [],
  );
  const reasons = [...new Set(found.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const ids = found.filter((one) => one.reason === reason).map(({ id }) => id);
    return [ids.join(", "), cell(reason)];
  });
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

function reportFields(): string {
  const head = ["member", "what it says"];
  return [table(head, fieldsOf(report)), "Each entry of `checks`:", table(head, fieldsOf(checkResult))].join("\n\n");
}

/** What a documentation needs of an object's schema. */
interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
  readonly enum?: readonly (string | number | null)[];
}

/** The members of an object, and those of the objects in it, as rows of a table. */
function fieldsOf({ properties = {}, required = [] }: Described, path = ""): readonly (readonly string[])[] {
  return Object.entries(properties).flatMap(([name, member]) => {
    const full = `${path}${name}`;
    const values = member.enum === undefined ? "" : ` One of ${member.enum.map((one) => `\`${one}\``).join(", ")}.`;
    const optional = required.includes(name) ? "" : " *Optional.*";
    return [[`\`${full}\``, `${cell(member.description ?? "")}${values}${optional}`], ...fieldsOf(member, `${full}.`)];
  });
}
