import type { Source } from "./requirement.ts";

/** A page of the ATH 0.1 specification by its path, for example `client/identity`. */
export function ath(page: string, section?: string): Source {
  return section === undefined ? { document: `ATH 0.1 ${page}` } : { document: `ATH 0.1 ${page}`, section };
}

/** A section of an RFC, with its link. */
export function rfc(number: number, section: string): Source {
  return {
    document: `RFC ${number}`,
    section,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  };
}

/** A rule that no text states and that security needs; the row's `why` says what it protects. */
export const kitRule: Source = { document: "Gateproof", section: "Rules the texts leave unsaid" };
