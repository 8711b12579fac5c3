import { isJsonObject, ownText } from "../../json.ts";

/** The sub of a JWT whose signature nobody looked at; undefined when it is no JWT. */
export function claimedSub(jwt: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8"));
    return isJsonObject(claims) ? ownText(claims, "sub") : undefined;
  } catch {
    return undefined;
  }
}
