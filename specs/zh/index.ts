import { type Position, positions } from "../ath-0.1/positions.ts";
import { handshakePositions } from "../ath-handshake/positions.ts";
import { aunPositions } from "../aun-gateway/positions.ts";
import type { Ambiguity, Requirement } from "../requirement.ts";
import { athConsent } from "./ath-consent.ts";
import { athIdentity } from "./ath-identity.ts";
import { athUse } from "./ath-use.ts";
import { aunAuth } from "./aun-auth.ts";
import { aunClient } from "./aun-client.ts";
import { aunConnection } from "./aun-connection.ts";
import { aunMessages } from "./aun-messages.ts";
import { aunSharing } from "./aun-sharing.ts";
import { handshake } from "./handshake.ts";
import { athPositions, aunReadings, handshakeReadings } from "./positions.ts";
import { sharedReasons } from "./reasons.ts";
import type { ChineseReadings, ChineseTexts } from "./text.ts";

export { athPositions, aunReadings };

/** The Chinese words of every requirement, by its id. */
export const chineseTexts: ChineseTexts = {
  ...athIdentity,
  ...athConsent,
  ...athUse,
  ...handshake,
  ...aunConnection,
  ...aunSharing,
  ...aunAuth,
  ...aunMessages,
  ...aunClient,
};

/** A requirement with its words in Chinese; how it is tested stays in English. */
export function requirementInChinese(row: Requirement): Requirement {
  const text = chineseTexts[row.id];
  if (text === undefined) return row;
  const why = row.why === undefined ? undefined : (text.why ?? sharedReasons[row.why] ?? row.why);
  return {
    ...row,
    says: text.says,
    mend: text.mend,
    ...(why !== undefined && { why }),
    ...(row.ambiguous !== undefined && { ambiguous: readingsInChinese(row.ambiguous) }),
  };
}

/** A position with its words in Chinese. */
export function positionInChinese(position: Position): Position {
  return { ...position, ...athPositions[position.id] };
}

/** Rows carry the readings of their position without its id; the first reading tells which one it is. */
const byFirstReading: ReadonlyMap<string, ChineseReadings | undefined> = new Map([
  ...positions.map(({ id, readings }) => [readings[0], athPositions[id]] as const),
  ...Object.entries(aunPositions).map(([id, { readings }]) => [readings[0], aunReadings[id]] as const),
  ...Object.entries(handshakePositions).map(([id, { readings }]) => [readings[0], handshakeReadings[id]] as const),
]);

function readingsInChinese(ambiguous: Ambiguity): Ambiguity {
  const chinese = byFirstReading.get(ambiguous.readings[0]);
  return chinese === undefined ? ambiguous : { readings: chinese.readings, position: chinese.position };
}
