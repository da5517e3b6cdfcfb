import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { KeyCap } from "../ui/KeyCap";
import styles from "./KeyHelp.module.css";

const keys = [
  { caps: ["J", "K"], does: "keys.move" },
  { caps: ["Enter"], does: "keys.open" },
  { caps: ["Esc"], does: "keys.close" },
  { caps: ["[", "]"], does: "keys.neighbours" },
  { caps: ["1–9"], does: "keys.stage" },
  { caps: ["X"], does: "keys.pick" },
  { caps: ["A"], does: "keys.assign" },
  { caps: ["P"], does: "keys.pause" },
  { caps: ["C"], does: "keys.call" },
  { caps: ["W"], does: "keys.whatsapp" },
  { caps: ["H"], does: "keys.sms" },
  { caps: ["M"], does: "keys.mail" },
  { caps: ["/"], does: "keys.search" },
  { caps: ["?"], does: "keys.help" },
] as const;

// All keys on one sheet. A <dialog> brings its own focus trap, Esc and way back.
export function KeyHelp({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation();
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (opened) sheet.current?.showModal();
    else sheet.current?.close();
  }, [opened]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a dialog by itself; the click is on what lies around it
    <dialog
      ref={sheet}
      className={styles.sheet}
      aria-labelledby="key-help"
      onClose={close}
      onClick={(event) => event.target === sheet.current && close()}
    >
      <div className={styles.inside}>
        <header className={styles.head}>
          <h2 id="key-help">{t("keys.title")}</h2>
          <ActionIcon size="sm" aria-label={t("keys.closeHelp")} onClick={close}>
            <IconX size={16} />
          </ActionIcon>
        </header>
        <dl className={styles.keys}>
          {keys.map(({ caps, does }) => (
            <div key={does} className={styles.key}>
              <dt>
                {caps.map((cap) => (
                  <KeyCap key={cap}>{cap}</KeyCap>
                ))}
                <span className="vh">{caps.join(" ")}</span>
              </dt>
              <dd>{t(does)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  );
}
