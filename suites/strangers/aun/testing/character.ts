import type { WireHabits } from "./wire.ts";

/** The choices that the AUN documents leave to a gateway, or answer twice, as one conforming gateway makes them. */
export interface Character {
  readonly name: string;
  readonly issuer: string;
  /** Of the WebSocket. */
  readonly path: string;
  readonly challenge: "nonce-only" | "full";
  /** What the gateway speaks. */
  readonly versions: { readonly min: string; readonly max: string };
  /** What a request without a range is. */
  readonly noRange: "taken-for-1.0" | "refused";
  /** Of the auth service's certificate; the tokens' algorithm goes with it. */
  readonly curve: "P-256" | "P-384";
  /** How a token names the certificate to verify it with. */
  readonly kid: "hex" | "decimal";
  /** Chapter 03's error codes, or 07's. */
  readonly codes: "03" | "07";
  readonly unknownMethod: number;
  readonly failedConnect: "stays-open" | "closes";
  readonly nonce: "burnt-by-success" | "burnt-by-any-try";
  readonly takenPlace: "refuses" | "replaces";
  /** How many connections without a device an AID may have. */
  readonly withoutDevice: "many" | "one";
  readonly isolation: "prefix" | "whole-name";
  /** Slots of a device, devices of an AID, short connections of a slot. */
  readonly quota: number;
  readonly batch: "refused" | "answered-as-one" | "answered-one-by-one";
  readonly identities: "open" | "listed";
  /** What the method aid signs; undefined: there is no such method. */
  readonly aidMethod: "nonce" | "nonce:client_time" | undefined;
  readonly taken: "refused" | "idempotent-for-same-key";
  readonly refreshRefusal: "result" | "error";
  readonly longestChain: number;
  readonly tokenS: number;
  readonly resultToken: "given" | "none";
  readonly aliases: "token-only" | "access-token-too";
  /** Seconds; undefined: the gateway does not tell. */
  readonly heartbeatS: number | undefined;
  readonly numbers: NumberStyle;
  readonly queue: "kept" | "never-kept";
  /** Whether who comes back gets what came meanwhile at once, besides by message.pull. */
  readonly missed: "pushed" | "pulled-only";
  readonly ackEvent: "to-sender" | "never";
  readonly deliveryMode: "word" | "object";
  /** Beside what the documents name: events about one's other connections, and members in events and answers. */
  readonly extras: "none" | "many";
  /** How long an ended connection keeps its place, as behind a proxy that tells of ends in its own time. */
  readonly endNoticedAfterMs: number;
  readonly compression: boolean;
  readonly wire: WireHabits;
  /** Whether there is message.recall. */
  readonly recall: "offered" | "none";
  /** Messages that are kept for an AID. */
  readonly history: number;
  /** Requests of one connection in a second; more are refused, with the time to wait. */
  readonly requestsPerSecond: number | undefined;
  readonly hooks: "all" | "none";
  /** Checks that warn of what the public clients' documents alone ask for, and this gateway does not do. */
  readonly warnings: readonly string[];
}

interface NumberStyle {
  readonly messageTime: "seconds" | "milliseconds";
  readonly firstSeq: number;
  readonly connectionIds: "uuid" | "digits";
}
