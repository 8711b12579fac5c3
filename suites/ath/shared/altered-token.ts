import { isObject, type Json, parseJson } from "../../engine/json.ts";

const encode = (part: Json | Readonly<Record<string, unknown>>) =>
  Buffer.from(JSON.stringify(part)).toString("base64url");

function decode(part: string): Readonly<Record<string, unknown>> | undefined {
  const value = parseJson(Buffer.from(part, "base64url").toString("utf8"));
  return isObject(value) ? value : undefined;
}

/** What a forger makes of a token that is a JWT; empty for one that is none. */
function forgedJwt(token: string): readonly string[] {
  const [head = "", body = "", signature = "", ...more] = token.split(".");
  const [header, claims] = [decode(head), decode(body)];
  if (header === undefined || claims === undefined || more.length > 0) return [];
  return [
    // Signed by nobody (RFC 8725 § 2.1).
    `${encode({ ...header, alg: "none" })}.${body}.`,
    // A claim more than was signed.
    `${head}.${encode({ ...claims, gateproof: "added later" })}.${signature}`,
    `${head}.${body}.`,
  ];
}

/**
 * Tokens that nobody issued and that a careless look-up takes for the given one: changed in the middle, cut, gone on,
 * and in other case; of a JWT also those whose signature does not hold. Only characters whose every bit counts are
 * changed: the last one of a base64url text has bits that decoders ignore.
 */
export function altered(token: string): readonly string[] {
  const middle = Math.floor(token.length / 2);
  const letter = [...token.slice(middle)].findIndex((character) => /[a-z\d]/i.test(character));
  const at = letter === -1 ? middle : middle + letter;
  const changed = token[at] === "A" ? "B" : "A";
  const swapped = token.replace(/[a-z]/gi, (one) =>
    one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase(),
  );
  return [
    token.slice(0, at) + changed + token.slice(at + 1),
    token.slice(0, -6),
    `${token}AAAA`,
    // Hexadecimal digits, also those of a UUID, may be compared as the number they are.
    ...(/^[\da-f-]*$/i.test(token) ? [] : [swapped]),
    ...forgedJwt(token),
  ].filter((one) => one !== token);
}
