const standard = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of a text in standard base64 with its padding, as AUN writes keys and signatures; undefined when it is none. */
export function base64In(text: string): Buffer | undefined {
  return text !== "" && standard.test(text) ? Buffer.from(text, "base64") : undefined;
}
