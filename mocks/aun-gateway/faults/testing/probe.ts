import { X509Certificate } from "node:crypto";
import { type JsonObject, own } from "../../../ath/json.ts";
import { parsedToken } from "../../rules/tokens.ts";
import { type AuthBench, textIn } from "../../testing/auth-client.ts";

export const DAY = 24 * 60 * 60;

export const YEAR = 365 * DAY;

/** Whether a service does what the fault says; the honest one must not, the faulty one must. */
export type Probe = (bench: AuthBench) => Promise<boolean> | boolean;

export const accepted = async (outcome: Promise<{ readonly code: number | undefined }>) =>
  (await outcome).code === undefined;

export const refused = async (outcome: Promise<{ readonly code: number | undefined }>) => !(await accepted(outcome));

/** The certificates of a chain. */
export const chainOf = async (bench: AuthBench) =>
  (await bench.get("/pki/chain")).text.split(/(?<=-----END CERTIFICATE-----\n)/).map((pem) => new X509Certificate(pem));

/** The parts of the token that a login gives. */
export async function tokenOf(bench: AuthBench) {
  const agent = await bench.enrol();
  const { result } = await bench.login(agent);
  const token = textIn(result, "token");
  const parsed = parsedToken(token);
  return { agent, result, token, header: parsed?.header ?? {}, claims: parsed?.claims ?? {}, parsed };
}

export const refreshed = async (bench: AuthBench, more: JsonObject = {}, aid?: string) => {
  const { result, agent, token } = await tokenOf(bench);
  const refresh_token = textIn(result, "refresh_token");
  const outcome = await bench.call("refresh_token", { refresh_token, ...more }, aid);
  return { ...outcome, refresh_token, agent, token };
};

export const lacks =
  (result: (bench: AuthBench) => Promise<JsonObject>, member: string): Probe =>
  async (bench) =>
    own(await result(bench), member) === undefined;
