export type { Clock, ShiftableClock } from "./core/clock.ts";
export type { ConsentPolicy } from "./core/consent-policy.ts";
export type { FaultSummary } from "./core/fault-board.ts";
export type { RequestEntry } from "./core/request-log.ts";
export { type ActiveFault, UnknownFaultError } from "./core/rules.ts";
export type { AskingMock, FaultSwitch, MockHandle } from "./embedding/handle.ts";
export * from "./embedding/started.ts";
