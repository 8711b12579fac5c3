/** A requirement's words in Chinese (simplified); names of the protocol keep their Latin letters. */
export interface ChineseText {
  readonly says: string;
  readonly mend: string;
  /** Why the kit judges at its level, where the row itself says why. */
  readonly why?: string;
}

/** Readings of a text, in the order of the English row, and the one the kit takes. */
export interface ChineseReadings {
  readonly readings: readonly [string, string, ...string[]];
  readonly position: string;
}

export type ChineseTexts = Readonly<Record<string, ChineseText>>;
