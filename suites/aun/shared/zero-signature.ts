/** r and s of zero: a verifier that forgets the range of both takes it for anybody's signature (CVE-2022-21449). */

/** DER in standard base64, as the auth service takes signatures. */
export const zeroSignature = Buffer.from("3006020100020100", "hex").toString("base64");

/** r‖s in base64url, as tokens have it (RFC 7518 § 3.4). */
export const zeroTokenSignature = Buffer.alloc(64).toString("base64url");
