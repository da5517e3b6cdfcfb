import { notifyManager, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { meQuery } from "../accounts/accounts";
import { useMe } from "../accounts/useMe";
import { askAnew } from "./askAnew";
import { type Change, lookAgain } from "./changes";
import { applyNews, dropLead, type LeadGone, type LeadNews } from "./leadNews";
import { followStream, type StreamStatus } from "./liveStream";

// In a flood it is cheaper to ask anew than to put in every single lead.
const flood = 200;

// Keeps everything on screen up to date and says how the connection is.
export function useLiveUpdates(): StreamStatus {
  const cache = useQueryClient();
  const me = useMe();
  const who = `${me.organization.id}-${me.user.id}`;
  const [status, setStatus] = useState<StreamStatus>({ state: "connecting", at: undefined });

  useEffect(() => {
    let news: (LeadNews | LeadGone)[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;

    // News come in bursts; one drawing of the screen serves a whole burst.
    const apply = () => {
      timer = undefined;
      const batch = news;
      news = [];
      if (batch.length > flood) {
        askAnew(cache, { queryKey: ["leads"] });
        return;
      }
      notifyManager.batch(() => {
        for (const item of batch) {
          if ("lead" in item) applyNews(cache, item, me.user.id);
          else dropLead(cache, item.id);
        }
      });
    };

    const again = lookAgain(cache);
    const stop = followStream(who, {
      onMessage: ({ kind, data }) => {
        if (kind === "changed") return again.at(JSON.parse(data) as Change);
        // What came in has been delivered, and is counted.
        for (const topic of kind === "lead.created" ? ["ledger", "deliveries"] : []) {
          again.at({ topic });
        }
        news.push(JSON.parse(data) as LeadNews | LeadGone);
        timer ??= setTimeout(apply, 30);
      },
      onGap: () => askAnew(cache),
      onStatus: setStatus,
      // The session has ended, or the organization may not be worked in.
      onRefused: () => cache.invalidateQueries({ queryKey: meQuery.queryKey }),
    });
    return () => {
      clearTimeout(timer);
      again.stop();
      stop();
    };
  }, [cache, who, me.user.id]);

  return status;
}
