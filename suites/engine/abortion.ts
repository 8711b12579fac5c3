/**
 * `happened` resolves when the signal says so; never, when there is none. What is under way is then left behind.
 * `forget`: nobody waits any more.
 */
export function abortion(signal: AbortSignal | undefined) {
  let tell = () => {};
  const happened = new Promise<void>((resolve) => {
    tell = () => resolve();
    if (signal?.aborted) tell();
    signal?.addEventListener("abort", tell, { once: true });
  });
  return { happened, forget: () => signal?.removeEventListener("abort", tell) };
}
