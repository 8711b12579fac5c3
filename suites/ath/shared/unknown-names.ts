/** Names that no target has: what is asked with them cannot be approved. */
export const unknownProvider = "gateproof-no-such-provider";
export const unknownScopes = ["gateproof:unknown-a", "gateproof:unknown-b"] as const;
export const unknownClient = "gateproof-unknown-client";
