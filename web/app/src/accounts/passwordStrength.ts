// A hint while typing, not a gate: the server decides what it accepts.
import { useEffect, useState } from "react";

export type Strength = "short" | "weak" | "fair" | "strong";

export const shortestPassword = 8;

// Up to a million guesses the server refuses a password; ten billion are out of reach of anybody
// who has to ask it.
export const strengthOf = (guesses: number): Strength =>
  guesses < 6 ? "weak" : guesses < 10 ? "fair" : "strong";

type Judge = typeof import("./passwordJudge").guessesOf;
let judge: Judge | undefined;

// Nothing while the judge is on its way.
export function usePasswordStrength(
  password: string,
  known: readonly string[],
): Strength | undefined {
  const [loaded, setLoaded] = useState(judge !== undefined);
  const isChoosing = password !== "";
  useEffect(() => {
    if (!isChoosing || judge !== undefined) return;
    let isHere = true;
    import("./passwordJudge").then(
      ({ guessesOf }) => {
        judge = guessesOf;
        if (isHere) setLoaded(true);
      },
      () => {}, // no hint then; the server still decides
    );
    return () => {
      isHere = false;
    };
  }, [isChoosing]);

  if ([...password].length < shortestPassword) return "short";
  return loaded && judge ? strengthOf(judge(password, wordsOf(known))) : undefined;
}

// A name or an address, and its parts.
const wordsOf = (known: readonly string[]) =>
  known
    .flatMap((text) => [text, ...text.split(/[\s@.\-_]+/)])
    .filter((word) => word.length > 2)
    .map((word) => word.toLowerCase());
