import { flow, handshakeSection } from "./rows.ts";

/** What is granted, and for how long. */
export const scopes = handshakeSection("scopes", [
  {
    id: "HS-12",
    level: "stated",
    kit: "must",
    why: "More than any side allowed is a breach, and less than all allowed is a broken promise.",
    says: "Granted is exactly what was requested, is in the credential, was approved by the user and is allowed by the policy.",
    source: flow("Steps 5 to 8"),
    tested: { how: "Compare the grant with the intersection for generated sets." },
    mend: "Intersect all four sets, and nothing else.",
  },
  {
    id: "HS-13",
    level: "stated",
    kit: "must",
    why: "An agent that is not told what it lacks finds out at the wrong moment.",
    says: "Every requested scope that is not granted is in scopes_denied with a reason, and none is in both lists.",
    source: flow("Step 8"),
    tested: { how: "Ask for more than is granted and compare the lists with the request." },
    mend: "Build scopes_denied from the request minus the grant, with the reason of the first rule that took the scope away.",
  },
  {
    id: "HS-17",
    level: "stated",
    kit: "must",
    why: "A grant must not outlive what it rests on.",
    says: "The ttl_granted is positive and at most what was asked, token_max_ttl, and what is left of the credential and of the confirmation.",
    source: flow("Step 8"),
    tested: { how: "Compare ttl_granted with the least of them for generated values." },
    mend: "Take the minimum of all four, in whole seconds.",
  },
]);
