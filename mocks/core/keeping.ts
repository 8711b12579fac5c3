/** Registers what has to be closed in the end, or when the rest could not be opened. */
export type Keep = <Closable extends { close(): Promise<void> }>(one: Closable) => Closable;

/** Opens what consists of several things; `close` closes them all, and so does a failure on the way. */
export async function openedOrClosed<Opened>(
  open: (keep: Keep) => Promise<Opened>,
): Promise<Opened & { close(): Promise<void> }> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  };
  const keep: Keep = (one) => {
    opened.push(one);
    return one;
  };
  try {
    return { ...(await open(keep)), close };
  } catch (error) {
    await close();
    throw error;
  }
}
