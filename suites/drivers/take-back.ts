import type { HttpClient } from "./http-client.ts";
import type { Settings } from "./settings.ts";

/** Who took a token, as the revocation endpoint wants to know it. */
export interface TokenOwner {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Revokes a token when the run is over (ATH 0.1 server/revocation); true when the target took it back. It is made of
 * nothing but strings, so that a token that waits for it holds nothing of the check that took it.
 */
export type TakeBack = (token: string, owner: TokenOwner) => () => Promise<boolean>;

export function createTakeBack(client: HttpClient, { target }: Settings): TakeBack {
  const headers = [["Content-Type", "application/json"] as const, ...Object.entries(target.headers)];
  return (token, { clientId, clientSecret }) =>
    async () => {
      const body = Buffer.from(JSON.stringify({ token, client_id: clientId, client_secret: clientSecret }));
      const { response } = await client.exchange({ method: "POST", url: `${target.url}/ath/revoke`, headers, body });
      return response?.status === 200;
    };
}
