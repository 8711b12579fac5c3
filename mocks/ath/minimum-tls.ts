import { minimumTlsOf } from "../core/minimum-tls.ts";
import { athFaults } from "./faults/index.ts";
import { honestRules } from "./honest.ts";

/** The oldest TLS version that the server before an implementor of ATH with these faults offers. */
export const minimumTlsVersion = minimumTlsOf(honestRules, athFaults);
