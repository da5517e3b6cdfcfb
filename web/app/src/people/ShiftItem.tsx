import { Menu } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { KeyCap } from "../ui/KeyCap";
import { useSetAvailability } from "./availability";

// To pause, and to go on, in one's own menu.
export function ShiftItem({ showsKey }: { showsKey: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const set = useSetAvailability();
  const isPaused = me.paused_at !== null;
  const Icon = isPaused ? IconPlayerPlay : IconPlayerPause;
  return (
    <>
      <Menu.Label>{isPaused ? t("shift.paused") : t("shift.on")}</Menu.Label>
      <Menu.Item
        leftSection={<Icon size={16} />}
        rightSection={showsKey && <KeyCap>P</KeyCap>}
        disabled={set.isPending}
        onClick={() => set.mutate({ id: me.user.id, is_paused: !isPaused })}
      >
        {isPaused ? t("shift.goOn") : t("shift.pause")}
      </Menu.Item>
    </>
  );
}
