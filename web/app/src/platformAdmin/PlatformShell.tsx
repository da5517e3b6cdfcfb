import "../app/shellTexts";
import { Button, Menu } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Navigate, Outlet, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  enterOrganization,
  isInOrganization,
  meQuery,
  mustSetUpSecondFactor,
  signOut,
} from "../accounts/accounts";
import { useAccount } from "../accounts/useMe";
import { Logo } from "../ui/Logo";
import { ToastArea } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import styles from "./PlatformShell.module.css";

const pages = [
  { to: "/platform", name: "organizations" },
  { to: "/platform/health", name: "health" },
  { to: "/platform/features", name: "features" },
  { to: "/platform/mails", name: "mails" },
  { to: "/platform/dead-letters", name: "deadLetters" },
] as const;

// What stands around every screen of whoever operates the service.
export function PlatformShell() {
  const { t } = useTranslation();
  const me = useQuery(meQuery).data;
  if (me === undefined) return null;
  if (me === null) return <Navigate to="/sign-in" search={{}} />;
  if (isInOrganization(me)) return <Navigate to="/leads" />;
  if (mustSetUpSecondFactor(me)) return <Navigate to="/second-factor" />;
  return (
    <ToastArea>
      <div className={styles.app}>
        <header className={styles.head}>
          <span className={styles.name}>
            <Logo size={20} /> {t("platform.title")}
          </span>
          <nav className={styles.pages} aria-label={t("platform.nav")}>
            {pages.map(({ to, name }) => (
              <Link
                key={to}
                to={to}
                className={styles.link}
                activeOptions={{ exact: to === "/platform", includeSearch: false }}
                activeProps={{ "data-here": true, "aria-current": "page" }}
              >
                {t(`platform.${name}`)}
              </Link>
            ))}
          </nav>
          <AdminMenu />
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a page may hold nothing else to focus */}
        <main className={styles.main} tabIndex={0}>
          <Outlet />
        </main>
      </div>
    </ToastArea>
  );
}

function AdminMenu() {
  const { t } = useTranslation();
  const me = useAccount();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const enter = useMutation({
    mutationFn: enterOrganization,
    onSuccess: () => window.location.assign("/app/leads"),
  });
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      cache.setQueryData(meQuery.queryKey, null);
      await navigate({ to: "/sign-in", search: {} });
      cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "me" });
    },
  });
  const reason = useReasonOf()(enter.error ?? leave.error);
  return (
    <Menu position="bottom-end" width={220} closeOnItemClick={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          size="sm"
          className={styles.user}
          rightSection={<IconSelector size={14} aria-hidden="true" />}
        >
          {me.user.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.user.email}</Menu.Label>
        {me.organizations.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Label>{t("organizations.label")}</Menu.Label>
            {me.organizations.map(({ id, name }) => (
              <Menu.Item key={id} onClick={() => enter.mutate(id)}>
                {name}
              </Menu.Item>
            ))}
          </>
        )}
        <Menu.Divider />
        <Menu.Item component={Link} to="/platform/profile">
          {t("settings.section.profile")}
        </Menu.Item>
        <Menu.Item disabled={leave.isPending} onClick={() => leave.mutate()}>
          {t("user.signOut")}
        </Menu.Item>
        {(enter.isError || leave.isError) && <Menu.Label role="alert">{reason}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
