import { Popover } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./FilterChip.module.css";

type Props = {
  name: string;
  value: string;
  remove: () => void;
  opened?: boolean;
  onToggle?: (opened: boolean) => void;
  // What the value is chosen from. Without it the chip can only be taken away.
  children?: ReactNode;
};

export function FilterChip({ name, value, remove, opened = false, onToggle, children }: Props) {
  const { t } = useTranslation();
  const words = (
    <>
      <span>{name}</span>
      {value !== "" && <b className={styles.value}>{value}</b>}
    </>
  );
  return (
    <span className={styles.chip} data-open={opened || undefined}>
      {children === undefined ? (
        <span className={styles.words}>{words}</span>
      ) : (
        <Popover
          opened={opened}
          onChange={(next) => onToggle?.(next)}
          position="bottom-start"
          trapFocus
          returnFocus
        >
          <Popover.Target>
            <button type="button" className={styles.words} onClick={() => onToggle?.(!opened)}>
              {words}
            </button>
          </Popover.Target>
          <Popover.Dropdown>{children}</Popover.Dropdown>
        </Popover>
      )}
      <button
        type="button"
        className={styles.remove}
        aria-label={t("filter.remove", { name })}
        onClick={remove}
      >
        <IconX size={12} stroke={1.8} aria-hidden="true" />
      </button>
    </span>
  );
}
