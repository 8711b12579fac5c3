import type { JsonObject } from "../../ath/json.ts";
import type { Outgoing } from "../messages/deliver.ts";

/** A link to the gateway of another issuer, as the control API shows it. */
export interface ShownLink {
  readonly issuer: string;
  readonly url: string;
  readonly state: "down" | "connecting" | "up";
}

/** The way to other domains (Gateway mode § cross-domain routing). */
export interface Federation {
  /** Relays a message to its receiver's gateway; the result of message.send. Rejects with RpcError. */
  send(message: Outgoing): Promise<JsonObject>;
  /** Whether AIDs of other domains are online; never rejects for a domain that cannot be reached. */
  online(aids: readonly string[]): Promise<readonly (readonly [aid: string, online: boolean])[]>;
  /** When reaching another domain failed last, if the way was not open again since. */
  failedAt(): number | undefined;
  /** Gives the certificate (PEM) of a configured gateway's auth service. Rejects when it cannot be had. */
  certificateOf(issuer: string): Promise<string>;
  links(): readonly ShownLink[];
  /** Ends the links; they come up again when they are needed. */
  reset(): void;
  close(): void;
}
