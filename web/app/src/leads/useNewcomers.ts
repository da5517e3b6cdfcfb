import { useEffect, useState } from "react";
import { onNewLead } from "../live/leadNews";
import { useTitle } from "../ui/useTitle";

const calmIcon = "/app/icons/favicon.svg";
const waitingIcon = "/app/icons/favicon-waiting.svg";

// While nobody looks at this tab, its title counts the leads that arrive: "(4) Leads".
export function useNewcomers(list: string, opened: string | undefined) {
  const [unseen, setUnseen] = useState(0);
  useTitle(`${unseen > 0 ? `(${unseen}) ` : ""}${opened ?? list}`);

  useEffect(() => {
    const look = () => {
      if (!document.hidden) setUnseen(0);
    };
    const stop = onNewLead(() => {
      if (document.hidden) setUnseen((before) => before + 1);
    });
    document.addEventListener("visibilitychange", look);
    return () => {
      stop();
      document.removeEventListener("visibilitychange", look);
    };
  }, []);

  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (icon) icon.href = unseen > 0 ? waitingIcon : calmIcon;
  }, [unseen]);
}
