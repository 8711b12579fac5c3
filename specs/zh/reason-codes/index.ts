import { reasonsAToN } from "./a-n.ts";
import { reasonsOToZ } from "./o-z.ts";

/** Why an outcome is no pass, by the code of the reason. */
export const reasonCodes: Readonly<Record<string, string>> = { ...reasonsAToN, ...reasonsOToZ };
