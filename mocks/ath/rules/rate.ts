export interface RateRules {
  /** RATE-1: how many requests one agent may send in a minute. */
  "rate.requestsPerMinute": (input: { readonly configured: number }) => number;
  /** RATE-1: requests with the same key share a limit. */
  "rate.key": (input: { readonly agentId: string }) => string;
  /** RATE-1: header fields of the refusal. */
  "rate.headers": (input: { readonly retryAfterSeconds: number }) => Readonly<Record<string, string>>;
}

export const honestRate: RateRules = {
  "rate.requestsPerMinute": ({ configured }) => configured,
  "rate.key": ({ agentId }) => agentId,
  "rate.headers": ({ retryAfterSeconds }) => ({ "retry-after": String(retryAfterSeconds) }),
};
