import { GATEWAY_ONLY, IMPLEMENTORS, section } from "../section.ts";
import { ath } from "../sources.ts";
import { ambiguity } from "./positions.ts";

/** What an implementor publishes about itself. */
export const discovery = section({ section: "discovery", party: "implementor", profiles: IMPLEMENTORS }, [
  {
    id: "DISC-1",
    level: "MAY",
    kit: "none",
    why: "Publishing the directory is the gateway's choice, so that its absence is no finding; a directory that is there is still looked at.",
    profiles: GATEWAY_ONLY,
    says: "A gateway that publishes its provider directory publishes it in the shape of a DiscoveryDocument.",
    source: ath("client/discovery", "Mode 2"),
    tested: { how: "Fetch /.well-known/ath.json and compare the answer with the schema." },
    mend: "Give the directory every required field of DiscoveryDocument, with absolute URLs and auth_mode OAUTH2.",
  },
  {
    id: "DISC-2",
    level: "stated",
    kit: "must",
    why: "The rule defines the message that agents of a native service start from.",
    profiles: ["ath-native"],
    says: 'A native service publishes a ServiceDiscoveryDocument whose auth.type is "oauth2" and whose addresses are the ones that work.',
    source: ath("client/discovery", "Mode 3"),
    tested: {
      how: "Fetch /.well-known/ath-app.json, compare it with the schema, and go through the handshake and a call by what it says.",
    },
    ambiguous: ambiguity("POS-14"),
    mend: 'Serve the document at /.well-known/ath-app.json with every required field, auth.type "oauth2" and public absolute URLs.',
  },
  {
    id: "DISC-3",
    level: "stated",
    kit: "should",
    why: "Known agents use fixed paths, so that a wrong advertisement misleads readers and breaks nobody yet.",
    says: "The registration endpoint that is advertised is the one that works, on the origin of the document or at an absolute https URL.",
    source: ath("client/discovery"),
    tested: { how: "Register an agent through the advertised URL." },
    mend: "Build the advertised URL from the public base URL of the service, not from an internal address.",
  },
]);
