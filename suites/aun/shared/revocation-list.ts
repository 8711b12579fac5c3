import { type KeyObject, verify } from "node:crypto";

/** A certificate revocation list, as far as clients read it (RFC 5280 § 5.1). */
export interface RevocationList {
  /** Unix milliseconds; undefined when the list says nothing of the next one. */
  readonly nextUpdate: number | undefined;
  /** Revoked serial numbers in lower-case hex. */
  readonly serials: readonly string[];
  /** Whether the key signed it. */
  isSignedBy(key: KeyObject): boolean;
}

/** An element of DER: its tag, its content, and all its bytes. */
interface Element {
  readonly tag: number;
  readonly content: Buffer;
  readonly whole: Buffer;
}

const tags = { integer: 0x02, bitString: 0x03, utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30 } as const;

/** DER of the identifiers ecdsa-with-SHA256, -SHA384 and -SHA512, and the digests they stand for. */
const digests: Readonly<Record<string, string>> = {
  "2a8648ce3d040302": "sha256",
  "2a8648ce3d040303": "sha384",
  "2a8648ce3d040304": "sha512",
};

/** The elements that the bytes consist of; undefined when they are no DER. */
function elementsOf(bytes: Buffer): readonly Element[] | undefined {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag, first] = [bytes[at], bytes[at + 1]];
    if (tag === undefined || first === undefined) return undefined;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    if (lengthBytes > 4 || at + 2 + lengthBytes > bytes.length) return undefined;
    const begin = at + 2 + lengthBytes;
    const end = begin + (lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes));
    if (end > bytes.length) return undefined;
    found.push({ tag, content: bytes.subarray(begin, end), whole: bytes.subarray(at, end) });
    at = end;
  }
  return found;
}

function timeOf({ tag, content }: Element): number | undefined {
  const digits = /^(\d*)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(content.toString("latin1"));
  const [, century = "", year, month, day, hour, minute, second] = digits ?? [];
  if (year === undefined || (tag !== tags.utcTime && tag !== tags.generalizedTime)) return undefined;
  // Two digits stand for 1950 to 2049 (RFC 5280 § 4.1.2.5.1).
  const before = tag === tags.utcTime ? (Number(year) < 50 ? "20" : "19") : century;
  const at = Date.parse(`${before}${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** The serial numbers of a list of entries, each a sequence that begins with one. */
function serialsOf(entries: Buffer): readonly string[] {
  return (elementsOf(entries) ?? []).flatMap(({ content }) => {
    const [serial] = elementsOf(content) ?? [];
    return serial?.tag === tags.integer ? [serial.content.toString("hex").replace(/^00/, "")] : [];
  });
}

/** Reads a list from PEM, whichever of the usual labels it has; undefined when it is none. */
export function revocationListIn(pem: string): RevocationList | undefined {
  const base64 = /-----BEGIN (X509 )?CRL-----([\s\S]*?)-----END/.exec(pem)?.[2];
  const [list] = elementsOf(Buffer.from(base64 ?? "", "base64")) ?? [];
  const [content, algorithm, signature] = elementsOf(list?.content ?? Buffer.alloc(0)) ?? [];
  const [identifier] = elementsOf(algorithm?.content ?? Buffer.alloc(0)) ?? [];
  if (content?.tag !== tags.sequence || signature?.tag !== tags.bitString || identifier === undefined) return undefined;
  const members = elementsOf(content.content) ?? [];
  const times = members.flatMap((member) => timeOf(member) ?? []);
  const lastTime = members.findLastIndex((member) => timeOf(member) !== undefined);
  const entries = members[lastTime + 1];
  if (times.length === 0) return undefined;
  return {
    nextUpdate: times[1],
    serials: entries?.tag === tags.sequence ? serialsOf(entries.content) : [],
    isSignedBy(key) {
      const digest = digests[identifier.content.toString("hex")];
      if (digest === undefined || key.asymmetricKeyType !== "ec") return false;
      // The first byte of a bit string counts its unused bits.
      return verify(digest, content.whole, key, signature.content.subarray(1));
    },
  };
}
