import { type KeyObject, randomUUID, sign } from "node:crypto";

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The code under test: an agent that registers at a gateway. Gives its client id. */
export async function register(gateway: string, agentId: string, key: KeyObject): Promise<string> {
  const url = `${gateway}/ath/agents/register`;
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: agentId, sub: agentId, aud: gateway, iat, exp: iat + 300, jti: randomUUID() };
  const input = `${part({ alg: "ES256", typ: "JWT", kid: "default" })}.${part(claims)}`;
  const signature = sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" }).toString("base64url");
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      agent_id: agentId,
      agent_attestation: `${input}.${signature}`,
      developer: { name: "Example", id: "example" },
      requested_providers: [{ provider_id: "mail", scopes: ["mail:read"] }],
    }),
  });
  const answer = (await response.json()) as { readonly client_id?: string; readonly code?: string };
  if (answer.client_id === undefined) throw new Error(`refused: ${answer.code}`);
  return answer.client_id;
}
