import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../api/said";
import { Box } from "../ui/Box";
import { Notice } from "../ui/Notice";
import { useReasonOf } from "../ui/Trouble";
import styles from "./LeadsFile.module.css";
import { largestFile, sendLeadsFile } from "./ledger";
import type { FileResult } from "./metaShapes";

// The last way in: Meta's own download of leads, dropped here.
export function LeadsFile({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation();
  return (
    <Box title={t("file.title")}>
      <p className={styles.text}>{t("file.text")}</p>
      {mayChange && <DropZone />}
    </Box>
  );
}

function DropZone() {
  const { t } = useTranslation();
  const reasonOf = useReasonOf();
  const cache = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [isTooLarge, setIsTooLarge] = useState(false);
  const sending = useMutation({
    mutationFn: sendLeadsFile,
    onSuccess: () => {
      cache.invalidateQueries({ queryKey: ["meta"] });
      cache.invalidateQueries({ queryKey: ["leads"] });
    },
  });
  const take = (file: File | undefined) => {
    if (file === undefined) return;
    setIsTooLarge(file.size > largestFile);
    if (file.size <= largestFile) sending.mutate(file);
  };

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra way; the button inside does the same */}
      <div
        className={styles.zone}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          take(event.dataTransfer.files[0]);
        }}
      >
        <span className={styles.hint}>{t("file.drop")}</span>
        <Button size="sm" loading={sending.isPending} onClick={() => input.current?.click()}>
          {t("file.choose")}
        </Button>
        <input
          ref={input}
          type="file"
          className="vh"
          tabIndex={-1}
          aria-label={t("file.label")}
          accept=".csv,.tsv,.txt,text/csv"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      <div aria-live="polite">
        {isTooLarge && <Notice tone="over" title={t("file.tooLarge")} />}
        {!isTooLarge && sending.isError && <Notice tone="over" title={reasonOf(sending.error)} />}
        {!isTooLarge && sending.data && <FileOutcome result={sending.data} />}
      </div>
    </>
  );
}

function FileOutcome({ result }: { result: FileResult }) {
  const { t } = useTranslation();
  const { rows, stored, known, rejected } = result;
  return (
    <div className={styles.outcome}>
      <p>
        {t("file.rows", { count: rows })} {t("file.stored", { count: stored })}{" "}
        {known > 0 && t("file.known", { count: known })}
      </p>
      {rejected.length > 0 && (
        <details open={rejected.length <= 5}>
          <summary>{t("file.rejected", { count: rejected.length })}</summary>
          <ul className={styles.rejected}>
            {rejected.map(({ line, reason }) => (
              <li key={line}>
                <span className="num">{t("file.line", { line })}</span> {said(reason)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
