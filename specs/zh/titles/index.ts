/** What each check holds, by the check's id. */
export const checkTitles: Readonly<Record<string, string>> = {};
