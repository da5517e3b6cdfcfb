import { useMediaQuery } from "@mantine/hooks";

// The phone layout: under 720 pixels.
export const usePhone = () => useMatch("(max-width: 719.98px)");

// The rail keeps only its icons under 1280 pixels.
export const useCramped = () => useMatch("(max-width: 1279.98px)");

const useMatch = (query: string) =>
  useMediaQuery(query, undefined, { getInitialValueInEffect: false }) ?? false;
