/** What each fault of the mocks does, by the fault's id. */
export const faultSentences: Readonly<Record<string, string>> = {};
