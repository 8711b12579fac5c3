import { faultSentences } from "./faults/index.ts";
import { phraseBook } from "./phrase-book.ts";
import { phrases } from "./phrases/index.ts";
import { reasonCodes } from "./reason-codes/index.ts";
import { checkTitles } from "./titles/index.ts";

/** The Chinese words for what the kit recorded in English; undefined for words that no phrase fits. */
export const translated: (recorded: string) => string | undefined = phraseBook(phrases);

/** What the kit recorded, in Chinese where its words are known, else as it was recorded. */
export function inChinese(recorded: string): string {
  return translated(recorded) ?? recorded;
}

/** The title of a check; of one that this edition does not have, as it was recorded. */
export function titleInChinese(checkId: string, recorded: string): string {
  return checkTitles[checkId] ?? recorded;
}

/** A code for a reader of Chinese; the code itself stays, since baselines and searches go by it. */
export function reasonInChinese(code: string): string {
  const words = reasonCodes[code];
  return words === undefined ? code : `${words} ${code}`;
}

/** What a fault of a mock does. */
export function faultInChinese(faultId: string, sentence: string): string {
  return faultSentences[faultId] ?? sentence;
}
