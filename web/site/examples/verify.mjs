// node verify.mjs SECRET HEADER <body
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";

function isGenuine(body, header, secret) {
  const expected = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  const [a, b] = [Buffer.from(expected), Buffer.from(header)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const [secret, header] = process.argv.slice(2);
process.exit(isGenuine(readFileSync(0), header, secret) ? 0 : 1);
