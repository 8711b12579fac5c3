/** Where an issuer's certificate, revocation list and OCSP service are, as its certificates say (AUN 02 § extensions). */
export function issuerUrls(issuer: string) {
  return {
    issuerUrl: `http://${issuer}/ca/cert`,
    crlUrl: `http://${issuer}/ca/crl`,
    ocspUrl: `http://${issuer}/pki/ocsp`,
  };
}
