/** A part of a text; `end` is after its last character. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** A text with its escapes read. */
interface View {
  readonly text: string;
  /** What of the source a part of the text came from, whole escapes. The part is not empty. */
  placeOf(start: number, end: number): Place;
}

/** Escapes inside of escapes: a URL that is a parameter of another one, in JSON that is a string in JSON. */
const mostRounds = 4;
/**
 * What stands for another character, or for none: percent-encoding (UTF-8 by whole characters), character references of
 * HTML and XML, escapes of JSON and JavaScript, and characters that nobody sees.
 */
const escaped =
  /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}|&#\d{1,7};|&#x[\da-f]{1,6};|&(?:amp|lt|gt|quot|apos|shy|lowbar|hyphen|period|plus|equals|sol|num|nbsp|ZeroWidthSpace);|\\u[\da-f]{4}|\\u\{[\da-f]{1,6}\}|\\x[\da-f]{2}|\\["\\/bfnrt]|[\u00ad\u200b-\u200f\u2060\ufeff]/gi;

const references: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  lowbar: "_",
  hyphen: "-",
  period: ".",
  plus: "+",
  equals: "=",
  sol: "/",
  num: "#",
  nbsp: "\u00a0",
};

const controls: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** The text as it is, and with its escapes read once, twice … as far as there are any. */
export function* viewsOf(source: string): Generator<View> {
  let view: View = { text: source, placeOf: (start, end) => ({ start, end }) };
  yield view;
  for (let round = 0; round < mostRounds; round += 1) {
    const next = unescaped(view);
    if (next === undefined) return;
    yield next;
    view = next;
  }
}

/** An escape, and where the character that it stands for begins in the text that was read. */
interface Escape extends Place {
  readonly at: number;
}

/** Few places are ever asked for, so that the escapes are written down and not where every character came from. */
function unescaped({ text, placeOf }: View): View | undefined {
  if (text.search(escaped) === -1) return undefined;
  const pieces: string[] = [];
  const escapes: Escape[] = [];
  let length = 0;
  let read = 0;
  for (const match of text.matchAll(escaped)) {
    const [written] = match;
    const start = match.index;
    const meant = meaningOf(written);
    length += start - read;
    read = start + written.length;
    escapes.push({ at: length, start, end: read });
    pieces.push(text.slice(escapes.at(-2)?.end ?? 0, start), meant);
    length += meant.length;
  }
  pieces.push(text.slice(read));
  const cameFrom = (at: number): Place => {
    const before = lastUpTo(escapes, at);
    if (before === undefined) return { start: at, end: at + 1 };
    const { start, end } = before;
    const behind = at - before.at - meantBy(before, text);
    return behind < 0 ? { start, end } : { start: end + behind, end: end + behind + 1 };
  };
  return {
    text: pieces.join(""),
    placeOf: (start, end) => placeOf(cameFrom(start).start, cameFrom(end - 1).end),
  };
}

/** How many characters an escape stands for. */
function meantBy({ start, end }: Place, text: string): number {
  return meaningOf(text.slice(start, end)).length;
}

/** The last escape whose character begins at a place or before it. */
function lastUpTo(escapes: readonly Escape[], place: number): Escape | undefined {
  let low = 0;
  let high = escapes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((escapes[middle]?.at ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return escapes[low - 1];
}

/** The character that an escape stands for, never longer than the escape; nothing for what is not seen. */
function meaningOf(written: string): string {
  if (written.startsWith("%")) return Buffer.from(written.replaceAll("%", ""), "hex").toString("utf8");
  const reference = /^&#(?<decimal>\d+);$|^(?:&#x|\\u\{?|\\x)(?<hex>[\da-f]+)[;}]?$/i.exec(written)?.groups;
  const { decimal, hex } = reference ?? {};
  if (decimal !== undefined || hex !== undefined) {
    const point = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    const isSeen = point <= 0x10ffff && !/[\u00ad\u200b-\u200f\u2060\ufeff]/.test(String.fromCodePoint(point));
    return isSeen ? String.fromCodePoint(point) : "";
  }
  if (written.startsWith("&")) return references[written.slice(1, -1).toLowerCase()] ?? "";
  if (!written.startsWith("\\")) return "";
  const letter = written.slice(1);
  return controls[letter] ?? letter;
}

/** What a text looks like as hexadecimal digits. */
export function hexFormsOf(text: string): readonly string[] {
  const lower = Buffer.from(text).toString("hex");
  const upper = lower.toUpperCase();
  return upper === lower ? [lower] : [lower, upper];
}

/**
 * What a text looks like inside of base64, wherever it begins there: for each of the three places of a byte in a group
 * the characters that it fills alone. Both alphabets.
 */
export function base64FormsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const inside = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    const inUrls = inside.replaceAll("+", "-").replaceAll("/", "_");
    return inUrls === inside ? [inside] : [inside, inUrls];
  });
}
