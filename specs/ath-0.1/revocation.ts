import { IMPLEMENTORS, section } from "../section.ts";
import { ath } from "../sources.ts";
import { ambiguity } from "./positions.ts";

/** A token ends before its time. */
export const revocation = section({ section: "revocation", party: "implementor", profiles: IMPLEMENTORS }, [
  {
    id: "REV-1",
    level: "MUST",
    kit: "must",
    says: "A revoked token is refused from the next call on.",
    source: ath("server/revocation"),
    tested: { how: "Use a token, revoke it, use it again." },
    mend: "Look the token up at every call, or end its cached copies as it is revoked.",
  },
  {
    id: "REV-2",
    level: "MUST",
    kit: "must",
    says: "A revocation without credentials has no effect on the token.",
    source: ath("server/revocation"),
    tested: { how: "Revoke without client credentials and use the token afterwards." },
    ambiguous: ambiguity("POS-11"),
    mend: "Authenticate the caller before the token is looked up.",
  },
  {
    id: "REV-3",
    level: "MUST",
    kit: "must",
    says: "An agent can revoke its own tokens and no others.",
    source: ath("server/revocation"),
    tested: { how: "Let one agent revoke another's token and use the token afterwards." },
    ambiguous: ambiguity("POS-11"),
    mend: "Compare the token's agent with the authenticated caller.",
  },
  {
    id: "REV-4",
    level: "SHOULD",
    kit: "should",
    says: "Revoking a token that does not exist answers 200 all the same.",
    source: ath("server/revocation"),
    tested: { how: "Revoke an invented token with valid credentials (RFC 7009 § 2.2)." },
    mend: "Answer 200 with a JSON object whether or not there was a token.",
  },
]);
