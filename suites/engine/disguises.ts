/** A text with its escapes read, and where in the source each of its characters came from. */
interface View {
  readonly text: string;
  /** `starts[i]` to `ends[i]`: what of the source the character `i` came from; the same text where undefined. */
  readonly starts?: Int32Array;
  readonly ends?: Int32Array;
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
  let view: View = { text: source };
  yield view;
  for (let round = 0; round < mostRounds; round += 1) {
    const next = unescaped(view);
    if (next === undefined) return;
    yield next;
    view = next;
  }
}

function unescaped({ text, starts, ends }: View): View | undefined {
  if (text.search(escaped) === -1) return undefined;
  const startOf = (at: number) => starts?.[at] ?? at;
  const endOf = (at: number) => ends?.[at] ?? at + 1;
  const pieces: string[] = [];
  const nextStarts = new Int32Array(text.length);
  const nextEnds = new Int32Array(text.length);
  let length = 0;
  let read = 0;
  const copy = (until: number) => {
    if (until > read) pieces.push(text.slice(read, until));
    for (; read < until; read += 1) {
      nextStarts[length] = startOf(read);
      nextEnds[length] = endOf(read);
      length += 1;
    }
  };
  for (const match of text.matchAll(escaped)) {
    copy(match.index);
    read = match.index + match[0].length;
    const meant = meaningOf(match[0]);
    pieces.push(meant);
    for (let unit = 0; unit < meant.length; unit += 1) {
      nextStarts[length] = startOf(match.index);
      nextEnds[length] = endOf(read - 1);
      length += 1;
    }
  }
  copy(text.length);
  return { text: pieces.join(""), starts: nextStarts, ends: nextEnds };
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
