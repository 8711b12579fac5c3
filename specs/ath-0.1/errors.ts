import { IMPLEMENTORS, section } from "../section.ts";
import { ath } from "../sources.ts";
import { ambiguity } from "./positions.ts";

/** How failures look. */
export const errors = section({ section: "errors", party: "implementor", profiles: IMPLEMENTORS }, [
  {
    id: "ERR-1",
    level: "stated",
    kit: "must",
    why: "The rule defines the message of every failure, and a server that breaks on hostile input is not there for others.",
    says: "Every failure is a JSON body with code and message, and hostile or malformed input gets a 4xx and never a 5xx, a stack trace or silence.",
    source: ath("schema", "ATHError"),
    tested: {
      how: "Send generated bodies: no JSON, a form, missing and ill-typed fields, names like __proto__, megabytes, deep nesting.",
    },
    mend: "Limit and validate the body before use, and turn every error into an ATHError in one place.",
  },
  {
    id: "ERR-2",
    level: "table",
    kit: "should",
    why: "The table of codes gives the statuses without saying that they bind.",
    says: "Each code comes with the HTTP status that the table of error codes gives it.",
    source: ath("schema", "error codes"),
    tested: { how: "Collect code and status of every refusal of the run." },
    ambiguous: ambiguity("POS-16"),
    mend: "Derive the status from the code in one table.",
  },
  {
    id: "ERR-3",
    level: "table",
    kit: "should",
    why: "The list of codes has gaps that implementors have to fill, so that an unlisted code is a remark and no break.",
    says: "Each code is one of the listed ones; a 409 may carry any.",
    source: ath("schema", "ATHErrorCode"),
    tested: { how: "Collect the codes of every refusal of the run." },
    ambiguous: ambiguity("POS-16"),
    mend: "Use the nearest listed code and put the particulars into details.",
  },
]);
