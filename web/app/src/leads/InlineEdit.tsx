import { IconAlertCircle, IconCheck } from "@tabler/icons-react";
import type { UseMutationResult } from "@tanstack/react-query";
import { type InputHTMLAttributes, type KeyboardEvent, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/ApiProblem";
import { useReasonOf } from "../ui/Trouble";
import styles from "./ContactEdit.module.css";
import { LeadConflict } from "./leadChanges";
import type { Lead } from "./leads";

type Props = {
  lead: Lead;
  label: string;
  known: string;
  // The server's name of the field, for what it has to say about it.
  name: string;
  input: InputHTMLAttributes<HTMLInputElement>;
  isLong?: boolean;
  save: UseMutationResult<Lead, Error, { lead: Lead; value: string }>;
  textOf: (lead: Lead) => string;
};

// A field of a lead that is edited where it stands. It saves when left or on Enter; Esc takes back.
export function InlineEdit({ lead, label, known, name, input, isLong, save, textOf }: Props) {
  const { t } = useTranslation();
  const noteId = useId();
  const reasonOf = useReasonOf();
  const [draft, setDraft] = useState<string | undefined>();
  const conflict = save.error instanceof LeadConflict ? save.error : undefined;
  const isSaved = save.isSuccess && draft === undefined;

  const { reset } = save;
  useEffect(() => {
    if (!isSaved) return;
    const timer = setTimeout(reset, 3000);
    return () => clearTimeout(timer);
  }, [isSaved, reset]);

  const submit = (value: string) => {
    if (value.trim() === known) {
      setDraft(undefined);
      if (save.isError) reset();
    } else {
      save.mutate({ lead, value: value.trim() }, { onSuccess: () => setDraft(undefined) });
    }
  };
  const takeBack = () => {
    setDraft(undefined);
    reset();
  };

  const note =
    save.error === null || conflict
      ? undefined
      : (save.error instanceof ApiProblem && save.error.fields.get(name)) || reasonOf(save.error);

  const shared = {
    className: styles.input,
    "aria-label": label,
    "aria-invalid": save.isError,
    "aria-describedby": save.isError ? noteId : undefined,
    placeholder: t("contact.add"),
    value: draft ?? known,
    onBlur: () => !conflict && draft !== undefined && submit(draft),
    onKeyDown: (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      if (event.key === "Enter" && !(isLong && event.shiftKey)) event.currentTarget.blur();
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        takeBack();
        requestAnimationFrame(() => (document.activeElement as HTMLElement | null)?.blur());
      }
    },
  };

  return (
    <div className={styles.field}>
      <span className={styles.line}>
        {isLong ? (
          <textarea
            {...shared}
            rows={3}
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
        ) : (
          <input {...input} {...shared} onChange={(event) => setDraft(event.currentTarget.value)} />
        )}
        <span className={styles.state} role="status">
          {save.isPending && t("contact.saving")}
          {isSaved && (
            <>
              <IconCheck size={14} stroke={1.8} aria-hidden="true" />
              {t("contact.saved")}
            </>
          )}
        </span>
      </span>
      {conflict && (
        <div id={noteId} className={styles.conflict} role="alert">
          <p>
            {t("contact.conflict", {
              theirs: textOf(conflict.theirs) || t("contact.nothing"),
              yours: draft ?? "",
            })}
          </p>
          <button type="button" onClick={takeBack}>
            {t("contact.keepTheirs")}
          </button>
          <button type="button" onClick={() => submit(draft ?? "")}>
            {t("contact.useMine")}
          </button>
        </div>
      )}
      {note !== undefined && (
        <p id={noteId} className={styles.note} role="alert">
          <IconAlertCircle size={14} stroke={1.6} aria-hidden="true" />
          {note}
        </p>
      )}
    </div>
  );
}
