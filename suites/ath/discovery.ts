import type { Section } from "../engine/check.ts";
import { conforms } from "../kinds/conforms.ts";
import { registrationEndpointChecks } from "./registration-endpoint.ts";
import { documentIfAny } from "./shared/published-document.ts";
import { writtenForVersion } from "./shared/version.ts";

/** The directory of a gateway (DISC-1, DISC-3). */
export const discovery: Section = {
  id: "discovery",
  title: "Discovery",
  checks: [
    conforms({
      id: "DISC-1.shape",
      requirement: "DISC-1",
      title: "the directory has the shape of a DiscoveryDocument",
      subject: documentIfAny,
      shape: "DiscoveryDocument",
    }),
    conforms({
      id: "DISC-1.version",
      requirement: "DISC-1",
      title: 'the directory says that it is written for version "0.1"',
      subject: documentIfAny,
      relations: [writtenForVersion],
    }),
    ...registrationEndpointChecks,
  ],
};
