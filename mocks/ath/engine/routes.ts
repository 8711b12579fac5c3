import { agentStatus } from "./agent-status.ts";
import { authorize } from "./authorize.ts";
import { callback } from "./callback.ts";
import { consent } from "./consent.ts";
import { type AthContext, authorizePath, callbackPath, consentPath, registerPath, tokenPath } from "./context.ts";
import { register } from "./register.ts";
import { revoke } from "./revoke.ts";
import type { Route } from "./route.ts";
import { token } from "./token.ts";

/** The handshake's endpoints, the same for gateways and native services. */
export function handshakeRoutes(context: AthContext): readonly Route[] {
  return [
    {
      methods: ["POST"],
      path: registerPath,
      match: "exact",
      answer: ({ request }) => register(context, request),
    },
    {
      methods: ["GET"],
      path: "/ath/agents/",
      match: "below",
      answer: ({ request, rest }) => agentStatus(context, request, rest),
    },
    {
      methods: ["POST"],
      path: authorizePath,
      match: "exact",
      answer: ({ request }) => authorize(context, request),
    },
    {
      methods: ["GET"],
      path: consentPath,
      match: "below",
      answer: ({ request, rest }) => consent(context, request, rest),
    },
    {
      methods: ["GET"],
      path: callbackPath,
      match: "exact",
      answer: ({ request, query }) => callback(context, request, query),
    },
    {
      methods: ["POST"],
      path: tokenPath,
      match: "exact",
      answer: ({ request }) => token(context, request),
    },
    {
      methods: ["POST"],
      path: "/ath/revoke",
      match: "exact",
      answer: ({ request }) => revoke(context, request),
    },
  ];
}
