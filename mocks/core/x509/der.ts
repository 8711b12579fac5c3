/**
 * DER as certificates, revocation lists and OCSP answers need it (X.690). Written here because a gateway issues
 * certificates while it serves logins: synchronously, and a few thousand a second.
 */

const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  nothing: 0x05,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

const contextSpecific = 0x80;
const constructed = 0x20;

function lengthOf(size: number): Uint8Array {
  if (size < 0x80) return Uint8Array.of(size);
  const bytes: number[] = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.of(0x80 | bytes.length, ...bytes);
}

function element(type: number, ...content: readonly Uint8Array[]): Buffer {
  const size = content.reduce((sum, { length }) => sum + length, 0);
  return Buffer.concat([Uint8Array.of(type), lengthOf(size), ...content]);
}

export function sequence(...members: readonly Uint8Array[]): Buffer {
  return element(tag.sequence, ...members);
}

export function setOf(member: Uint8Array): Buffer {
  return element(tag.set, member);
}

export function boolean(value: "true"): Buffer {
  return element(tag.boolean, Uint8Array.of(value === "true" ? 0xff : 0));
}

export function nothing(): Buffer {
  return element(tag.nothing);
}

/** A non-negative integer, big-endian or as a number below 128. */
export function integer(value: number | Uint8Array): Buffer {
  const bytes = typeof value === "number" ? Uint8Array.of(value) : value;
  const negative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return element(tag.integer, negative ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes);
}

export function enumerated(value: number): Buffer {
  return element(tag.enumerated, Uint8Array.of(value));
}

export function bitString(bytes: Uint8Array, unusedBits = 0): Buffer {
  return element(tag.bitString, Uint8Array.of(unusedBits), bytes);
}

export function octetString(bytes: Uint8Array): Buffer {
  return element(tag.octetString, bytes);
}

export function utf8String(text: string): Buffer {
  return element(tag.utf8String, Buffer.from(text, "utf8"));
}

/** An object identifier in dotted form. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left % 128) | 0x80);
    bytes.push(...groups);
  }
  return element(tag.objectIdentifier, Uint8Array.from(bytes));
}

/** `20560101000000Z` of milliseconds since the epoch; fractions of a second are cut off. */
function digitsOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace(/[-:T]/g, "")}Z`;
}

export function generalizedTime(milliseconds: number): Buffer {
  return element(tag.generalizedTime, Buffer.from(digitsOf(milliseconds), "latin1"));
}

/** UTCTime through 2049, GeneralizedTime from 2050 on (RFC 5280 § 4.1.2.5). */
export function time(milliseconds: number): Buffer {
  const digits = digitsOf(milliseconds);
  if (new Date(milliseconds).getUTCFullYear() >= 2050) return generalizedTime(milliseconds);
  return element(tag.utcTime, Buffer.from(digits.slice(2), "latin1"));
}

/** `[n] EXPLICIT`, or `[n] IMPLICIT` of something constructed. */
export function tagged(number: number, ...content: readonly Uint8Array[]): Buffer {
  return element(contextSpecific | constructed | number, ...content);
}

/** `[n] IMPLICIT` of something primitive. */
export function taggedPrimitive(number: number, content: Uint8Array): Buffer {
  return element(contextSpecific | number, content);
}

export function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
