import { IMPLEMENTORS, section } from "../section.ts";
import { ath } from "../sources.ts";

/** How the bytes travel. */
export const transport = section({ section: "transport", party: "implementor", profiles: IMPLEMENTORS }, [
  {
    id: "TLS-1",
    level: "MUST",
    kit: "must",
    says: "ATH is spoken over HTTPS only, with TLS 1.2 or newer.",
    source: ath("client/security", "Transport"),
    tested: {
      how: "Connect to an https target with TLS 1.0 and 1.1 and expect no handshake; plain http fails unless it is on loopback, where the rule does not apply.",
    },
    mend: "Serve https and set the server's minimum TLS version to 1.2.",
  },
]);
