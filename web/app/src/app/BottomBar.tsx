import { IconPlug, IconUserCircle, IconUserPause, IconUsers } from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { readLeadSearch } from "../leads/leadFilter";
import styles from "./BottomBar.module.css";
import { UserMenu } from "./UserMenu";

// The rail of the phone. It steps aside while one lead covers the screen.
export function BottomBar() {
  const { t } = useTranslation();
  const me = useMe();
  const open = useLocation({ select: ({ search }) => readLeadSearch(search).open });
  if (open !== undefined) return null;
  const MeIcon = me.paused_at === null ? IconUserCircle : IconUserPause;
  const here = { "data-here": true, "aria-current": "page" } as const;
  return (
    <nav className={styles.bar} aria-label={t("rail.label")}>
      <Link
        to="/leads"
        className={styles.item}
        activeOptions={{ includeSearch: false }}
        activeProps={here}
      >
        <IconUsers size={22} stroke={1.6} aria-hidden="true" />
        {t("rail.leads")}
      </Link>
      <Link to="/sources" className={styles.item} activeProps={here}>
        <IconPlug size={22} stroke={1.6} aria-hidden="true" />
        {t("rail.sources")}
      </Link>
      <UserMenu>
        <button type="button" className={styles.item}>
          <MeIcon size={22} stroke={1.6} aria-hidden="true" />
          {me.paused_at === null ? t("rail.me") : t("shift.paused")}
        </button>
      </UserMenu>
    </nav>
  );
}
