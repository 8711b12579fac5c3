import { text } from "../../engine/json.ts";
import type { Relation } from "../../kinds/conforms.ts";

/** The document is written for the version of the protocol that is judged here. */
export const writtenForVersion: Relation = {
  reasonCode: "wrong-version",
  expected: 'ath_version is "0.1"',
  broken(body) {
    const version = text(body, "ath_version");
    return version === "0.1" ? undefined : `ath_version is ${JSON.stringify(version ?? null)}`;
  },
};
