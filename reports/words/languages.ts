import { english, type Words } from "./en.ts";

/** The languages that reports can be read in (`--lang`). */
export const languages = ["en", "zh"] as const;
export type Language = (typeof languages)[number];

/** The words of a language; another one than English is loaded when it is asked for. */
export async function wordsIn(language: Language | undefined): Promise<Words> {
  return language === "zh" ? (await import("./zh.ts")).chinese : english;
}
