import type { Evidence, Exchange } from "../../engine/evidence.ts";
import { placeholdersIn } from "../../engine/redact.ts";

/** Everything of a request that was recorded, as one text. */
export function requestText({ request }: Exchange): string {
  return [request.url, ...request.headers.map(([name, value]) => `${name}: ${value}`), request.body ?? ""].join("\n");
}

/** Everything of an answer that was recorded, as one text. */
export function responseText({ response }: Exchange): string {
  if (response === null) return "";
  return [...response.headers.map(([name, value]) => `${name}: ${value}`), response.body ?? ""].join("\n");
}

/**
 * The exchanges in which the agent or the user's browser saw one of the secrets. Of the provider's own pages only the
 * requests count: what they answer is no matter of the target.
 */
export function seenByAgentOrUser(evidence: Evidence, secrets: readonly string[]): readonly Exchange[] {
  return evidence.exchanges.filter((exchange) => {
    if (exchange.from !== "agent" && exchange.from !== "user") return false;
    const seen = exchange.to === "provider" ? requestText(exchange) : requestText(exchange) + responseText(exchange);
    return secrets.some((secret) => seen.includes(secret));
  });
}

/** The placeholders of the tokens that the provider gave to the target. */
export function providerTokens(evidence: Evidence): readonly string[] {
  const answers = evidence.exchanges.filter(({ purpose }) => purpose === "provider-token");
  return [...new Set(answers.flatMap((exchange) => placeholdersIn(exchange.response?.body ?? "")))].map(
    ({ placeholder }) => placeholder,
  );
}

/** The placeholder that stands for a secret which the drive put into a fact; undefined when it was not redacted. */
export function placeholderFact(evidence: Evidence, fact: string): string | undefined {
  const value = evidence.facts[fact];
  return typeof value === "string" ? placeholdersIn(value)[0]?.placeholder : undefined;
}
