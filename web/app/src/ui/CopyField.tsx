import { Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./CopyField.module.css";

type Props = { label: string; hint?: string; value: string };

// A text that somebody takes elsewhere: shown whole, copied with one press.
export function CopyField({ label, hint, value }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const Icon = isCopied ? IconCheck : IconCopy;
  return (
    <div className={styles.field}>
      <div className={styles.words}>
        <span id={id} className={styles.label}>
          {label}
        </span>
        {hint !== undefined && <span className={styles.hint}>{hint}</span>}
        <code className={styles.value}>{value}</code>
      </div>
      <Button
        size="sm"
        aria-describedby={id}
        leftSection={<Icon size={14} stroke={1.6} aria-hidden="true" />}
        onClick={async () => {
          await navigator.clipboard.writeText(value);
          setIsCopied(true);
        }}
      >
        <span aria-live="polite">{t(isCopied ? "copy.done" : "copy.do")}</span>
      </Button>
    </div>
  );
}
