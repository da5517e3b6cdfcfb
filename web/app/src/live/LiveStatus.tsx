import { createContext, type ReactNode, useContext } from "react";
import type { StreamStatus } from "./liveStream";
import { useLiveUpdates } from "./useLiveUpdates";

const LiveContext = createContext<StreamStatus>({ state: "connecting", at: undefined });

export const useLiveStatus = (): StreamStatus => useContext(LiveContext);

export function LiveStatus({ children }: { children: ReactNode }) {
  return <LiveContext value={useLiveUpdates()}>{children}</LiveContext>;
}
