import { strFromU8, unzipSync } from "fflate";

/** The files of a zip as text, by name. */
export function unzipped(zip: Uint8Array): Record<string, string> {
  return Object.fromEntries(Object.entries(unzipSync(zip)).map(([name, content]) => [name, strFromU8(content)]));
}
