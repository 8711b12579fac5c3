import { aunRows } from "./rows.ts";

/** Access tokens: what they say, and which are refused. */
export const tokens = aunRows("tokens", [
  {
    id: "A23",
    basis: "stated",
    says: "An expired token is refused.",
    source: "03 § 3.5",
    how: "Connect after its end.",
    mend: "Check exp.",
  },
  {
    id: "A24",
    basis: "stated",
    says: "A token that the domain's auth service did not sign as it stands is refused.",
    source: "01 § 1.7",
    how: "Forge tokens in every known way.",
    mend: "Accept the auth service's algorithm and key only, then iss and aud.",
  },
  {
    id: "A94",
    basis: "stated",
    says: "The access token is a JWT with the documented header and claims, signed by the auth certificate.",
    source: "01 § 1.7",
    how: "Read it and verify it with auth_cert.",
    mend: "Fill every member, and sign with the auth service's key.",
  },
]);
