import { Menu, useMantineColorScheme } from "@mantine/core";
import {
  IconCheck,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconServerCog,
  IconSettings,
  IconSun,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { enterPlatform, meQuery, signOut } from "../accounts/accounts";
import { useMe } from "../accounts/useMe";
import { ShiftItem } from "../people/ShiftItem";
import { KeyCap } from "../ui/KeyCap";
import { useReasonOf } from "../ui/Trouble";
import { OrganizationItems } from "./OrganizationItems";
import styles from "./UserMenu.module.css";

const schemes = [
  { name: "auto", icon: IconDeviceDesktop },
  { name: "light", icon: IconSun },
  { name: "dark", icon: IconMoon },
] as const;

// Behind the own name: how it looks, which keys there are, and the way out.
export function UserMenu({
  children,
  showKeys,
}: {
  children: ReactElement;
  showKeys?: () => void;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      cache.setQueryData(meQuery.queryKey, null);
      await navigate({ to: "/sign-in", search: {} });
      cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "me" });
    },
  });
  const operate = useMutation({
    mutationFn: enterPlatform,
    onSuccess: () => window.location.assign("/app/platform"),
  });
  const reason = useReasonOf()(leave.error ?? operate.error);

  return (
    <Menu position="top-start" width={220} closeOnItemClick={false}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.user.email}</Menu.Label>
        <Menu.Divider />
        {me.rights.includes("read_leads") && me.viewer === null && (
          <>
            <ShiftItem showsKey={showKeys !== undefined} />
            <Menu.Divider />
          </>
        )}
        {me.organizations.length > 1 && (
          <>
            <OrganizationItems />
            <Menu.Divider />
          </>
        )}
        <Menu.Label>{t("scheme.label")}</Menu.Label>
        {schemes.map(({ name, icon: Icon }) => (
          <Menu.RadioItem
            key={name}
            value={name}
            checked={colorScheme === name}
            rightSection={colorScheme === name && <IconCheck size={16} />}
            onChange={() => setColorScheme(name)}
          >
            <span className={styles.scheme}>
              <Icon size={16} stroke={1.6} aria-hidden="true" />
              {t(`scheme.${name}`)}
            </span>
          </Menu.RadioItem>
        ))}
        <Menu.Divider />
        <Menu.Item
          component={Link}
          to="/settings"
          className={styles.link}
          leftSection={<IconSettings size={16} />}
          closeMenuOnClick
        >
          {t("settings.title")}
        </Menu.Item>
        {me.is_platform_admin && (
          <Menu.Item
            leftSection={<IconServerCog size={16} />}
            disabled={operate.isPending}
            onClick={() => operate.mutate()}
          >
            {t("platform.operate")}
          </Menu.Item>
        )}
        {showKeys && (
          <Menu.Item
            leftSection={<IconKeyboard size={16} />}
            rightSection={<KeyCap>?</KeyCap>}
            closeMenuOnClick
            onClick={showKeys}
          >
            {t("keys.title")}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          disabled={leave.isPending}
          onClick={() => leave.mutate()}
        >
          {t("user.signOut")}
        </Menu.Item>
        {(leave.isError || operate.isError) && <Menu.Label role="alert">{reason}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
