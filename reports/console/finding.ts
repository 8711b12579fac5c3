import type { CheckResult, Exchange, Report } from "../../schemas/index.ts";
import { acceptedWords } from "../debt.ts";
import { findingOutcomes } from "../outcomes.ts";
import { printable } from "../printable.ts";
import { decidingExchange, tellingPart } from "../telling.ts";
import { hintOf, levelWord, otherCause, repeatCommand, requirementOf, sourceWords } from "../wording.ts";
import type { Words } from "../words/en.ts";
import type { Page, Style } from "./page.ts";

const styles: Readonly<Record<(typeof findingOutcomes)[number], Style>> = {
  fail: "red",
  warn: "yellow",
  inconclusive: "magenta",
  "kit-error": "magenta",
};

/** How much of a finding is told, and in which language. */
interface Telling {
  readonly verbose: boolean;
  readonly words: Words;
}

/** One finding: what was sent, got and expected in three lines, then why it matters and how to go on. */
export function writeFinding(page: Page, result: CheckResult, run: Report["run"], { verbose, words }: Telling): void {
  const { labels, marks } = words.console;
  const outcome = findingOutcomes.find((known) => known === result.outcome) ?? "kit-error";
  const style = styles[outcome];
  const place = `${result.id} (${result.requirement}, ${levelWord(result.level, words)}, ${result.section})`;
  page.line(`${marks[outcome]}  ${printable(result.title)}`, style);
  page.line(`      ${place}`, "dim");

  const exchange = decidingExchange(result);
  page.labelled(labels.sent, exchange === undefined ? words.nothing : sentWords(exchange, result, words));
  page.labelled(labels.got, printable(result.actual ?? words.nothing), style);
  page.labelled(labels.expected, printable(result.expected ?? words.nothing));

  const requirement = requirementOf(result, words);
  if (requirement !== undefined) {
    page.labelled(labels.because, `${requirement.says} (${sourceWords(requirement.source)})`);
  }
  const hint = hintOf(result, words);
  if (hint !== undefined && outcome !== "kit-error") page.labelled(labels.mend, printable(hint));
  const whose = otherCause(result, words);
  if (whose !== undefined) page.labelled(labels.whose, whose);
  const accepted = acceptedWords(result, words);
  if (accepted !== undefined) page.labelled(labels.baseline, accepted, "cyan");
  for (const note of result.notes ?? []) page.labelled(labels.note, printable(note));
  if (result.provenBy.length > 0) page.labelled(labels.provedBy, result.provenBy.join(", "));
  if (exchange?.curl !== undefined) page.verbatim(labels.repeat, exchange.curl);
  const again = exchange?.curl === undefined ? labels.repeat : "";
  page.verbatim(again, repeatCommand(run, result.id));
  if (verbose) for (const each of result.exchanges) writeExchange(page, each, words);
  page.line();
}

function sentWords({ request }: Exchange, result: CheckResult, words: Words): string {
  const telling = tellingPart(result, words);
  const call = `${printable(request.method, 20)} ${printable(request.url, 200)}`;
  if (telling !== undefined) return `${call}  ${printable(telling, 200)}`;
  return request.bodyBytes > 0 ? `${call}  (${words.bytes(request.bodyBytes)})` : call;
}

function writeExchange(page: Page, exchange: Exchange, { parties, noAnswer }: Words): void {
  const { id, purpose, request, response, error } = exchange;
  const [from, to] = [exchange.from, exchange.to].map((name) => parties[name] ?? name);
  page.labelled(`#${id}`, `${from} → ${to} (${purpose})  ${request.method} ${printable(request.url)}`, "cyan");
  for (const [name, value] of request.headers) page.labelled("", `${printable(name, 80)}: ${printable(value, 200)}`);
  if (request.body) page.labelled("", printable(request.body, 2000));
  if (error !== null) page.labelled("", `${noAnswer}: ${printable(error.code)}: ${printable(error.message)}`);
  if (response === null) return;
  page.labelled("", `${response.status}`, "cyan");
  for (const [name, value] of response.headers) page.labelled("", `${printable(name, 80)}: ${printable(value, 200)}`);
  if (response.body) page.labelled("", printable(response.body, 2000));
}
