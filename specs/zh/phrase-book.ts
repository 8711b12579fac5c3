/**
 * What the kit says in sentences with places in them: the English words as they are recorded, and the Chinese ones.
 * `{0}` is a place whose text stays as it was recorded, `#0` one for a number only; the text of `<0>` is a phrase of the book
 * itself.
 */
export type Phrases = Readonly<Record<string, string>>;

interface Phrase {
  /** What stands before, between and behind the places. */
  readonly pieces: readonly string[];
  /** In the order of the English words. */
  readonly places: readonly string[];
  readonly chinese: string;
}

/** What was recorded may quote a hostile target: no more than this is looked into, and no deeper. */
const longestText = 4000;
const deepest = 6;
const place = /(\{\d\}|<\d>|#\d)/;
const number = /^-?\d+(?:\.\d+)?$/;

/** Gives the Chinese words for recorded English ones; undefined for what no phrase of the book fits. */
export function phraseBook(phrases: Phrases): (text: string) => string | undefined {
  const fixed = new Map<string, string>();
  const open: Phrase[] = [];
  for (const [english, chinese] of Object.entries(phrases)) {
    const phrase = { ...partsOf(english), chinese };
    if (phrase.places.length === 0) fixed.set(english, chinese);
    else open.push(phrase);
  }
  // Where two fit, the one that says more in words of its own, and of its places.
  open.sort((a, b) => lengthOf(b) - lengthOf(a) || saidIn(b) - saidIn(a));
  const translated = (text: string, depth: number): string | undefined => {
    const known = fixed.get(text);
    if (known !== undefined || depth > deepest || text.length > longestText) return known;
    for (const phrase of open) {
      const said = filled(phrase, text, (part) => translated(part, depth + 1));
      if (said !== undefined) return said;
    }
    return undefined;
  };
  return (text) => translated(text, 0);
}

/** The words of a phrase between its places, and the places. */
export function partsOf(english: string): Pick<Phrase, "pieces" | "places"> {
  const parts = english.split(place);
  return {
    pieces: parts.filter((_, index) => index % 2 === 0),
    places: parts.filter((_, index) => index % 2 === 1),
  };
}

const saidIn = ({ places }: Phrase) => places.filter((name) => name.startsWith("<")).length;
const lengthOf = ({ pieces }: Phrase) => pieces.reduce((sum, piece) => sum + piece.length, 0);

function filled(
  { pieces, places, chinese }: Phrase,
  text: string,
  translated: (part: string) => string | undefined,
): string | undefined {
  const texts = textsBetween(pieces, text);
  if (texts === undefined) return undefined;
  const said = new Map<string, string>();
  for (const [index, name] of places.entries()) {
    const part = texts[index] ?? "";
    if (name.startsWith("#") && !number.test(part)) return undefined;
    const words = name.startsWith("<") ? translated(part) : part;
    if (words === undefined) return undefined;
    said.set(name, words);
  }
  return chinese
    .split(place)
    .map((part) => said.get(part) ?? part)
    .join("");
}

/**
 * The texts between the pieces, none of them empty, each piece where it comes first; undefined when they do not fit.
 * No regular expression, since what it would be matched against comes from a target.
 */
function textsBetween(pieces: readonly string[], text: string): readonly string[] | undefined {
  const [first = "", ...others] = pieces;
  const last = others.at(-1) ?? "";
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return undefined;
  const texts: string[] = [];
  let from = first.length;
  for (const piece of others.slice(0, -1)) {
    const at = text.indexOf(piece, from + 1);
    if (at === -1) return undefined;
    texts.push(text.slice(from, at));
    from = at + piece.length;
  }
  return from < end ? [...texts, text.slice(from, end)] : undefined;
}
