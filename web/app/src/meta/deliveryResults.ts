import type { DeliveryResult } from "./metaShapes";

// In the order in which they are offered. The screen's address is read before the screen is there, so
// this stands alone.
export const deliveryResults = [
  "stored",
  "waiting",
  "blocked",
  "gave_up",
  "failed",
  "unsorted",
] as const satisfies DeliveryResult[];
