import { ActionIcon } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Notice.module.css";

type Props = {
  tone: "plain" | "soon" | "over";
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  close?: () => void;
};

// Something to know about what is below it, and what can be done about it.
export function Notice({ tone, title, children, actions, close }: Props) {
  const { t } = useTranslation();
  const Icon = tone === "plain" ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={styles.notice} data-tone={tone} role={tone === "over" ? "alert" : "status"}>
      <Icon size={18} stroke={1.6} aria-hidden="true" />
      <div className={styles.words}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children !== undefined && <div className={styles.text}>{children}</div>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {close && (
        <ActionIcon size="sm" aria-label={t("notice.close")} onClick={close}>
          <IconX size={16} />
        </ActionIcon>
      )}
    </div>
  );
}
