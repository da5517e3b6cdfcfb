import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./SecondFactor.module.css";

// The ten codes, the one time they are shown.
export function RecoveryCodeList({ codes, close }: { codes: string[]; close: () => void }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  return (
    <div className={styles.steps}>
      <p>{t("secondFactor.codesAbout")}</p>
      <ul className={styles.codes} aria-label={t("secondFactor.codes")}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div>
        <Button variant="filled" onClick={close}>
          {t("secondFactor.kept")}
        </Button>{" "}
        <Button
          onClick={async () => {
            await navigator.clipboard.writeText(codes.join("\n"));
            setCopied(true);
          }}
        >
          <span aria-live="polite">{t(isCopied ? "copy.done" : "copy.do")}</span>
        </Button>
      </div>
    </div>
  );
}
