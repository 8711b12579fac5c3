import type { KeyObject } from "node:crypto";
import type { HandshakeConfig } from "../../schemas/index.ts";
import { newKeyPair } from "../core/key-pair.ts";

/** The systems of an office: OA, CRM and finance. */
export const defaultSystems: HandshakeConfig["systems"] = [
  {
    prefix: "/oa",
    backend: "oa",
    scopes: {
      "oa:read": ["GET /oa/api/documents", "GET /oa/api/documents/{id}"],
      "oa:write": ["POST /oa/api/documents"],
    },
  },
  {
    prefix: "/crm",
    backend: "crm",
    scopes: {
      "crm:read": ["GET /crm/api/customers", "GET /crm/api/customers/{id}"],
      "crm:write": ["POST /crm/api/customers", "PUT /crm/api/customers/{id}"],
    },
  },
  {
    prefix: "/finance",
    backend: "finance",
    scopes: {
      "finance:read": ["GET /finance/api/invoices", "GET /finance/api/invoices/{id}"],
      "finance:write": ["POST /finance/api/invoices"],
    },
  },
];

/** A user whose key the mock made. */
export interface OwnUser {
  readonly name: string;
  readonly did: string;
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** A user with a fresh key. */
export function ownUser(name: string): OwnUser {
  const { publicKey, privateKey } = newKeyPair("P-256");
  const pem = publicKey.export({ format: "pem", type: "spki" }).toString();
  return { name, did: `did:ath:user:${name}`, publicKey: pem, privateKey };
}
