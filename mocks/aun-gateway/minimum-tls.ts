import { minimumTlsOf } from "../core/minimum-tls.ts";
import { aunFaults } from "./faults/index.ts";
import { honestAunRules } from "./honest.ts";

/** The oldest TLS version that the server before an AUN gateway with these faults offers. */
export const minimumTlsVersion = minimumTlsOf(honestAunRules, aunFaults);
