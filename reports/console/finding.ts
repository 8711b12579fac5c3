import type { CheckResult, Exchange, Report } from "../../schemas/index.ts";
import { acceptedWords } from "../debt.ts";
import { findingOutcomes } from "../outcomes.ts";
import { printable } from "../printable.ts";
import { decidingExchange, tellingPart } from "../telling.ts";
import { levelWord, repeatCommand, requirementOf, sourceWords } from "../wording.ts";
import type { Page, Style } from "./page.ts";

const marks: Readonly<Record<(typeof findingOutcomes)[number], { readonly word: string; readonly style: Style }>> = {
  fail: { word: "FAIL", style: "red" },
  warn: { word: "WARN", style: "yellow" },
  inconclusive: { word: "INCONCLUSIVE", style: "magenta" },
  "kit-error": { word: "KIT ERROR", style: "magenta" },
};

/** One finding: what was sent, got and expected in three lines, then why it matters and how to go on. */
export function writeFinding(page: Page, result: CheckResult, run: Report["run"], verbose: boolean): void {
  const outcome = findingOutcomes.find((known) => known === result.outcome) ?? "kit-error";
  const { word, style } = marks[outcome];
  const place = `${result.id} (${result.requirement}, ${levelWord(result.level)}, ${result.section})`;
  page.line(`${word}  ${printable(result.title)}`, style);
  page.line(`      ${place}`, "dim");

  const exchange = decidingExchange(result);
  page.labelled("sent", exchange === undefined ? "nothing" : sentWords(exchange, tellingPart(result)));
  page.labelled("got", printable(result.actual ?? "nothing"), style);
  page.labelled("expected", printable(result.expected ?? "nothing"));

  const requirement = requirementOf(result);
  if (requirement !== undefined) {
    page.labelled("because", `${requirement.says} (${sourceWords(requirement.source)})`);
  }
  const hint = result.hint ?? requirement?.mend;
  if (hint !== undefined && outcome !== "kit-error") page.labelled("mend", printable(hint));
  if (result.cause !== null && result.cause !== "target") page.labelled("whose", `${result.cause}, not the target`);
  const accepted = acceptedWords(result);
  if (accepted !== undefined) page.labelled("baseline", accepted, "cyan");
  for (const note of result.notes ?? []) page.labelled("note", printable(note));
  if (result.provenBy.length > 0) page.labelled("proved by", result.provenBy.join(", "));
  if (exchange?.curl !== undefined) page.verbatim("repeat", exchange.curl);
  const again = exchange?.curl === undefined ? "repeat" : "";
  page.verbatim(again, repeatCommand(run, result.id));
  if (verbose) for (const each of result.exchanges) writeExchange(page, each);
  page.line();
}

function sentWords({ request }: Exchange, telling: string | undefined): string {
  const call = `${printable(request.method, 20)} ${printable(request.url, 200)}`;
  if (telling !== undefined) return `${call}  ${printable(telling, 200)}`;
  return request.bodyBytes > 0 ? `${call}  (${request.bodyBytes} bytes)` : call;
}

function writeExchange(page: Page, { id, from, to, purpose, request, response, error }: Exchange): void {
  page.labelled(`#${id}`, `${from} → ${to} (${purpose})  ${request.method} ${printable(request.url)}`, "cyan");
  for (const [name, value] of request.headers) page.labelled("", `${printable(name, 80)}: ${printable(value, 200)}`);
  if (request.body) page.labelled("", printable(request.body, 2000));
  if (error !== null) page.labelled("", `no answer: ${printable(error.code)}: ${printable(error.message)}`);
  if (response === null) return;
  page.labelled("", `${response.status}`, "cyan");
  for (const [name, value] of response.headers) page.labelled("", `${printable(name, 80)}: ${printable(value, 200)}`);
  if (response.body) page.labelled("", printable(response.body, 2000));
}
