import { isJsonObject, type JsonObject } from "../../../ath/json.ts";
import type { AuthBench } from "../../testing/auth-client.ts";
import type { Probe } from "./probe.ts";

const discovered = async (bench: AuthBench): Promise<JsonObject> => {
  const { gateways } = await bench.getJson("/.well-known/aun-gateway");
  const [first]: readonly unknown[] = Array.isArray(gateways) ? gateways : [];
  return isJsonObject(first) ? first : {};
};

const unserved =
  (host: string): Probe =>
  async (bench) =>
    (await bench.get("/.well-known/aun-gateway", { headers: { host } })).status === 404;

export const discoveryProbes: Readonly<Record<string, Probe>> = {
  "A1.empty-gateways": async (bench) => (await discovered(bench))["url"] === undefined,
  "A1.text-plain-list": async (bench) =>
    typeof (await bench.getJson("/.well-known/aun-gateway"))["gateways"] === "string",
  "A2.text-html": async (bench) => (await bench.get("/.well-known/aun-gateway")).type?.includes("html") === true,
  "A3.http-urls": async (bench) => String((await discovered(bench))["url"]).startsWith("http"),
  "A4.text-priority": async (bench) => typeof (await discovered(bench))["priority"] === "string",
  "A5.issuer-only": unserved("alice.a.test"),
  "A5.no-gateway-host": unserved("gateway.a.test"),
  "A5.no-issuer-host": unserved("a.test"),
  "A5.every-path-answers": async (bench) => (await bench.get("/.well-known/aun-nothing")).status === 200,
  "A6.dead-gateway": async (bench) => (await bench.get("/.well-known/aun-gateway")).text.includes(":1/"),
  "A7.health-missing": async (bench) => (await bench.get("/health")).status === 404,
};
