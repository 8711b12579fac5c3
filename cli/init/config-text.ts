import type { RunnableProfile } from "../../suites/profiles/index.ts";
import { blocks } from "./config-blocks.ts";

/** Where the target of a profile is, as long as nobody says it. */
const examples: Record<RunnableProfile, string> = {
  "ath-gateway": "https://gateway.staging.example",
  "ath-native": "https://service.staging.example",
  "ath-handshake": "https://gateway.staging.example",
  "aun-gateway": "wss://gateway.staging.example/aun",
};

/** Optional parts that a target may have, where a profile knows any. */
const features: Partial<Record<RunnableProfile, string>> = {
  "ath-gateway": "{ agent_status: true, audit: true, rate_limit: true }",
  "ath-native": "{ agent_status: true, audit: true, rate_limit: true }",
  "ath-handshake": "{ rate_limit: true }",
};

/** A commented gateproof.config.yaml for a profile. */
export function configText(profile: RunnableProfile, target: string | undefined): string {
  const declared = features[profile];
  const head = [
    `# What \`gateproof run\` judges, and how. Every key: docs/configuration.md; \${env:NAME} reads the environment, where`,
    "# secrets belong. Keys behind a bare # are switched off.",
    `profile: ${profile}`,
    "target:",
    `  url: ${JSON.stringify(target ?? examples[profile])}`,
    `#  headers: { X-Login: "\${env:TARGET_LOGIN}" } # on every API request: a login before the API`,
    ...(declared === undefined ? [] : [`#  features: ${declared} # declared; what is not declared is detected`]),
  ];
  return `${head.join("\n")}\n${blocks[profile].join("")}`;
}

/** The environment variables that a configuration reads, commented-out keys left aside. */
export function variablesOf(config: string): readonly string[] {
  const live = config.split("\n").filter((line) => !line.trimStart().startsWith("#"));
  const names = [...live.join("\n").matchAll(/\$\{env:(?<name>\w+)\}/g)].map(({ groups }) => groups?.["name"] ?? "");
  return [...new Set(names)];
}
