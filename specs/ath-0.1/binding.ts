import { IMPLEMENTORS, section } from "../section.ts";
import { ath } from "../sources.ts";

/** Whom a token belongs to. */
export const binding = section({ section: "binding", party: "implementor", profiles: IMPLEMENTORS }, [
  {
    id: "BIND-1",
    level: "MUST",
    kit: "must",
    says: "A token is bound to its agent, user, provider and scopes, and no other agent, user or provider can use it.",
    source: ath("client/security", "Token Binding"),
    tested: {
      how: "Make tokens for two agents, two users and two providers and use each in the place of another; users and providers show behind a gateway only.",
    },
    mend: "Store agent, user, provider and scopes with the token and take them from there, never from the request.",
  },
]);
