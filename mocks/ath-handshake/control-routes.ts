import type { BackendFailure, LegacyBackend } from "../backends/backend.ts";
import type { ControlRoute } from "../core/control.ts";
import { errorResponse, isRecord, jsonResponse, readJson } from "../core/json.ts";
import type { OwnUser } from "./default-config.ts";
import type { AthHandshake } from "./gateway.ts";

const bodyBytes = 64 * 1024;

function invalid(expected: string): Response {
  return errorResponse(400, "INVALID_REQUEST", `expected ${expected}`);
}

/** How a backend is to fail: on, off, or by name; `no`: it does not say. */
function failureOf(on: unknown): BackendFailure | undefined | "no" {
  if (on === true || on === "error") return "error";
  if (on === "stall") return "stall";
  return on === false ? undefined : "no";
}

export interface ControlledParts {
  readonly gateway: AthHandshake;
  /** By the name of the system. */
  readonly backends: ReadonlyMap<string, LegacyBackend>;
  /** The users whose keys the mock made. */
  readonly users: readonly OwnUser[];
}

/** What the control API of this mock has beyond the common routes. */
export function controlRoutes({ gateway, backends, users }: ControlledParts): readonly ControlRoute[] {
  return [
    {
      method: "GET",
      path: "/users",
      says: "the users the mock made, with their private keys",
      answer: () =>
        jsonResponse({
          users: users.map(({ name, did, publicKey, privateKey }) => ({
            name,
            did,
            public_key: publicKey,
            private_key: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
          })),
        }),
    },
    {
      method: "GET",
      path: "/backends",
      says: "what the backends received, oldest first",
      answer() {
        const requests = [...new Set(backends.values())].flatMap((backend) => backend.requests());
        return jsonResponse(requests.toSorted((one, other) => one.at.localeCompare(other.at)));
      },
    },
    {
      method: "POST",
      path: "/backends/fault",
      says: 'makes a backend fail: {"system": "oa", "on": true | false | "stall"}',
      async answer(request) {
        const body = await readJson(request, bodyBytes);
        const failure = isRecord(body) ? failureOf(body["on"]) : "no";
        if (!isRecord(body) || failure === "no") return invalid('{"system": "…", "on": true | false | "stall"}');
        const backend = backends.get(String(body["system"]).replace(/^\//, ""));
        if (backend === undefined)
          return errorResponse(404, "NO_SUCH_SYSTEM", `there are ${[...backends.keys()].join(", ")}`);
        backend.fail(failure);
        return jsonResponse({ ok: true });
      },
    },
    {
      method: "POST",
      path: "/revoke",
      says: 'takes a token back: {"token": "…"}',
      async answer(request) {
        const body = await readJson(request, bodyBytes);
        if (!isRecord(body) || typeof body["token"] !== "string") return invalid('{"token": "…"}');
        if (!gateway.revokeToken(body["token"])) return errorResponse(404, "NO_SUCH_TOKEN", "no such token is known");
        return jsonResponse({ ok: true });
      },
    },
    {
      method: "POST",
      path: "/revoke-user",
      says: 'takes back what a user allowed an agent: {"user": "did:…", "agent": "did:…"}',
      async answer(request) {
        const body = await readJson(request, bodyBytes);
        if (!isRecord(body) || typeof body["user"] !== "string" || typeof body["agent"] !== "string") {
          return invalid('{"user": "did:…", "agent": "did:…"}');
        }
        gateway.revokeUser(body["user"], body["agent"]);
        return jsonResponse({ ok: true });
      },
    },
  ];
}
