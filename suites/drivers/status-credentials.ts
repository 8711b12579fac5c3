import { member } from "../engine/json.ts";
import type { RequestBend, StatusCredentials } from "./agent.ts";

/** What an agent proves itself with. */
interface Proofs {
  readonly attestation: (bend: RequestBend["attestation"]) => Promise<string | null>;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * The header that authenticates GET /ath/agents/{clientId} in one of the known forms. A bend's attestation is used by
 * the forms that send one; its body members client_id and client_secret by the one that sends them.
 */
export async function statusHeader(
  form: StatusCredentials,
  { attestation, clientId, clientSecret }: Proofs,
  bend: RequestBend = {},
): Promise<Readonly<Record<string, string | null>>> {
  if (form === "basic-client") {
    const own = (name: string, fallback: string) => {
      const bent = member(bend.body, name);
      return typeof bent === "string" ? bent : fallback;
    };
    const pair = `${own("client_id", clientId)}:${own("client_secret", clientSecret)}`;
    return { Authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
  }
  const jwt = await attestation(bend.attestation);
  if (form === "bearer-attestation") return { Authorization: jwt === null ? null : `Bearer ${jwt}` };
  return { "X-ATH-Agent-Attestation": jwt };
}
