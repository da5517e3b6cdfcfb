// A hint while typing, not a gate: the server decides what it accepts.
export type Strength = "short" | "weak" | "fair" | "strong";

export const shortestPassword = 8;

// Long beats complicated: every doubling of length counts more than a mixed-in sign.
export function passwordStrength(password: string, known: readonly string[] = []): Strength {
  if ([...password].length < shortestPassword) return "short";
  const different = new Set(password.toLowerCase()).size;
  if (different < 5 || containsAny(password, known) || /^(.{1,4})\1+$/.test(password))
    return "weak";
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) =>
    kind.test(password),
  ).length;
  if (password.length >= 20 || (password.length >= 16 && kinds >= 2) || kinds >= 4) return "strong";
  return "fair";
}

// A name or an address inside a password is the first thing anybody tries.
function containsAny(password: string, known: readonly string[]): boolean {
  const folded = password.toLowerCase();
  return known
    .flatMap((text) => text.toLowerCase().split(/[\s@.]+/))
    .some((word) => word.length > 3 && folded.includes(word));
}
