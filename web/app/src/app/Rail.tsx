import { ActionIcon, Menu } from "@mantine/core";
import {
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconPlug,
  IconSearch,
  IconSelector,
  IconSettings,
  IconUsers,
} from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { focusSearch, LeadSearchField } from "../leads/LeadSearchField";
import { Avatar } from "../ui/Avatar";
import { Logo } from "../ui/Logo";
import { OrganizationItems } from "./OrganizationItems";
import styles from "./Rail.module.css";
import { UserMenu } from "./UserMenu";

type Props = { mini: boolean; fold?: () => void; showKeys: () => void };

export function Rail({ mini, fold, showKeys }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const FoldIcon = mini ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <nav className={styles.rail} aria-label={t("rail.label")} data-mini={mini || undefined}>
      <div className={styles.organization} title={me.organization.name}>
        <Logo size={20} />
        {!mini &&
          (me.organizations.length > 1 ? (
            <Menu position="bottom-start" width={220}>
              <Menu.Target>
                <button type="button" className={styles.switch}>
                  <span className={styles.name}>{me.organization.name}</span>
                  <IconSelector size={14} stroke={1.6} aria-hidden="true" />
                </button>
              </Menu.Target>
              <Menu.Dropdown>
                <OrganizationItems />
              </Menu.Dropdown>
            </Menu>
          ) : (
            <span className={styles.name}>{me.organization.name}</span>
          ))}
        {fold && !mini && <FoldButton />}
      </div>
      {mini ? (
        <ActionIcon
          className={styles.searchIcon}
          aria-label={t("search.label")}
          onClick={async () => {
            await navigate({ to: "/leads", search: (before) => before });
            requestAnimationFrame(focusSearch);
          }}
        >
          <IconSearch size={18} />
        </ActionIcon>
      ) : (
        <LeadSearchField place="rail" />
      )}
      <RailLink to="/leads" label={t("rail.leads")} icon={IconUsers} />
      <RailLink to="/sources" label={t("rail.sources")} icon={IconPlug} />
      <div className={styles.end}>
        {fold && mini && <FoldButton />}
        <RailLink to="/settings" label={t("settings.title")} icon={IconSettings} />
        <UserMenu showKeys={showKeys}>
          <button type="button" className={styles.user} title={mini ? me.user.name : undefined}>
            <Avatar name={me.user.name} mine large paused={me.paused_at !== null} />
            {mini ? (
              <span className="vh">
                {me.user.name}
                {me.paused_at !== null && ` ${t("shift.paused")}`}
              </span>
            ) : (
              <span className={styles.who}>
                <span className={styles.person}>{me.user.name}</span>
                <span className={styles.role}>
                  {t(`role.${me.role}`)} ·{" "}
                  {me.paused_at === null ? t("shift.on") : t("shift.paused")}
                </span>
              </span>
            )}
          </button>
        </UserMenu>
      </div>
    </nav>
  );

  function FoldButton() {
    return (
      <ActionIcon
        size="sm"
        className={styles.fold}
        aria-label={mini ? t("rail.unfold") : t("rail.fold")}
        aria-expanded={!mini}
        onClick={fold}
      >
        <FoldIcon size={16} />
      </ActionIcon>
    );
  }

  function RailLink({
    to,
    label,
    icon: Icon,
  }: {
    to: "/leads" | "/sources" | "/settings";
    label: string;
    icon: typeof IconUsers;
  }) {
    return (
      <Link
        to={to}
        className={styles.link}
        activeOptions={{ includeSearch: false }}
        activeProps={{ "data-here": true, "aria-current": "page" }}
        {...(mini ? { "aria-label": label, title: label } : {})}
      >
        <Icon size={18} stroke={1.6} aria-hidden="true" />
        {!mini && label}
      </Link>
    );
  }
}
