export * from "./ath-0.1/error-codes.ts";
export { type Position, type PositionId, positions } from "./ath-0.1/positions.ts";
export { type BindingRow, handshakeBinding } from "./ath-handshake/binding.ts";
export { catalogueVersion, requirement, requirements, UnknownRequirementError } from "./catalogue.ts";
export type { Ambiguity, KitLevel, Level, ProfileId, Requirement, Source } from "./requirement.ts";
