function part(text: string): string {
  return Buffer.from(text).toString("base64url");
}

const header = part('{"alg":"ES256","typ":"JWT"}');
const noSignature = part("\u0000".repeat(64));
const wrongTypes = '{"iss":{},"sub":{},"aud":{},"client_did":[],"scopes":{},"exp":{},"iat":[],"jti":{}}';

/** Texts that a verifier of JWTs has to take apart before it finds that there is nothing in them. */
export const brokenJwts: readonly string[] = [
  "gateproof",
  "..",
  "a.b.c.d.e",
  `${part("not json")}.${part("{}")}.${noSignature}`,
  `${part("null")}.${part("null")}.${noSignature}`,
  `${part("[]")}.${part("[]")}.${noSignature}`,
  `${header}.${part("not json")}.${noSignature}`,
  `${header}.${part("null")}.${noSignature}`,
  `${header}.${part("[]")}.${noSignature}`,
  `${header}.${part('"text"')}.${noSignature}`,
  `${header}.${part(wrongTypes)}.${noSignature}`,
  `${header}.%%%.***`,
];
