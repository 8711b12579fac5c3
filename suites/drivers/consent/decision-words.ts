/** What the words on a control do with the user's decision. `unclear`: they contradict each other. */
export type Leaning = "refuses" | "agrees" | "goes-on" | "neutral" | "unclear";

const refusals = [
  // Bare "no" refuses at the start only: "no account?", or "no password is shared" further on, decide nothing.
  /^no\b(?! (?:account|password|longer|matter))/i,
  /\b(?:den(?:y|ies|ied)|reject(?:ed)?|refused?|declined?|disallow|disagree|disapprove|cancel(?:led)?|abort|not now)\b/i,
  /\b(?:(?:do )?not|never|cannot|without|(?:do|wo|ca)n['’]?t)\s+(?:\w+\s+)?(?:allow|approv|authori[sz]|accept|agree|grant|consent|continu)/i,
  /拒[绝絕]|取消|不(?:同意|允[许許]|授[权權]|接受)/,
];
const agreements = [
  /\b(?:allow(?:ed)?|approved?|authori[sz]ed?|accept(?:ed)?|agreed?|grant(?:ed)?)\b/i,
  /同意|允[许許]|授[权權]|接受/,
];
/** They agree, too, but also lead on from pages that ask nothing of weight. */
const onwards = /\b(?:continue|yes|ok|confirm)\b|[确確][认認定]|继续|繼續/i;
const consent = /\bconsent\b/i;
/** A refusal as (a word of) a parameter; shorter words would find `?lang=no`. */
const refusingParameter = /\b(?:den(?:y|ied)|reject(?:ed)?|refused?|declined?|disallow|cancel)\b/i;

/** How a control leans by its texts (what a person reads, the value that is sent), each of which may say nothing. */
export function leaningOf(...texts: readonly string[]): Leaning {
  const leanings = new Set(texts.map(leaningOfText));
  if (leanings.has("refuses") && leanings.has("agrees")) return "unclear";
  return (["refuses", "agrees", "goes-on"] as const).find((leaning) => leanings.has(leaning)) ?? "neutral";
}

/** The word that comes first decides: "Do not allow" and 不同意 contain the opposite word as well. */
function leaningOfText(raw: string): Leaning {
  const text = spaced(raw);
  const [refusal, agreement] = [first(refusals, text), first(agreements, text)];
  if (refusal < agreement) return "refuses";
  if (agreement < refusal) return "agrees";
  // Alone it agrees; beside another word ("consent_deny") it only names the thing that is decided.
  if (consent.test(text)) return "agrees";
  return onwards.test(text) ? "goes-on" : "neutral";
}

/** Whether a link refuses: the text begins with a refusal, or a parameter says so (`?decision=deny`, `?cancel`). */
export function linkRefuses(label: string, { searchParams }: URL): boolean {
  if (first(refusals, firstPerson(label)) === 0) return true;
  if (leaningOf(label) !== "neutral") return false;
  return [...searchParams].some(([name, value]) => {
    if (value === "") return refusingParameter.test(name) && /^[a-z]+$/i.test(name);
    return /^[\w -]+$/.test(value) && refusingParameter.test(spaced(value));
  });
}

/** Whether a link agrees, by the word it begins with: others only speak of agreement ("The terms you agree to"). */
export function linkAgrees(label: string): boolean {
  return first(agreements, firstPerson(label)) === 0;
}

function firstPerson(label: string): string {
  return spaced(label).replace(/^(?:I |我)/, "");
}

/** Words apart that identifiers write together: `access_denied`, `allow-once`, `allowAccess`. */
function spaced(text: string): string {
  return text
    .replaceAll(/[_-]/g, " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .trim();
}

function first(patterns: readonly RegExp[], text: string): number {
  const found = patterns.map((pattern) => text.search(pattern)).filter((at) => at >= 0);
  return Math.min(...found, Number.POSITIVE_INFINITY);
}
