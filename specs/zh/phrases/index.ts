import type { Phrases } from "../phrase-book.ts";
import { drivers } from "./drivers.ts";
import { engine } from "./engine.ts";

/** Everything that findings, diagnoses and refusals of a certificate are worded in. */
export const phrases: Phrases = { ...engine, ...drivers };
