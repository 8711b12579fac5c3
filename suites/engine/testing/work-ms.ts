/** The processor's time for a piece of work, ms; what else the machine does meanwhile does not count. */
export function workMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
